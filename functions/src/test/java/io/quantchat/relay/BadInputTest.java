package io.quantchat.relay;

import static io.quantchat.relay.RelayFixture.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Ids;
import io.quantchat.http.Json;
import io.quantchat.relay.RelayMessageStore.Queue;
import io.quantchat.testing.Answer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a request is named, and nothing is stored, pushed or deleted. */
class BadInputTest {

  private final RelayFixture relay = new RelayFixture();
  private final String alice = relay.account();
  private final String bob = relay.account();
  private final String socket = relay.connect(bob);

  @AfterEach
  void nothingIsStoredOrPushed() {
    assertThat(relay.rows(Queue.INBOX, bob)).isEmpty();
    assertThat(relay.rows(Queue.WITHHELD, bob)).isEmpty();
    assertThat(relay.world.sockets.framesOf(socket)).isEmpty();
  }

  BadInputTest() {
    relay.areContacts(alice, bob);
  }

  @ParameterizedTest(name = "{0} = {1}")
  @MethodSource
  void aFieldOfAMessageThatIsWrongIsNamed(String field, String value, String detail) {
    ObjectNode message = message(bob, "hi");
    message.remove(field);
    // As text: half of a surrogate pair can only come as an escape.
    String member = value == null ? "" : ",'" + field + "':" + value;
    String body = message.toString().replaceFirst("}$", "") + member.replace('\'', '"') + "}";

    Answer answer = relay.post(alice, "/relay/send", body);

    assertInvalid(answer, field, detail);
  }

  static Stream<Arguments> aFieldOfAMessageThatIsWrongIsNamed() {
    String uuid = "must be a UUID, such as 89a4ce85-c0ee-47f4-aa19-e381e9da010e";
    String time = "must be a time of RFC 3339, such as 2026-02-02T10:00:00.123Z";
    String flag = "must be true or false";
    String surrogate = "must be Unicode text: it holds half of a surrogate pair";
    return Stream.of(
        arguments("recipient_id", null, "is required"),
        arguments("recipient_id", "null", "is required"),
        arguments("recipient_id", "''", uuid),
        arguments("recipient_id", "7", uuid),
        arguments("recipient_id", "'dropped#89a4ce85-c0ee-47f4-aa19-e3'", uuid),
        arguments("encrypted_content", null, "is required"),
        arguments("encrypted_content", "null", "is required"),
        arguments("encrypted_content", "{}", "must be a string"),
        arguments("encrypted_content", "'\\ud800'", surrogate),
        arguments("encrypted_session_key", null, "is required"),
        arguments("encrypted_session_key", "null", "is required"),
        arguments("encrypted_session_key", "''", "must not be empty"),
        arguments("encrypted_session_key", "{}", "must not be empty"),
        arguments("encrypted_session_key", "[]", "must be a string or an object"),
        arguments("encrypted_session_key", "5", "must be a string or an object"),
        arguments("encrypted_session_key", "'\\udc00'", surrogate),
        arguments("encrypted_session_key", "{'a':[{'b':'\\ud83d'}]}", surrogate),
        arguments("message_id", "'id'", uuid),
        arguments("message_id", "7", uuid),
        arguments("created_at", "'yesterday'", time),
        arguments("created_at", "'2026-02-02T10:00:00'", time),
        arguments("created_at", "'2026-02-30T10:00:00Z'", time),
        arguments("created_at", "'+999999999-12-31T23:59:59Z'", time),
        arguments("created_at", "1770026400123", "must be a string"),
        arguments("crypto_version", "2", "must be a string"),
        arguments("has_media", "'yes'", flag),
        arguments("has_media", "1", flag),
        arguments("signatures", "{}", "must be a list of at most 16"),
        arguments("signatures", "[" + "{},".repeat(16) + "{}]", "must be a list of at most 16"),
        arguments("signatures", "['sig']", "must hold objects only"),
        arguments("signatures", "[{'a':'\\ud800'}]", surrogate),
        arguments("media_refs", "'ref'", "must be a list of at most 32"),
        arguments("media_refs", "[" + "1,".repeat(32) + "1]", "must be a list of at most 32"),
        arguments("media_refs", "['\\ud800']", surrogate));
  }

