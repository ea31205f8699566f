/// What the server holds of an account, as JSON for its owner: everything under the account's id
/// but secrets (hashes of the password and of tokens), and but what is somebody else's: who has
/// added or blocked the account. What it has sent and others have not fetched yet is found under
/// its recipients alone, and so isn't here.
package io.quantchat.export;
