package io.quantchat.infra.local.demo;

import io.quantchat.infra.local.demo.Stage.Ended;

/** The play: Ana writes to Ben, who is offline; he comes, reads it, answers, and goes. */
final class Timeline {

  private static final String HELLO = "Hello!";
  private static final String REPLY = "Hello back!";

  private final Transcript transcript;
  private final AccountSteps accounts;
  private final MessageSteps messages;
  private final SocketSteps sockets;

  Timeline(
      Transcript transcript, AccountSteps accounts, MessageSteps messages, SocketSteps sockets) {
    this.transcript = transcript;
    this.accounts = accounts;
    this.messages = messages;
    this.sockets = sockets;
  }

  void play() throws Ended {
    transcript.chapter("Two accounts that have each other as contacts");
    Person ana = accounts.register("Ana");
    Person ben = accounts.register("Ben");
    accounts.addContact(ana, ben);
    accounts.addContact(ben, ana);

    transcript.chapter("Ana writes to Ben, who is offline");
    EventSocket anasSocket = sockets.openSocket(ana);
    String hello = messages.send(ana, ben, HELLO);
    messages.showRows(ben, 1);

    transcript.chapter("Ben comes online and reads it");
    ben = accounts.login(ben);
    EventSocket bensSocket = sockets.openSocket(ben);
    sockets.awaitPresence(ana, anasSocket, "user_online", ben);
    accounts.listContacts(ben, ana);
    messages.fetchPending(ben, ana, hello, HELLO);
    messages.acknowledge(ben, hello);
    messages.showRows(ben, 0);
    messages.openConversation(ben, ana);
    sockets.confirmRead(ben, bensSocket, ana, hello);
    sockets.awaitReceipt(ana, anasSocket, ben, hello);

    transcript.chapter("Ben answers, while Ana is online");
    String reply = messages.send(ben, ana, REPLY);
    sockets.awaitMessage(ana, anasSocket, ben, reply, REPLY);
    messages.showRows(ana, 1);
    messages.fetchPending(ana, ben, reply, REPLY);
    messages.acknowledge(ana, reply);
    messages.showRows(ana, 0);
    sockets.confirmRead(ana, anasSocket, ben, reply);
    sockets.awaitReceipt(ben, bensSocket, ana, reply);

    transcript.chapter("Ben leaves");
    sockets.closeSocket(ben, bensSocket);
    sockets.awaitPresence(ana, anasSocket, "user_offline", ben);
    sockets.closeSocket(ana, anasSocket);
  }
}
