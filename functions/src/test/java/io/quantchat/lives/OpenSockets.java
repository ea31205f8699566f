package io.quantchat.lives;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.Json;
import io.quantchat.testing.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sockets: opened with a ticket, closed with a word or without, and all that goes over them. */
final class OpenSockets {

  private final Lives lives;
  private final Letters letters;

  OpenSockets(Lives lives, Letters letters) {
    this.lives = lives;
    this.letters = letters;
  }

  void habits() {
    lives.habit(6, this::open);
    lives.habit(3, this::close);
    lives.habit(10, this::send);
    lives.habit(8, this::acknowledge);
    lives.habit(2, this::type);
    lives.habit(20, this::read);
  }

  private void open(Person who) {
    Optional<Answer> answer = lives.ask(who, "POST /auth/socket-ticket", Json.object());
    if (answer.isEmpty() || who.openSockets().size() > 3) {
      return;
    }
    lives.require(answer.get().status() == 201, "a ticket is refused");
    Optional<Socket> socket = lives.cloud.open(who.id, answer.get().text("ticket"));
    socket.ifPresent(who.sockets::add);
    lives.note(
        who, () -> "opens " + socket.map(one -> one.connection.connectionId()).orElse("nothing"));
    lives.require(
        lives.cloud.open(who.id, answer.get().text("ticket")).isEmpty() || socket.isEmpty(),
        "a ticket is good twice");
  }

  private void close(Person who) {
    List<Socket> open = who.openSockets();
    if (!open.isEmpty()) {
      Socket socket = open.get(lives.random.nextInt(open.size()));
      read(who);
      boolean tells = lives.random.nextInt(3) > 0;
      lives.note(
          who, () -> "closes " + socket.connection.connectionId() + (tells ? "" : " silently"));
      lives.cloud.close(socket, tells);
    }
  }

  private Optional<Socket> one(Person who) {
    Instant now = lives.cloud.clock.instant();
    for (Socket socket : List.copyOf(who.openSockets())) {
      if (!socket.isYoung(now)) {
        lives.note(who, () -> "lives longer than " + socket.connection.connectionId());
        lives.cloud.close(socket, lives.random.nextBoolean());
      }
    }
    List<Socket> open = who.openSockets();
    return open.isEmpty()
        ? Optional.empty()
        : Optional.of(open.get(lives.random.nextInt(open.size())));
  }

  /** What answers a frame; nothing where it isn't known what became of it. */
  private Optional<JsonNode> answer(
      Person who, Socket socket, String type, ObjectNode payload, String expected) {
    Optional<JsonNode> answer = lives.cloud.send(socket, type, payload);
    lives.note(
        who,
        () ->
            "frame %s %s -> %s"
                .formatted(type, payload, answer.map(JsonNode::toString).orElse("?")));
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    JsonNode told = answer.get().path("payload");
    if (answer.get().path("type").asText().equals("error")) {
      int status = told.path("status").asInt();
      lives.require(status != 500, "fell over a frame: " + lives.cloud.lastLogged());
      if (status == 429) {
        throw new NotAskedException();
      }
      boolean mayHaveLeft = who.stage == Person.Stage.LEAVING;
      lives.require(
          status == 503 || (mayHaveLeft && status == 401), "a frame is refused with " + status);
      return Optional.empty();
    }
    lives.require(
        answer.get().path("type").asText().equals(expected), "a frame is answered by " + answer);
    return Optional.of(told);
  }

  private void send(Person who) {
    Optional<Socket> socket = one(who);
    if (socket.isEmpty()) {
      return;
    }
    Optional<Letter> letter =
        lives.random.nextInt(3) > 0 ? letters.write(who) : letters.sentBy(who);
    letter.ifPresent(
        one -> {
          Known blocked = letters.blocked(one);
          Optional<JsonNode> told =
              answer(who, socket.get(), "send", letters.body(one), "message_queued");
          letters.sentOverSocket(one, blocked, told.isPresent());
        });
  }

  private void acknowledge(Person who) {
    Optional<Socket> socket = one(who);
    List<Letter> some = letters.someFor(who, 3);
    if (socket.isEmpty() || some.isEmpty()) {
      return;
    }
    ObjectNode payload = Json.object();
    some.forEach(one -> payload.withArray("message_ids").add(one.id));
    Optional<JsonNode> told = answer(who, socket.get(), "acknowledge", payload, "acknowledged");
    letters.acknowledged(who, some, told.map(one -> one.path("results")));
  }

  private void type(Person who) {
    Optional<Socket> socket = one(who);
    Optional<Person> other = lives.another(who);
    if (socket.isPresent() && other.isPresent()) {
      lives.cloud.send(
          socket.get(),
          "typing",
          Json.object().put("recipient_id", other.get().id).put("is_typing", true));
    }
  }

  /** Reads all that was pushed. */
  private void read(Person who) {
    for (Socket socket : new ArrayList<>(who.sockets)) {
      for (JsonNode frame; (frame = socket.frames.poll()) != null; ) {
        pushed(who, frame);
      }
    }
  }

  private void pushed(Person who, JsonNode frame) {
    JsonNode payload = frame.path("payload");
    switch (frame.path("type").asText()) {
      case "new_message" -> {
        Letter letter = known(payload);
        lives.require(letter.to == who, "pushed to " + who + ": " + letter);
        lives.require(
            payload.path("sender_id").asText().equals(letter.from.id), "by another: " + letter);
        lives.require(
            payload.path("encrypted_content").asText(letter.content).equals(letter.content),
            "altered: " + letter);
        lives.require(letter.wasPossible(), "pushed past a block: " + letter);
      }
      case "message_sent" ->
          lives.require(known(payload).from == who, "told to " + who + ": " + frame);
      default -> {}
    }
  }

  private Letter known(JsonNode payload) {
    return letters
        .find(payload.path("message_id").asText())
        .orElseThrow(() -> new AssertionError("nobody sent " + payload));
  }
}
