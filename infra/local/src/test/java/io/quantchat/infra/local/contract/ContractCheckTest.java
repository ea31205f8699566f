package io.quantchat.infra.local.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContractCheckTest {
  private static final ContractCheck CONTRACT = new ContractCheck();
  private static final String JSON = "application/json";
  private static final String PROBLEM = "application/problem+json";

  @Test
  void passesAnAnswerThatTheContractHas() {
    assertThatCode(() -> CONTRACT.answer("GET", "/relay/pending", 200, JSON, page("", "")))
        .doesNotThrowAnyException();
  }

  @Test
  void passesAnEmptyAnswerWhereTheContractHasNoBody() {
    assertThatCode(() -> CONTRACT.answer("POST", "/auth/logout", 204, "", null))
        .doesNotThrowAnyException();
  }

  @Test
  void readsTheMediaTypeWithoutItsParametersAndCase() {
    String body = "{\"ticket\": \"dGlja2V0\", \"expires_in\": 60}";

    assertThatCode(
            () ->
                CONTRACT.answer(
                    "POST", "/auth/socket-ticket", 201, "Application/JSON; charset=utf-8", body))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesAnUndocumentedFieldOfAnAnswer() {
    assertThatThrownBy(
            () ->
                CONTRACT.answer(
                    "GET", "/relay/pending", 200, JSON, page("", ", \"server\": \"x\"")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("server");
  }

  @Test
  void refusesAnUndocumentedFieldDeepInAnAnswer() {
    assertThatThrownBy(
            () ->
                CONTRACT.answer(
                    "GET", "/relay/pending", 200, JSON, page(", \"row_version\": 3", "")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("row_version");
  }

  @Test
  void refusesAMissingField() {
    String body = "{\"success\": true, \"count\": 0, \"messages\": []}";

    assertThatThrownBy(() -> CONTRACT.answer("GET", "/relay/pending", 200, JSON, body))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("next_cursor");
  }

  @Test
  void refusesATimeWithoutMilliseconds() {
    String body = page("", "").replace("10:00:00.123Z", "10:00:00Z");

    assertThatThrownBy(() -> CONTRACT.answer("GET", "/relay/pending", 200, JSON, body))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("created_at");
  }

  @Test
  void refusesADateThatTheCalendarDoesNotHave() {
    String body = page("", "").replace("2026-02-02T", "2026-02-30T");

    assertThatThrownBy(() -> CONTRACT.answer("GET", "/relay/pending", 200, JSON, body))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("created_at");
  }

  @Test
  void refusesAStatusThatTheRouteDoesNotHave() {
    assertThatThrownBy(
            () -> CONTRACT.answer("GET", "/relay/pending", 404, PROBLEM, problem(404, "")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("404");
  }

  @Test
  void refusesARouteThatTheContractDoesNotHave() {
    assertThatThrownBy(() -> CONTRACT.answer("PUT", "/relay/pending", 200, JSON, "{}"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no such route");
  }

  @Test
  void refusesAProblemServedAsPlainJson() {
    assertThatThrownBy(() -> CONTRACT.answer("GET", "/relay/pending", 401, JSON, problem(401, "")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("application/json");
  }

  @Test
  void refusesAProblemThatStatesAnotherStatus() {
    assertThatThrownBy(
            () -> CONTRACT.answer("GET", "/relay/pending", 401, PROBLEM, problem(403, "")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("another status");
  }

  @Test
  void refusesA422ThatNamesNoField() {
    assertThatThrownBy(
            () -> CONTRACT.answer("GET", "/relay/pending", 422, PROBLEM, problem(422, "")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("errors");
  }

  @Test
  void passesA422ThatNamesItsFields() {
    String errors = ", \"errors\": [{\"field\": \"limit\", \"detail\": \"must be 1 to 100\"}]";

    assertThatCode(
            () -> CONTRACT.answer("GET", "/relay/pending", 422, PROBLEM, problem(422, errors)))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesABodyWhereTheContractHasNone() {
    assertThatThrownBy(() -> CONTRACT.answer("POST", "/auth/logout", 204, JSON, "{}"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("with a body");
  }

  @Test
  void refusesTheGatewaysOwnProblemWithoutAStatus() {
    String bare =
        "{\"type\":\"about:blank\",\"title\":\"Forbidden\",\"detail\":\"No such route.\"}";
    String whole = bare.replace("\"detail\"", "\"status\":403,\"detail\"");

    assertThatThrownBy(() -> CONTRACT.gatewayAnswer(403, PROBLEM, bare))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("status");
    assertThatCode(() -> CONTRACT.gatewayAnswer(403, PROBLEM, whole)).doesNotThrowAnyException();
  }

  @Test
  void refusesTheGatewaysDefaultAnswer() {
    assertThatThrownBy(
            () -> CONTRACT.gatewayAnswer(403, PROBLEM, "{\"message\":\"Missing Token\"}"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("detail");
  }

  @Test
  void tellsTheTwoTypingFramesApartByDirection() {
    String pushed =
        "{\"type\":\"typing\",\"payload\":{\"user_id\":\"7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21\","
            + "\"is_typing\":true}}";

    assertThatCode(() -> CONTRACT.pushedFrame("typing", pushed)).doesNotThrowAnyException();
    assertThatThrownBy(() -> CONTRACT.clientFrame(pushed))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("recipient_id");
  }

  @Test
  void refusesAnUndocumentedFieldOfAPushedFrame() {
    String frame =
        "{\"type\":\"user_online\",\"payload\":{\"user_id\":\"7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21\","
            + "\"devices\":2}}";

    assertThatThrownBy(() -> CONTRACT.pushedFrame(frame))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("devices");
  }

  @Test
  void letsAClientSendFieldsOfItsOwn() {
    assertThatCode(() -> CONTRACT.clientFrame("{\"type\":\"ping\",\"n\":1,\"payload\":{\"m\":2}}"))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesAFrameOfAnUnknownType() {
    assertThatThrownBy(() -> CONTRACT.pushedFrame("{\"type\":\"hello\",\"payload\":{}}"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("hello");
  }

  @Test
  void refusesAFrameOfAnotherTypeThanExpected() {
    assertThatThrownBy(
            () ->
                CONTRACT.pushedFrame("pong", "{\"type\":\"error\",\"payload\":{\"detail\":\"x\"}}"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("should be pong");
  }

  private static String page(String inMessage, String inPage) {
    return """
    {"success": true, "count": 1, "messages": [%s], "next_cursor": null%s}
    """
        .formatted(message(inMessage), inPage);
  }

  private static String message(String more) {
    return """
    {"id": "019c1dcb-797b-7d2e-9c41-5b8f0e6a2d17",
     "sender_id": "7f1c2f54-6c1e-4f0e-9a35-0d5a8c3b9e21",
     "recipient_id": "3b0d6e1a-52c7-4c0b-8f14-6e2b7d9c5a40",
     "encrypted_content": "encrypted:Hello!",
     "encrypted_session_key": {"ecdh": "BKx3Jw==", "unheard_of": {"deep": [1]}},
     "crypto_version": "v9", "encryption_algorithm": "unheard-of", "kdf_algorithm": "K",
     "signatures": [{"algorithm": "S", "signature": "c2ln", "anything": {"else": true}}],
     "has_media": false, "media_refs": [{"any": "thing"}, "a string"], "delivery_attempts": 0,
     "created_at": "2026-02-02T10:00:00.123Z", "expires_at": "2026-02-09T10:00:00.123Z"%s}
    """
        .formatted(more);
  }

  private static String problem(int status, String more) {
    return """
    {"type": "about:blank", "title": "T", "detail": "D", "status": %d%s}
    """
        .formatted(status, more);
  }
}
