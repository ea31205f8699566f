package io.quantchat.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.Json;
import io.quantchat.release.PublishedVersions.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/**
 * One event for each function, as its gateway would send it, and what a sound version answers. Each
 * makes the function start, read its event, ask DynamoDB, and answer; none changes anything: the
 * token is signed by nobody, the message was never sent.
 *
 * @param function what stands before {@code _VERSION} in the variable that holds the ARN of the
 *     version to call
 * @param event what it is called with
 * @param expected whether an answer is that of a sound version
 */
record SyntheticCall(String function, JsonNode event, Predicate<Answer> expected) {

  /** One for each function. */
  static List<SyntheticCall> all() {
    return List.of(
        new SyntheticCall("AUTH", rest("/users/me"), SyntheticCall::isRefused),
        new SyntheticCall("CONTACTS", rest("/contacts"), SyntheticCall::isRefused),
        new SyntheticCall("RELAY", rest("/relay/pending"), SyntheticCall::isRefused),
        new SyntheticCall("KEYS", rest("/keys/prekeys/count"), SyntheticCall::isRefused),
        new SyntheticCall("MEDIA", rest("/media/{media_id}"), SyntheticCall::isRefused),
        new SyntheticCall("SOCKET_AUTHORIZER", handshake(), SyntheticCall::isUnauthorizedError),
        new SyntheticCall("CONNECTIONS", frame(), SyntheticCall::isNotFound));
  }

  boolean isAnsweredBy(Answer answer) {
    return expected.test(answer);
  }

  /** A well-formed token whose key nobody has: to refuse it, the table of keys must be asked. */
  private static String unknownToken() {
    return encoded("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"pre-traffic-check\"}")
        + "."
        + encoded("{\"sub\":\"nobody\"}")
        + "."
        + encoded("signed by nobody");
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode rest(String resource) {
    ObjectNode event =
        Json.object().put("httpMethod", "GET").put("resource", resource).put("path", resource);
    event.putObject("headers").put("Authorization", "Bearer " + unknownToken());
    return event;
  }

  private static ObjectNode handshake() {
    ObjectNode event =
        Json.object().put("type", "REQUEST").put("methodArn", "arn:aws:execute-api:none");
    event.putObject("queryStringParameters").put("token", unknownToken());
    return event;
  }

  private static ObjectNode frame() {
    ObjectNode frame = Json.object().put("type", "acknowledge");
    frame.putObject("payload").putArray("message_ids").add("00000000-0000-7000-8000-000000000000");
    ObjectNode event = Json.object().put("body", frame.toString());
    event
        .putObject("requestContext")
        .put("eventType", "MESSAGE")
        .put("routeKey", "acknowledge")
        .put("connectionId", "pre-traffic-check")
        .putObject("authorizer")
        .put("principalId", "00000000-0000-4000-8000-000000000000");
    return event;
  }

  private static boolean isRefused(Answer answer) {
    return !answer.failed()
        && answer.payload().path("statusCode").asInt() == 401
        && body(answer).path("title").asText().equals("Unauthorized");
  }

  private static boolean isUnauthorizedError(Answer answer) {
    return answer.failed() && answer.payload().path("errorMessage").asText().equals("Unauthorized");
  }

  private static boolean isNotFound(Answer answer) {
    return !answer.failed()
        && answer.payload().path("statusCode").asInt() == 200
        && body(answer).at("/payload/results/0/status").asText().equals("not_found");
  }

  private static JsonNode body(Answer answer) {
    try {
      return Json.MAPPER.readTree(answer.payload().path("body").asText());
    } catch (JsonProcessingException malformed) {
      return Json.MAPPER.missingNode();
    }
  }
}
