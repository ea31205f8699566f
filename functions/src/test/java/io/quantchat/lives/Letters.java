package io.quantchat.lives;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Ids;
import io.quantchat.http.Json;
import io.quantchat.testing.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Messages: sent and sent again, fetched, acknowledged. None that was answered is lost, none is
 * there twice or again after it was acknowledged, and nobody sees another's.
 */
final class Letters {

  /** What is older is given up by who sends. */
  private static final Duration OLDEST = Duration.ofDays(6);

  private final Lives lives;
  private final Map<String, Letter> letters = new LinkedHashMap<>();
  private int written;

  Letters(Lives lives) {
    this.lives = lives;
  }

  void habits() {
    lives.habit(16, this::send);
    lives.habit(6, this::sendAgain);
    lives.habit(14, this::fetch);
    lives.habit(10, this::acknowledge);
    lives.habit(2, this::converse);
  }

  Optional<Letter> find(String id) {
    return Optional.ofNullable(letters.get(id));
  }

  /** A new message to somebody, in the sender's drawer. */
  Optional<Letter> write(Person who) {
    if (who.id == null) {
      return Optional.empty();
    }
    return lives
        .another(who)
        .map(
            to -> {
              Instant now = lives.cloud.clock.instant();
              String id = Ids.timeOrdered(now, lives.random);
              var letter = new Letter(id, who, to, "content " + ++written, now, lives::steps);
              letters.put(id, letter);
              return letter;
            });
  }

  /** One that was sent and may still be sent again. */
  Optional<Letter> sentBy(Person who) {
    Instant oldest = lives.cloud.latest().minus(OLDEST);
    letters.values().removeIf(one -> one.mintedAt.isBefore(oldest.minus(Duration.ofDays(30))));
    return oneOf(
        letters.values().stream()
            .filter(one -> one.from == who && one.mintedAt.isAfter(oldest))
            .filter(one -> one.to.stage == Person.Stage.REGISTERED)
            .toList());
  }

  /** Some of those that may wait for somebody, and perhaps one that is another's. */
  List<Letter> someFor(Person who, int most) {
    var some = new ArrayList<Letter>();
    List<Letter> own = letters.values().stream().filter(one -> one.to == who).toList();
    List<Letter> waiting = own.stream().filter(one -> one.held() != Known.NO).toList();
    for (int i = 0; i < most; i++) {
      List<Letter> from =
          switch (lives.random.nextInt(12)) {
            case 0 -> List.copyOf(letters.values());
            case 1 -> own;
            default -> waiting;
          };
      oneOf(from).filter(one -> !some.contains(one)).ifPresent(some::add);
    }
    return some;
  }

  private <T> Optional<T> oneOf(List<T> some) {
    return some.isEmpty()
        ? Optional.empty()
        : Optional.of(some.get(lives.random.nextInt(some.size())));
  }

  private void send(Person who) {
    write(who).ifPresent(this::post);
  }

  private void sendAgain(Person who) {
    sentBy(who).ifPresent(this::post);
  }

  private void post(Letter letter) {
    Known blocked = blocked(letter);
    Optional<Answer> answer = lives.ask(letter.from, "POST /relay/send", body(letter));
    sent(letter, blocked, answer.map(Answer::status));
  }

  Known blocked(Letter letter) {
    return letter.to.block(letter.from).seenByAll(lives.cloud.writes());
  }

  ObjectNode body(Letter letter) {
    return Json.object()
        .put("message_id", letter.id)
        .put("recipient_id", letter.to.id)
        .put("encrypted_content", letter.content)
        .put("encrypted_session_key", "key of " + letter.id);
  }

  /**
   * Learns from a send.
   *
   * @param blocked whether the recipient had blocked the sender before
   * @param status of the answer, if there was one
   */
  void sent(Letter letter, Known blocked, Optional<Integer> status) {
    Instant now = lives.cloud.clock.instant();
    if (status.isEmpty()) {
      letter.maybeStored(now, lives.cloud.latest(), blocked);
      return;
    }
    switch (status.get()) {
      case 201 -> {
        lives.require(!letter.mustBeThere(lives.cloud.latest()), "stored twice: " + letter);
        letter.stored(now, blocked);
      }
      case 200 -> {
        lives.require(
            letter.held() != Known.NO || blocked != Known.NO, "a repeat of nothing: " + letter);
        letter.repeated(now, blocked);
      }
      default -> throw new AssertionError("a message is refused with " + status + ": " + letter);
    }
  }

  /** Learns from a send over a socket, whose answer doesn't tell a repeat. */
  void sentOverSocket(Letter letter, Known blocked, boolean answered) {
    Instant now = lives.cloud.clock.instant();
    if (answered) {
      letter.queued(now, lives.cloud.latest(), blocked);
    } else {
      letter.maybeStored(now, lives.cloud.latest(), blocked);
    }
  }

