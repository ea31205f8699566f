/// The account file: one encrypted file with an account's identity, pins and history, to move it to
/// another store, of this client or of the browser's. `docs/account-file.md` is the whole of the
/// format.
///
/// `AccountFileWriter` reads a store in one transaction, `AccountFileReader` fills one in one: a
/// crash anywhere leaves all of the file in the store, or nothing.
package io.quantchat.client.accountfile;
