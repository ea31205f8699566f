package io.quantchat.lives;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.Json;
import io.quantchat.testing.Answer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keys: published, uploaded, taken. None that is for one time is handed out a second time. */
final class Prekeys {

  private final Lives lives;
  private final Map<Person, KeyDevice> devices = new HashMap<>();
  private final Set<String> handedOut = new HashSet<>();

  Prekeys(Lives lives) {
    this.lives = lives;
  }

  void habits() {
    lives.habit(1, this::upload);
    lives.habit(4, this::take);
  }

  private void upload(Person who) {
    if (who.id == null || lives.random.nextInt(8) != 0) {
      return;
    }
    KeyDevice device = devices.computeIfAbsent(who, one -> new KeyDevice(one.id));
    if (!device.isPublished()) {
      Optional<Answer> answer =
          lives.ask(who, "PUT /keys/bundle", device.bundle(lives.cloud.clock.instant()));
      // A conflict, too: it may be asked for again.
      if (answer.isEmpty() || answer.get().status() == 409) {
        return;
      }
      answer.get().expect(200);
      device.published();
    }
    lives
        .ask(who, "POST /keys/prekeys", device.batch(lives.cloud.clock.instant()))
        .ifPresent(answer -> lives.require(answer.status() < 500, "an upload fails"));
  }

  private void take(Person who) {
    Optional<Person> other = lives.another(who).filter(devices::containsKey);
    if (other.isEmpty()) {
      return;
    }
    String route = "GET /keys/{user_id}";
    ObjectNode event = lives.cloud.request(route, other.get().id);
    event.set("queryStringParameters", Json.object().put("take", "1"));
    Optional<Answer> answer = lives.play(who, route, event);
    if (answer.isEmpty() || answer.get().status() == 404 || answer.get().status() == 409) {
      return;
    }
    JsonNode taken = answer.get().expect(200);
    lives.require(taken.path("user_id").asText().equals(other.get().id), "another's keys");
    for (JsonNode prekey : taken.path("one_time_prekeys")) {
      ObjectNode own = prekey.deepCopy();
      own.remove(List.of("batch", "path", "index"));
      lives.require(handedOut.add(own.toString()), "a prekey is handed out twice: " + own);
    }
  }
}
