package io.quantchat.lives;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Ids;
import io.quantchat.http.Json;
import io.quantchat.lives.Person.Login;
import io.quantchat.testing.Answer;
import io.quantchat.testing.World;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whoever has left tries to come back, and others look for it: all in vain. */
final class Ghosts {

  private final Lives lives;
  private final Sessions sessions;
  private final Departures departures;

  Ghosts(Lives lives, Sessions sessions, Departures departures) {
    this.lives = lives;
    this.sessions = sessions;
    this.departures = departures;
  }

  void habits() {
    lives.habit(4, who -> haunt());
    lives.habit(3, this::seek);
  }

  /** What somebody tries who has left: each is refused, and writes nothing. */
  private void haunt() {
    var candidates =
        departures.ghosts().stream().filter(one -> departures.isPast(one.who())).toList();
    if (candidates.isEmpty()) {
      return;
    }
    Ghost ghost = candidates.get(lives.random.nextInt(candidates.size()));
    Person who = ghost.who();
    switch (lives.random.nextInt(4)) {
      case 0 ->
          ghost
              .ticket()
              .ifPresent(
                  ticket ->
                      lives.require(
                          lives.cloud.open(who.id, ticket).isEmpty(), "a ticket of " + who));
      case 1 -> {
        who.openSockets().stream()
            .filter(socket -> socket.isYoung(now()))
            .findFirst()
            .ifPresent(socket -> write(who, socket));
      }
      case 2 -> {
        boolean _ = sessions.hasNoAccount(who);
      }
      default -> ghost.login().ifPresent(login -> ask(who, login));
    }
  }

  private void write(Person who, Socket socket) {
    lives
        .another(who)
        .ifPresent(
            other -> {
              Optional<JsonNode> answer = lives.cloud.send(socket, "send", message(other, now()));
              lives.note(who, () -> "haunts a socket -> " + answer);
              lives.require(
                  answer
                      .filter(one -> one.path("type").asText().equals("message_queued"))
                      .isEmpty(),
                  "a message of " + who + ", who has left");
            });
  }

  private void ask(Person who, Login login) {
    Optional<Person> other = lives.another(who);
    if (other.isEmpty()) {
      return;
    }
    String id = other.get().id;
    switch (lives.random.nextInt(9)) {
      case 0 -> refused(who, login, "GET /users/me", null);
      case 1 -> refused(who, login, "POST /relay/send", message(other.get(), now()));
      case 2 -> refused(who, login, "POST /contacts", Json.object().put("contact_id", id));
      case 3 -> refused(who, login, "PUT /contacts/{contact_id}/block", null, id);
      case 4 -> refused(who, login, "POST /auth/socket-ticket", Json.object());
      case 5 -> refused(who, login, "GET /relay/pending", null);
      case 6 -> refused(who, login, "GET /contacts", null);
      case 7 -> refused(who, login, "PATCH /users/me", Json.object().put("full_name", "Nobody"));
      default -> {
        String route = "POST /auth/refresh";
        ObjectNode body = Json.object().put("refresh_token", login.refreshToken);
        refused(
            who, lives.call(who, route, lives.cloud.request(route).put("body", body.toString())));
      }
    }
  }

  private void refused(Person who, Login login, String route, ObjectNode body, String... path) {
    ObjectNode event = World.withToken(lives.cloud.request(route, path), login.accessToken);
    if (body != null) {
      event.put("body", body.toString());
    }
    refused(who, lives.call(who, route, event));
  }

  private void refused(Person who, Optional<Answer> answer) {
    answer.ifPresent(
        one ->
            lives.require(
                one.status() == 401 || one.status() == 429,
                "%s has left and is answered %d".formatted(who, one.status())));
  }

  private Instant now() {
    return lives.cloud.clock.instant();
  }

  private ObjectNode message(Person to, Instant now) {
    return Json.object()
        .put("message_id", Ids.timeOrdered(now, lives.random))
        .put("recipient_id", to.id)
        .put("encrypted_content", "from the beyond")
        .put("encrypted_session_key", "none");
  }

  /** Somebody looks for one who has left. */
  private void seek(Person who) {
    List<Person> gone = departures.gone().stream().filter(departures::isPast).toList();
    if (gone.isEmpty()) {
      return;
    }
    Person ghost = gone.get(lives.random.nextInt(gone.size()));
    String send = "POST /relay/send";
    String add = "POST /contacts";
    switch (lives.random.nextInt(4)) {
      case 0 -> notFound(ghost, send, lives.ask(who, send, message(ghost, now())));
      case 1 ->
          notFound(ghost, add, lives.ask(who, add, Json.object().put("contact_id", ghost.id)));
      case 2 -> {
        String block = "PUT /contacts/{contact_id}/block";
        notFound(ghost, block, lives.ask(who, block, null, ghost.id));
      }
      default -> {
        // Its keys are signed, public, and of no use: they may stay until they are erased.
        if (departures.isErased(ghost)) {
          String keys = "GET /keys/{user_id}/bundle";
          notFound(ghost, keys, lives.ask(who, keys, null, ghost.id));
        }
      }
    }
  }

  private void notFound(Person ghost, String route, Optional<Answer> answer) {
    answer.ifPresent(
        one ->
            lives.require(
                one.status() == 404,
                "%s has left and is found: %s -> %d".formatted(ghost, route, one.status())));
  }
}
