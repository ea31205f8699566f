package io.quantchat.infra.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.infra.local.demo.Stage.Ended;
import io.quantchat.infra.local.demo.Stage.Outcome;
import java.net.URI;
import java.net.http.HttpClient;

/** What people do and see over their sockets. */
final class SocketSteps {

  private final Stage stage;
  private final HttpClient client;
  private final URI socketUrl;

  SocketSteps(Stage stage, HttpClient client, URI socketUrl) {
    this.stage = stage;
    this.client = client;
    this.socketUrl = socketUrl;
  }

  EventSocket openSocket(Person who) throws Ended {
    return stage.step(
        who.name(),
        "opens a socket, ?token=" + "*".repeat(3),
        () -> new Outcome<>(EventSocket.open(client, socketUrl, who.token()), "101  open"));
  }

  void closeSocket(Person who, EventSocket socket) throws Ended {
    stage.step(
        who.name(),
        "closes the socket",
        () -> {
          socket.close();
          return new Outcome<>(socket, "closed");
        });
  }

  void confirmRead(Person who, EventSocket socket, Person sender, String messageId) throws Ended {
    ObjectNode payload = Wire.object().put("message_id", messageId).put("sender_id", sender.id());
    stage.step(
        who.name(),
        "frame read_confirmation " + ShortId.of(messageId),
        () -> {
          socket.send("read_confirmation", payload);
          return new Outcome<>(messageId, "sent");
        });
  }

  void awaitReceipt(Person who, EventSocket socket, Person reader, String messageId) throws Ended {
    stage.pushed(
        who.name(),
        socket,
        "message_read",
        event -> {
          Difference.check("message_id", messageId, event.payload().path("message_id").asText());
          Difference.check("user_id", reader.id(), event.payload().path("user_id").asText());
          return "%s was read by %s".formatted(ShortId.of(messageId), reader.name());
        });
  }

  void awaitMessage(Person who, EventSocket socket, Person sender, String messageId, String text)
      throws Ended {
    stage.pushed(
        who.name(),
        socket,
        "new_message",
        event -> {
          Difference.check("message_id", messageId, event.payload().path("message_id").asText());
          SentText.check(event.payload(), sender, text);
          return "%s from %s \"%s\""
              .formatted(ShortId.of(messageId), sender.name(), SentText.of(text));
        });
  }

  void awaitPresence(Person who, EventSocket socket, String type, Person whose) throws Ended {
    stage.pushed(
        who.name(),
        socket,
        type,
        event -> {
          Difference.check("user_id", whose.id(), event.payload().path("user_id").asText());
          return whose.name();
        });
  }
}
