package io.quantchat.infra.demo;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.infra.demo.Play.Ended;
import io.quantchat.infra.demo.ServerAnswers.Waiting;
import java.util.ArrayList;
import java.util.List;

/** The steps with messages, and what the server holds meanwhile. */
final class MessageSteps {

  private static final String BEST_MODE = "spk+opk+kem";
  private static final String SENT = "sent: the relay has it";

  private final Play play;
  private final ServerAnswers server;
  private final Look look;

  MessageSteps(Play play, ServerAnswers server, Look look) {
    this.play = play;
    this.server = server;
    this.look = look;
  }

  void comesOnline(Person who) throws Ended {
    play.step(
        who.name() + " comes online",
        () -> {
          who.connect();
          return new Outcome<>(
              who, List.of(), List.of("an open socket of " + ShortId.of(who.id())));
        });
  }

  /** A message to somebody who is offline: it waits at the server. */
  Sent writeToOffline(Person from, Person to, String text) throws Ended {
    return play.step(
        from.name() + " writes to " + to.name(),
        () -> {
          Message sent = from.program().send(to.id(), text);
          Waiting waiting = awaitStored(from, to, sent);
          return new Outcome<>(
              new Sent(sent, waiting.envelope().content()),
              List.of(said(from, to, text), SENT),
              EnvelopeLines.of(waiting, look));
        });
  }

  /** Some more of them: how long they are can't be told apart. */
  List<Sent> writeMoreToOffline(Person from, Person to, List<String> texts) throws Ended {
    return play.step(
        "%s writes to %s, %s"
            .formatted(from.name(), to.name(), Shown.count(texts.size(), "message")),
        () -> {
          var all = new ArrayList<Sent>();
          var people = new ArrayList<String>();
          var server = new ArrayList<String>();
          for (String text : texts) {
            Message sent = from.program().send(to.id(), text);
            byte[] content = awaitStored(from, to, sent).envelope().content();
            all.add(new Sent(sent, content));
            Difference.check("bytes of content", all.getFirst().content().length, content.length);
            people.add(said(from, to, text));
            server.add(EnvelopeLines.content(content, look));
          }
          people.add(SENT);
          server.add("padded: how long the texts are can't be told");
          return new Outcome<>(all, people, server);
        });
  }

  private Waiting awaitStored(Person from, Person to, Message sent) throws Difference {
    from.awaitState(sent, MessageState.SENT);
    Waiting waiting =
        server
            .waiting(to, sent.id())
            .orElseThrow(() -> new Difference("the message at the server", "nothing"));
    Difference.check("sender", from.id(), waiting.envelope().senderId());
    Difference.check("crypto_version", "v2", waiting.envelope().suite().version());
    return waiting;
  }

  /** Somebody comes online and gets what waits for them. */
  void comesAndReceives(Person who, Person sender, Sent waiting, int prekeysBefore) throws Ended {
    play.step(
        who.name() + " comes online",
        () -> {
          who.connect();
          Message came = who.awaitMessage(waiting.message());
          sender.eyes().await(Told.Presence.class, told -> told.online());
          sender.awaitState(waiting.message(), MessageState.DELIVERED);
          Difference.check("crypto_version", "v2", came.details().get("crypto_version"));
          Difference.check("mode", BEST_MODE, came.details().get("mode"));
          server.awaitGone(who, waiting.message().id());
          int prekeysNow = server.prekeysOf(who);
          Difference.checkThat("fewer one-time prekeys", prekeysNow < prekeysBefore);
          return new Outcome<>(
              came,
              List.of(
                  said(sender, who, came.text()),
                  "%s, %s, %s"
                      .formatted(
                          came.details().get("crypto_version"),
                          came.details().get("encryption_algorithm"),
                          came.details().get("kdf_algorithm")),
                  "mode " + came.details().get("mode") + ": one-time keys, used this once",
                  "%s sees %s online, and the message delivered"
                      .formatted(sender.name(), who.name())),
              List.of(
                  "acknowledged: the row is gone",
                  "%s's one-time prekeys: %d %s %d, taken by %s's program, one of them for this"
                      .formatted(
                          who.name(), prekeysBefore, look.arrow(), prekeysNow, sender.name())));
        });
  }

  /**
   * Reads all that has come.
   *
   * @param unread how many messages that is
   */
  void typesAndReads(Person who, Person sender, Message message, int unread) throws Ended {
    play.step(
        who.name() + " reads it, and types",
        () -> {
          Difference.check("unread", unread, who.program().markRead(sender.id()).size());
          sender.awaitState(message, MessageState.READ);
          who.program().typing(sender.id(), true);
          sender
              .eyes()
              .await(Told.Typing.class, told -> told.typing() && told.contactId().equals(who.id()));
          Difference.check("messages that wait", 0, server.waiting(who) + server.waiting(sender));
          return new Outcome<>(
              message,
              List.of("%s sees: read; %s is typing".formatted(sender.name(), who.name())),
              List.of("a receipt and a sign of typing, passed on, not stored"));
        });
  }

  /** A message to somebody who is online: it is there at once. */
  String answer(Person from, Person to, String text) throws Ended {
    return play.step(
        from.name() + " answers",
        () -> {
          Message sent = from.program().send(to.id(), text);
          Message came = to.awaitMessage(sent);
          from.awaitState(sent, MessageState.DELIVERED);
          Difference.check("mode", BEST_MODE, came.details().get("mode"));
          server.awaitGone(to, sent.id());
          return new Outcome<>(
              text,
              List.of(said(from, to, text), "delivered"),
              List.of("stored, pushed, acknowledged, and gone again"));
        });
  }

  void leaves(Person who, Person seenBy) throws Ended {
    play.step(
        who.name() + " leaves",
        () -> {
          who.program().disconnect();
          seenBy
              .eyes()
              .await(
                  Told.Presence.class, told -> !told.online() && told.contactId().equals(who.id()));
          return new Outcome<>(
              who,
              List.of(seenBy.name() + " sees " + who.name() + " offline."),
              List.of("a socket that closes"));
        });
  }

  int prekeysOf(Person who) throws Ended {
    try {
      return server.prekeysOf(who);
    } catch (Difference difference) {
      throw play.differed("The server counts " + who.name() + "'s prekeys", difference);
    }
  }

  private String said(Person from, Person to, String text) {
    return "%s %s %s  \"%s\"".formatted(from.name(), look.arrow(), to.name(), text);
  }

  /**
   * A message that waits at the server.
   *
   * @param content encrypted, as the server has it
   */
  record Sent(Message message, byte[] content) {}
}
