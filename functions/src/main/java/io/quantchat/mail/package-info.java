/// The mails that the server writes, each short and in plain text: what proves an address or lets a
/// password be chosen anew, and what tells the owner of an account that something was changed.
/// Nothing that a caller wrote is in any of them.
package io.quantchat.mail;
