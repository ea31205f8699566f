package io.quantchat.client;

import io.quantchat.client.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What a relay that cheats does to its answers. */
final class Tampering {

  static final String BUNDLE = "bundle";
  static final String BATCHES = "batches";
  static final String PREKEYS = "one_time_prekeys";
  static final String MESSAGES = "messages";

  private Tampering() {}

  /** Changes a copy of an answer that is a JSON object; others stay. */
  static UnaryOperator<String> of(Consumer<Map<String, Object>> change) {
    return body ->
        Json.read(body)
            .flatMap(Json::object)
            .map(
                answer -> {
                  change.accept(answer);
                  return text(answer);
                })
            .orElse(body);
  }

  /** Changes the bundle of an answer, whether it is the answer or a part of it. */
  static UnaryOperator<String> ofBundle(Consumer<Map<String, Object>> change) {
    return of(answer -> change.accept(answer.containsKey(BUNDLE) ? map(answer, BUNDLE) : answer));
  }

  /** Replaces the bundle of an answer, whether it is the answer or a part of it. */
  static UnaryOperator<String> toBundle(Map<String, Object> other) {
    return ofBundle(
        bundle -> {
          bundle.clear();
          bundle.putAll(other);
        });
  }

  /** The prekeys of an answer, and the batches that they are of. */
  static Map<String, Object> handedOut(Map<String, Object> answer) {
    return Map.of(BATCHES, answer.get(BATCHES), PREKEYS, answer.get(PREKEYS));
  }

  /** Changes each pending message of an answer. */
  static UnaryOperator<String> ofMessages(Consumer<Map<String, Object>> change) {
    return ofQueue(messages -> messages.forEach(change));
  }

  /** Changes a page of pending messages. */
  static UnaryOperator<String> ofQueue(Consumer<List<Map<String, Object>>> change) {
    return of(
        answer -> {
          var messages = new ArrayList<>(maps(answer, MESSAGES));
          change.accept(messages);
          answer.put(MESSAGES, messages);
        });
  }

  /** The member's own object: what is changed there is changed here. */
  @SuppressWarnings("unchecked") // As Json has read it.
  static Map<String, Object> map(Map<String, Object> object, String name) {
    return (Map<String, Object>) object.get(name);
  }

  /** The member's own objects. */
  @SuppressWarnings("unchecked") // As Json has read it.
  static List<Map<String, Object>> maps(Map<String, Object> object, String name) {
    return (List<Map<String, Object>>) object.get(name);
  }

  private static String text(Map<String, Object> answer) {
    return new String(Json.write(answer), StandardCharsets.UTF_8);
  }
}
