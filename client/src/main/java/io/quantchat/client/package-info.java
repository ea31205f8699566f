/// A client of QuantChat for Java programs: [QuantChat] is the door.
///
/// ```java
/// try (QuantChat chat = QuantChat.open(servers, file, passphrase, new Printing())) {
///   chat.login(email, password);
///   Contact ben = chat.addContact(theirEmail);
///   chat.connect();
///   chat.send(ben.id(), "Meet me at the old mill at noon.");
///   answered.await();
///   chat.markRead(ben.id());
/// }
/// ```
///
/// A [QuantChatListener] is told what happens; what it isn't told, because the program ended, is in
/// [QuantChat#conversation] the next time. A program that runs only now and then calls
/// [QuantChat#sync] instead of [QuantChat#connect].
///
/// What to expect:
///
/// - A message has been stored when [QuantChat#send] returns. It goes out in its turn, each
///   contact's in their order, and the same bytes again until the relay has answered. A message
///   that waited for more than 7 days is FAILED, for the relay takes none that old;
///   [QuantChat#retry] sends it again.
/// - What is refused as forged, weakened or broken is in [QuantChat#quarantine], not acknowledged,
///   and tried again once something has changed that it was refused for, as long as the relay has
///   it, 7 days, or until [QuantChat#discard].
/// - The relay keeps no receipts. One that its recipient may have missed is sent again when they
///   are seen: by their presence, if both have each other as contacts, else when they write or
///   type. A message to somebody whose program isn't started any more stays SENT.
/// - Where the directory has given out all prekeys that it may for now, messages go by the
///   last-resort key: their detail `mode` then lacks `opk`, and they can be read by who steals the
///   recipient's keys within 15 days.
/// - A conversation is in the order in which its messages came in or were written here. What a
///   sender says about when stands beside that, in [io.quantchat.client.model.Message#created].
/// - While the clock is more than 5 minutes fast messages wait, and while it is slow new bundles of
///   others may look as if from the future. [QuantChatListener#clockOff] says by how much it is
///   off, by the server's time; what was held up goes on once it is right, under new ids where need
///   be.
/// - A recipient proves that a message was delivered or read. What only the server says, for a
///   program that can't prove, is marked as [io.quantchat.client.model.Message#UNPROVEN].
/// - Files are sealed beside the store when [QuantChat#send] returns, and go up in parts: the
///   message follows them, and goes on after a restart from the last part that the server has. What
///   comes in up to 16 MiB is fetched by itself, larger ones and strangers' by [QuantChat#save].
///   Metadata is removed from JPEG, PNG, WebP and GIF, unless it is to be kept; other pictures are
///   refused, and what is no picture, a video too, goes as it is. Thumbnails take the module
///   java.desktop.
/// - A refresh token is good once. If its answer is lost on the way, a login is needed.
///
/// Beside the door is what it tells; `model` holds the values that go through it, and what it
/// throws. The rest is closed to other programs: `store` keeps what is known, encrypted, `wire`
/// speaks with the relay, `files` carries files, which `pictures` has cleaned, `markdown` reads and
/// writes exports, `json` is under all. Here [Engine] decides what happens when, on the one thread
/// of a [Worker]: [Outbox] with [Sealing] and [Inbox] move messages, [Transfers] their files beside
/// all that, [Signals] carries receipts, typing and presence, [Link] keeps the socket, [OwnKeys]
/// with [Publishing], [OneTimeSupply] and [Forgetting], [Peers] and [Identities] the keys,
/// [Refusals] and [Askings] what is refused, [Archive] exports.
package io.quantchat.client;
