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
/// Packages: `model` holds what is known, `store` keeps it encrypted, `wire` speaks with the relay,
/// `markdown` reads and writes exports. Here [Engine] decides what happens when, on the one thread
/// of a [Worker]: [Outbox] and [Inbox] move messages, [Link] keeps the socket, [OwnKeys] and
/// [Peers] the keys.
package io.quantchat.client;
