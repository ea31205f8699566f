package io.quantchat.lives;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.http.Json;
import io.quantchat.testing.Answer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Adding, removing, blocking, unblocking, and the list that shows it. */
final class Contacts {

  private final Lives lives;

  Contacts(Lives lives) {
    this.lives = lives;
  }

  void habits() {
    lives.habit(5, who -> add(who));
    lives.habit(2, who -> change(who, "DELETE /contacts/{contact_id}"));
    lives.habit(2, who -> change(who, "PUT /contacts/{contact_id}/block"));
    lives.habit(3, who -> change(who, "DELETE /contacts/{contact_id}/block"));
    lives.habit(4, this::list);
  }

  private void add(Person who) {
    lives
        .another(who)
        .ifPresent(
            other -> {
              Relation contact = who.contact(other);
              Optional<Answer> answer =
                  ask(
                      contact,
                      () ->
                          lives.ask(
                              who, "POST /contacts", Json.object().put("contact_id", other.id)));
              answer.ifPresent(
                  one -> {
                    lives.require(
                        one.status() == 200 || one.status() == 201, "a contact is refused");
                    lives.require(
                        one.status() == 201 || contact.state() != Known.NO,
                        "a contact was there that nobody added");
                    lives.require(
                        one.status() == 200 || contact.state() != Known.YES, "a contact was lost");
                    contact.becomes(Known.YES, lives.cloud.writes());
                  });
            });
  }

  private void change(Person who, String route) {
    lives
        .another(who)
        .ifPresent(
            other -> {
              boolean ofBlock = route.endsWith("/block");
              Relation relation = ofBlock ? who.block(other) : who.contact(other);
              ask(relation, () -> lives.ask(who, route, null, other.id))
                  .ifPresent(
                      one -> {
                        lives.require(one.status() == 204, route + " is refused");
                        relation.becomes(
                            route.startsWith("PUT") ? Known.YES : Known.NO, lives.cloud.writes());
                      });
            });
  }

  /** Where there is no answer, it isn't known whether it was done. */
  private Optional<Answer> ask(Relation relation, Supplier<Optional<Answer>> asks) {
    Optional<Answer> answer = asks.get();
    if (answer.isEmpty()) {
      relation.becomes(Known.MAYBE, lives.cloud.writes());
    }
    return answer;
  }

  private void list(Person who) {
    Optional<Answer> answer = lives.ask(who, "GET /contacts", null);
    if (answer.isEmpty()) {
      return;
    }
    lives.require(answer.get().status() == 200, "the list of contacts is refused");
    Map<String, JsonNode> entries = new HashMap<>();
    for (JsonNode entry : answer.get().body()) {
      JsonNode twice = entries.put(entry.path("contact_id").asText(), entry);
      lives.require(twice == null, "a contact is listed twice");
    }
    for (Person other : lives.crowd()) {
      if (other != who && other.id != null) {
        check(who, other, Optional.ofNullable(entries.remove(other.id)));
      }
    }
    for (Person gone : lives.gone()) {
      JsonNode entry = entries.remove(gone.id);
      lives.require(entry == null || !lives.isUnlisted(gone), "has left and is listed: " + gone);
    }
    lives.require(entries.isEmpty(), "somebody's list shows who isn't there: " + entries.keySet());
  }

  private void check(Person who, Person other, Optional<JsonNode> entry) {
    if (other.stage == Person.Stage.LEAVING) {
      return;
    }
    Known contact = who.contact(other).state();
    lives.require(entry.isPresent() || contact != Known.YES, "a contact is lost: " + other);
    lives.require(entry.isEmpty() || contact != Known.NO, "a contact is back: " + other);
    entry.ifPresent(
        shown -> {
          boolean blocked = shown.path("blocked").asBoolean();
          Known known = who.block(other).state();
          lives.require(blocked || known != Known.YES, "a block is lost: " + other);
          lives.require(!blocked || known != Known.NO, "a block is back: " + other);
          who.block(other).becomes(blocked ? Known.YES : Known.NO, lives.cloud.writes());
        });
    who.contact(other).becomes(entry.isPresent() ? Known.YES : Known.NO, lives.cloud.writes());
  }
}
