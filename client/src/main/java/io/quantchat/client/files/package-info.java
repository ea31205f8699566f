/// Files of messages, on their way.
///
/// A file that is sent is sealed first, into a folder beside the store: its original may change or
/// go. [Uploads] brings it to the server, part by part: what the server has acknowledged isn't sent
/// again, also by a program that was killed in between, for the server is asked what it hasn't got.
/// What the server has given up, or forgotten, begins anew under another id. The message goes out
/// once all of its files are there.
///
/// [Downloads] fetches sealed files into the same folder, and goes on where it ended. Only what has
/// the hash that the message says, and opens to its last segment, counts as here; then the server
/// is told that it may forget it. A saved file is written beside, and gets its name when it is
/// whole.
///
/// Sealed files without a row in the store are left from a program that died: [FileFolder] sweeps
/// them when the store is opened.
package io.quantchat.client.files;