  @ParameterizedTest
  @ValueSource(strings = {"crypto_version", "encryption_algorithm", "kdf_algorithm"})
  void aNameOfAnAlgorithmIsNeitherEmptyNorTooLong(String field) {
    int most = field.equals("crypto_version") ? 50 : 100;

    for (String value : List.of("", "x".repeat(most + 1))) {
      Answer answer = relay.send(alice, message(bob, "hi").put(field, value));

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.body().get("errors").get(0).get("field").textValue()).isEqualTo(field);
    }
  }

  @Test
  void contentIsNotEmpty() {
    assertThat(relay.send(alice, message(bob, "")).status()).isEqualTo(422);
  }

  @Test
  void everyFaultIsNamedAtOnce() {
    Answer answer = relay.post(alice, "/relay/send", "{}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().get("errors").valueStream().map(e -> e.get("field").textValue()))
        .containsExactly("recipient_id", "encrypted_content", "encrypted_session_key");
    assertThat(answer.body().get("detail").textValue())
        .isEqualTo(
            "recipient_id: is required; encrypted_content: is required;"
                + " encrypted_session_key: is required");
  }

  @Test
  void anIdOfAnotherVersionOrTimeIsRefused() {
    String version = "must be a UUID of version 7 (RFC 9562), or be left out";
    String clock =
        "must be of a time within the last 7 days and at most 5 minutes ahead: check the clock";

    assertInvalid(sendAs(UUID.randomUUID().toString()), "message_id", version);
    assertOfTheClock(sendAs(idAt(Draft.AHEAD.plusSeconds(1))), "message_id", clock);
    assertOfTheClock(sendAs(idAt(Draft.BEHIND.negated().minusSeconds(1))), "message_id", clock);
    assertOfTheClock(
        relay.send(alice, message(bob, "hi").put("created_at", "2026-02-02T10:06:00Z")),
        "created_at",
        clock);
    assertOfTheClock(
        relay.send(alice, message(bob, "hi").put("created_at", "2026-01-26T09:59:59Z")),
        "created_at",
        clock);
  }

  @Test
  void aRefusalForTheClocksSakeAloneSaysSoToProgramsToo() {
    ObjectNode late = message(bob, "hi").put("created_at", "2026-01-26T09:59:59Z");

    assertThat(relay.send(alice, late).body().path("code").textValue()).isEqualTo("clock");
    assertThat(sendAs(idAt(Draft.AHEAD.plusSeconds(1))).body().path("code").textValue())
        .isEqualTo("clock");
    assertThat(relay.send(alice, late.put("recipient_id", "nobody")).body().has("code")).isFalse();
    assertThat(sendAs(UUID.randomUUID().toString()).body().has("code")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "[]",
        "7",
        "null",
        "\"text\"",
        "{",
        "{} {}",
        "{\"recipient_id\":\"a\",\"recipient_id\":\"b\"}",
        "{\"encrypted_content\":\"\u0001\"}",
        "{\"encrypted_content\":\"\uFFFD\"}",
        "{\"encrypted_session_key\":{\"n\":1e99999999999}}",
        "{\"encrypted_session_key\":{\"n\":1e-2147483649}}",
        "{\"encrypted_session_key\":{\"n\":NaN}}",
        "{\"encrypted_session_key\":{\"\\ud83d\":1}}",
        "\uFEFF{}"
      })
  void aBodyThatIsNoJsonObjectIsRefused(String body) {
    for (String resource : List.of("/relay/send", "/relay/acknowledge")) {
      Answer answer = relay.post(alice, resource, body);

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body().get("detail").textValue()).isNotBlank();
    }
  }

  @Test
  void deepAndLongJsonIsRefused() {
    String deep = "{\"encrypted_session_key\":" + "[".repeat(40_000) + "]".repeat(40_000) + "}";

    assertThat(relay.post(alice, "/relay/send", deep).status()).isEqualTo(400);
    assertThat(relay.post(alice, "/relay/send", "x".repeat(5_000_000)).status()).isEqualTo(413);
    assertThat(relay.post(alice, "/relay/send", "{\"n\":" + "1".repeat(65) + "}").status())
        .isEqualTo(400);
    assertThat(relay.post(alice, "/relay/send", null).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "101", "-1", "+1", "1.5", "ten", " 1", "1000", "99999999999", "٣"})
  void aLimitThatIsNoneIsNamed(String limit) {
    assertInvalid(
        relay.pending(bob, Map.of("limit", limit)),
        "limit",
        "must be a whole number from 1 to 100");
  }

  @Test
  void aCursorThatIsNoneIsNamed() {
    String good = new Cursor(relay.messageId()).toText();
    String version2 =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(new byte[] {2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    for (String cursor :
        List.of(
            "", "x", "?", relay.messageId(), good + "=", good + "A", version2, "A".repeat(9000))) {
      assertInvalid(
          relay.pending(bob, Map.of("cursor", cursor)),
          "cursor",
          "must be the next_cursor of an earlier answer; leave it out to start");
    }
    assertThat(relay.pending(bob, Map.of("cursor", good)).status()).isEqualTo(200);
  }

  @Test
  void limitAndCursorAreNamedTogether() {
    Answer answer = relay.pending(bob, Map.of("limit", "x", "cursor", "y"));

    assertThat(answer.body().get("errors").valueStream().map(e -> e.get("field").textValue()))
        .containsExactly("limit", "cursor");
  }

  @Test
  void acknowledgingTakesEitherOneIdOrAList() {
    String either = "send either message_id or message_ids";
    String list = "must be a list of 1 to 100 ids";
    String uuid = "must be a UUID, such as 89a4ce85-c0ee-47f4-aa19-e381e9da010e";
    String id = relay.messageId();
    ObjectNode many = Json.object();
    Stream.generate(relay::messageId).limit(101).forEach(many.putArray("message_ids")::add);

    assertInvalid(acknowledge("{}"), "message_id", either);
    assertInvalid(
        acknowledge("{\"message_id\":\"%1$s\",\"message_ids\":[\"%1$s\"]}".formatted(id)),
        "message_id",
        either);
    assertInvalid(acknowledge("{\"message_id\":\"x\"}"), "message_id", uuid);
    assertInvalid(acknowledge("{\"message_id\":[\"%s\"]}".formatted(id)), "message_id", uuid);
    assertInvalid(acknowledge("{\"message_ids\":[]}"), "message_ids", list);
    assertInvalid(acknowledge("{\"message_ids\":\"%s\"}".formatted(id)), "message_ids", list);
    assertInvalid(acknowledge(many.toString()), "message_ids", list);
    assertInvalid(acknowledge("{\"message_ids\":[\"%s\",7]}".formatted(id)), "message_ids", uuid);
  }

  @Test
  void withoutAGoodTokenNothingIsAnswered() {
    String body = message(bob, "hi").toString();
    for (String token : new String[] {null, "", "forged", relay.world.tokenOf(alice) + "x"}) {
      for (String route :
          List.of(
              "POST /relay/send",
              "GET /relay/pending",
              "POST /relay/acknowledge",
              "GET /messages/conversation/{contact_id}")) {
        String[] parts = route.split(" ", 2);
        Answer answer =
            relay.call(token, parts[0], parts[1], Map.of("contact_id", bob), Map.of(), body);

        assertThat(answer.status()).isEqualTo(401);
      }
    }
    String expired = relay.world.tokenOf(alice);
    relay.world.clock.advance(Duration.ofMinutes(15));
    assertThat(relay.call(expired, "GET", "/relay/pending", Map.of(), Map.of(), null).status())
        .isEqualTo(401);
  }

  private Answer acknowledge(String body) {
    return relay.post(bob, "/relay/acknowledge", body);
  }

  private Answer sendAs(String id) {
    return relay.send(alice, message(bob, "hi").put("message_id", id));
  }

  private String idAt(Duration fromNow) {
    return Ids.timeOrdered(relay.world.clock.instant().plus(fromNow), new Random(1));
  }

  private static void assertInvalid(Answer answer, String field, String detail) {
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body()).isEqualTo(invalid(field, detail));
  }

  /** The same with a word for programs. */
  private static void assertOfTheClock(Answer answer, String field, String detail) {
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body()).isEqualTo(invalid(field, detail).put("code", "clock"));
  }

  private static ObjectNode invalid(String field, String detail) {
    return Json.object()
        .put("type", "about:blank")
        .put("title", "Unprocessable Content")
        .put("status", 422)
        .put("detail", field + ": " + detail)
        .set("errors", Json.array().add(Json.object().put("field", field).put("detail", detail)));
  }
}
