/// Conversations as Markdown: for people to read and keep, and to be read in again exactly, or not
/// at all, whatever an editor, a mail program or a converter has done to the file meanwhile.
///
/// Each message is a head and a text:
///
/// ```
/// ---
/// quantchat: 2 1f0c9a5be37d4826 3/17
/// id: 019c1dcb-797b-7d2e-9c41-5b8f0e6a2d17
/// from: 3b0d6e1a-52c7-4c0b-8f14-6e2b7d9c5a40
/// to: 7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21
/// timestamp: 2026-02-02T10:00:00.120Z
/// state: read
/// crypto_version: v2
/// digest: 3q2-7wAB...
/// ---
///
/// Hello, Ada.
///
/// ```
///
/// and behind the last one stands `<!-- end of export 1f0c9a5be37d4826 -->`.
///
/// **Where a message begins.** The head's first line has the format's version, the export's name,
/// and which of how many messages it is. The name is 64 random bits, drawn when the export is
/// written: nothing that somebody wrote before can hold it. Up to the export's end only a line with
/// its name begins a message, so that a text can't, whatever becomes of its line ends, escapes or
/// quotes. Another export may follow behind the end. From the numbers a reader sees what was cut
/// off.
///
/// **What it says.** `digest` is the last field: SHA-256, in unpadded base64url, of the JSON array,
/// in ASCII, of `"quantchat export 2"`, the name, number and count, then each field's name and
/// value in their order, then the text. It guards against accidents: who forges a file can compute
/// it, and gets what is marked as imported for ever, and never counts as received. A key would help
/// nobody: an export is for the day on which the store that had it is gone.
///
/// **Fields** are `name: value` in ASCII, lines of at most 72 characters, of which mail programs
/// leave the ends alone. A value is a string as it is, where that can't be mistaken for something
/// else; short JSON; or `base64:` with unpadded base64url of JSON, where `+: ` begins a line that
/// goes on with the value above. `exact` is the text in that form, where the text has anything that
/// editors, mail programs or converters are known to change ({@link SteadyText}); what then stands
/// below is for people. A detail whose name can't be a field's is a field `detail`, of name and
/// value.
///
/// **Reading** takes the text of `exact` if the digest says so; else the lines below, as they are,
/// or with undone what is known to happen to lines, where the digest says that it is what was
/// written. What it can't show to be the same is refused by number, id and line; the other messages
/// are read.
///
/// **Earlier exports**, by the original client (no `state`) and by this one's first version, have
/// no first line of that kind and no digest. They are read as well as can be, as unverified: each
/// block of fields between lines of `---` that begins with an id is a message, its text goes up to
/// the next one, and in a text a line that is `---` behind backslashes loses one.
package io.quantchat.client.markdown;
