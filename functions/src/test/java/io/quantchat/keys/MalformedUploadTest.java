package io.quantchat.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.quantchat.http.Json;
import io.quantchat.limits.Limit;
import io.quantchat.testing.Answer;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever is uploaded: it is refused in words, stores nothing and shows nothing. */
@StoreTest
class MalformedUploadTest {

  /** A text that no refusal may repeat, wherever it was sent. */
  private static final String MARK = "3N0tT0B3Sh0wn";

  private final KeysFixture keys;
  private final KeyOwner ada;

  MalformedUploadTest(StoreTables tables) {
    keys = new KeysFixture(tables);
    ada = keys.owner("ada");
  }

  @Test
  void whateverStandsInAFieldOfABundleIsRefused() {
    ObjectNode bundle = KeyOwner.json(ada.bundle(1, keys.now()));

    int refused = refuseEachReplacement("PUT", "/keys/bundle", bundle);

    assertThat(refused).isGreaterThan(250);
    keys.publish(ada.account, bundle).expect(200);
  }

  @Test
  void whateverStandsInAFieldOfABatchIsRefused() {
    keys.publish(ada, ada.bundle(1, keys.now())).expect(200);
    ObjectNode batch = KeyOwner.json(ada.batch(2, keys.now()));

    int refused = refuseEachReplacement("POST", "/keys/prekeys", batch);

    assertThat(refused).isGreaterThan(150);
    assertThat(keys.count(ada).path("one_time").asInt()).isZero();
    keys.upload(ada.account, batch).expect(201);
  }

  @Test
  void whatIsNoJsonObjectIsABadRequest() {
    String bundle = KeyOwner.json(ada.bundle(1, keys.now())).toString();
    String twice = bundle.replaceFirst("\\{", "{\"user_id\":\"" + MARK + "\",");
    List<String> bodies =
        List.of(
            "",
            " ",
            "null",
            "5",
            "[]",
            "\"" + MARK + "\"",
            MARK,
            "{\"" + MARK + "\":",
            bundle.substring(0, bundle.length() - 1),
            bundle + MARK,
            "\ufeff" + bundle,
            twice,
            "{\"keys\":" + "[".repeat(40) + "]".repeat(40) + "}",
            "{\"keys\":" + "[".repeat(30_000) + "}",
            "{\"bundle_version\":1e99999999999}",
            "{\"bundle_version\":" + "9".repeat(100) + "}",
            "{\"bundle_version\":01}",
            "{\"user_id\":\"\ufffd\"}",
            "{\"user_id\":\"\\ud8\"}",
            "{user_id:1}",
            "{\"user_id\":NaN}");

    for (String body : bodies) {
      assertRefusal(body, put("PUT", "/keys/bundle", body), 400);
      assertRefusal(body, put("POST", "/keys/prekeys", body), 400);
    }
  }

  @Test
  void whatIsTooLargeIsNotRead() {
    String tenMegabytes = "{\"padding\":\"" + MARK.repeat(10 * 1024 * 1024 / MARK.length()) + "\"}";

    for (String route : List.of("PUT /keys/bundle", "POST /keys/prekeys")) {
      int space = route.indexOf(' ');
      // An event of this size can't come: the gateway refuses it first. A function does it, too.
      ObjectNode event =
          keys.world.request(route.substring(0, space), route.substring(space + 1), ada.account);
      event.put("body", tenMegabytes.substring(0, 5 * 1024 * 1024));
      assertRefusal(route, keys.call(event), 413);
    }
  }

  @Test
  void unknownFieldsAreTolerated() {
    ObjectNode bundle = KeyOwner.json(ada.bundle(1, keys.now())).put("tomorrow", MARK);
    ((ObjectNode) bundle.path("keys").path(0)).putObject("tomorrow").put("is", MARK);

    keys.publish(ada.account, bundle).expect(200);

    assertThat(keys.read(ada.account, ada, Map.of()).body().toString()).doesNotContain(MARK);
  }

  private int refuseEachReplacement(String method, String resource, ObjectNode valid) {
    int refused = 0;
    for (List<Object> path : paths(List.of(), valid)) {
      for (JsonNode value : values()) {
        ObjectNode changed = valid.deepCopy();
        replace(changed, path, value);
        Answer answer = put(method, resource, changed.toString());

        assertRefusal(path + " = " + value, answer, 422);
        keys.limits().giveBack(Limit.KEY_UPLOADS, ada.account.userId(), 1);
        refused++;
      }
    }
    return refused;
  }

  private Answer put(String method, String resource, String body) {
    return keys.call(keys.world.request(method, resource, ada.account).put("body", body));
  }

  private static void assertRefusal(String what, Answer answer, int status) {
    String cut = what.length() > 200 ? what.substring(0, 200) : what;
    assertThat(answer.status()).as("%s: %s", cut, answer.body()).isEqualTo(status);
    assertThat(answer.body().path("detail").asText()).as(cut).isNotBlank().hasSizeLessThan(400);
    assertThat(answer.body().toString())
        .as(cut)
        .doesNotContain(MARK, "Exception", "io.quantchat", "com.fasterxml", "java.");
  }

  private static List<JsonNode> values() {
    JsonNode deep = TextNode.valueOf(MARK);
    for (int i = 0; i < 20; i++) {
      deep = Json.array().add(deep);
    }
    return Stream.concat(
            Stream.of(Json.object().put(MARK, MARK), Json.array(), deep),
            Stream.of(
                    "null",
                    "1.5",
                    "9007199254740992",
                    "123456789012345678901234567890",
                    "\"1\"",
                    "\"" + MARK.repeat(500) + "\"",
                    "\"\\ud800\"")
                .map(MalformedUploadTest::parsed))
        .toList();
  }

  private static JsonNode parsed(String json) {
    try {
      JsonNode node = Json.MAPPER.readTree(json);
      return node.isFloatingPointNumber()
          ? DecimalNode.valueOf(new BigDecimal(node.asText()))
          : node;
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Of every node below the root. */
  private static List<List<Object>> paths(List<Object> path, JsonNode node) {
    var paths = new ArrayList<List<Object>>();
    if (!path.isEmpty()) {
      paths.add(path);
    }
    if (node.isObject()) {
      node.fieldNames()
          .forEachRemaining(name -> paths.addAll(paths(longer(path, name), node.path(name))));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      paths.addAll(paths(longer(path, i), node.path(i)));
    }
    return paths;
  }

  private static void replace(JsonNode root, List<Object> path, JsonNode value) {
    JsonNode parent = root;
    for (Object step : path.subList(0, path.size() - 1)) {
      parent = step instanceof Integer i ? parent.path(i) : parent.path((String) step);
    }
    if (path.getLast() instanceof Integer i) {
      ((ArrayNode) parent).set(i, value);
    } else {
      ((ObjectNode) parent).set((String) path.getLast(), value);
    }
  }

  private static List<Object> longer(List<Object> path, Object step) {
    var longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }
}