  /** A walk to the end shows all there is; one that breaks off shows nothing that isn't. */
  private void fetch(Person who) {
    Set<String> seen = new HashSet<>();
    String last = "";
    Optional<String> cursor = Optional.empty();
    boolean more = true;
    while (more) {
      ObjectNode event = lives.cloud.request("GET /relay/pending");
      ObjectNode query = Json.object();
      if (lives.random.nextBoolean()) {
        query.put("limit", Integer.toString(lives.random.nextInt(1, 6)));
      }
      cursor.ifPresent(at -> query.put("cursor", at));
      event.set("queryStringParameters", query);
      Optional<Answer> page = lives.play(who, "GET /relay/pending", event);
      if (page.isEmpty()) {
        return;
      }
      lives.require(page.get().status() == 200, "a fetch is refused");
      for (JsonNode shown : page.get().body().path("messages")) {
        String id = shown.path("id").asText();
        lives.require(seen.add(id), "shown twice in one walk: " + id);
        lives.require(id.compareTo(last) > 0, "out of order: " + id);
        last = id;
        shown(who, shown);
      }
      cursor = Optional.ofNullable(page.get().body().path("next_cursor").textValue());
      more = cursor.isPresent();
    }
    for (Letter letter : letters.values()) {
      if (letter.to == who && !seen.contains(letter.id)) {
        lives.require(!letter.mustBeThere(lives.cloud.latest()), "lost: " + letter);
        letter.gone();
      }
    }
  }

  private void shown(Person who, JsonNode shown) {
    Letter letter = letters.get(shown.path("id").asText());
    lives.require(letter != null, "nobody sent " + shown);
    lives.require(letter.to == who, "shown to " + who + ": " + letter);
    lives.require(shown.path("sender_id").asText().equals(letter.from.id), "by another: " + letter);
    lives.require(
        shown.path("encrypted_content").asText().equals(letter.content), "altered: " + letter);
    lives.require(
        letter.mayBeThere(lives.cloud.clock.instant()), "shown and shouldn't be: " + letter);
    letter.seen();
  }

  private void acknowledge(Person who) {
    List<Letter> some = someFor(who, 1 + lives.random.nextInt(4));
    if (some.isEmpty()) {
      return;
    }
    ObjectNode body = Json.object();
    if (some.size() == 1 && lives.random.nextBoolean()) {
      body.put("message_id", some.getFirst().id);
      Optional<Answer> answer = lives.ask(who, "POST /relay/acknowledge", body);
      acknowledged(who, some.getFirst(), answer.map(one -> one.status() == 200));
      return;
    }
    some.forEach(one -> body.withArray("message_ids").add(one.id));
    Optional<Answer> answer = lives.ask(who, "POST /relay/acknowledge", body);
    acknowledged(who, some, answer.map(one -> one.expect(200).path("results")));
  }

  /** Learns from results, in the order of what was acknowledged. */
  void acknowledged(Person who, List<Letter> some, Optional<JsonNode> results) {
    for (int i = 0; i < some.size(); i++) {
      int at = i;
      acknowledged(who, some.get(i), results.map(all -> isFound(all.get(at))));
    }
  }

  private static boolean isFound(JsonNode result) {
    return result.path("status").asText().equals("acknowledged");
  }

  private void acknowledged(Person who, Letter letter, Optional<Boolean> found) {
    boolean own = letter.to == who;
    if (found.isEmpty()) {
      if (own) {
        letter.maybeGone();
      }
      return;
    }
    if (!own) {
      lives.require(!found.get(), "another's was acknowledged: " + letter);
      return;
    }
    Instant now = lives.cloud.clock.instant();
    lives.require(!found.get() || letter.mayBeThere(now), "found and shouldn't be: " + letter);
    lives.require(
        found.get() || !letter.mustBeThere(lives.cloud.latest()), "not found, lost: " + letter);
    letter.gone();
  }

  private void converse(Person who) {
    Optional<Person> other = lives.another(who);
    if (other.isEmpty()) {
      return;
    }
    String route = "GET /messages/conversation/{contact_id}";
    Optional<Answer> answer = lives.ask(who, route, null, other.get().id);
    if (answer.isEmpty()) {
      return;
    }
    JsonNode body = answer.get().expect(200);
    for (JsonNode shown : body.isArray() ? body : body.path("messages")) {
      Letter letter = letters.get(shown.path("id").asText());
      lives.require(letter != null, "nobody sent " + shown);
      boolean between =
          (letter.from == who && letter.to == other.get())
              || (letter.to == who && letter.from == other.get());
      lives.require(between, "in the wrong conversation: " + letter);
    }
  }
}
