package io.quantchat.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.testing.ProxyEvent;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestRequestTest {

  @Test
  void theRouteIsTheResourceAndNotThePath() {
    var event = ProxyEvent.of("DELETE", "/contacts/{contact_id}").put("path", "/api/v1/contacts/7");

    assertThat(RestRequest.of(event).route()).isEqualTo("DELETE /contacts/{contact_id}");
  }

  @Test
  void headersAreFoundWhateverTheirCase() {
    var request = withHeader("aUTHorization", "Bearer abc");

    assertThat(request.header("Authorization")).contains("Bearer abc");
    assertThat(request.header("X-Other")).isEmpty();
  }

  @Test
  void pathParametersAreDecodedOnce() {
    ObjectNode event = ProxyEvent.of("GET", "/notes/{id}");
    event
        .putObject("pathParameters")
        .put("a", "a%2Bb%20c+d")
        .put("b", "%252B")
        .put("c", "100%")
        .put("d", "%C3%BC");

    var path = RestRequest.of(event).path();

    assertThat(path)
        .containsEntry("a", "a+b c+d")
        .containsEntry("b", "%2B")
        .containsEntry("c", "100%")
        .containsEntry("d", "ü");
  }

  @Test
  void aPathParameterThatIsNoIdIsRefusedByName() {
    ObjectNode event = ProxyEvent.of("DELETE", "/contacts/{contact_id}");
    event.putObject("pathParameters").put("contact_id", "7");

    var refusal =
        catchThrowableOfType(Problem.class, () -> RestRequest.of(event).pathId("contact_id"));

    assertThat(refusal.kind()).isEqualTo(Problem.Kind.INVALID);
    assertThat(refusal.errors().getFirst().field()).isEqualTo("contact_id");
  }

  @Test
  void nothingIsMissingFromAnEventWithoutParametersOrBody() {
    var request = RestRequest.of(ProxyEvent.of("GET", "/users/me"));

    assertThat(request.path()).isEmpty();
    assertThat(request.query()).isEmpty();
    assertThat(request.queryParameter("limit")).isEmpty();
    assertThat(request.body()).isNull();
  }

  @Test
  void aBodyInBase64IsDecoded() {
    ObjectNode event = ProxyEvent.of("POST", "/auth/login");
    event
        .put("isBase64Encoded", true)
        .put(
            "body",
            Base64.getEncoder().encodeToString("{\"a\":\"ü\"}".getBytes(StandardCharsets.UTF_8)));

    assertThat(RestRequest.of(event).fields(100).text("a", 1, 1)).isEqualTo("ü");
  }

  @Test
  void aBodyInBase64ThatIsNoUtf8IsRefused() {
    ObjectNode event = ProxyEvent.of("POST", "/auth/login");
    byte[] latin1 = "{\"a\":\"ü\"}".getBytes(StandardCharsets.ISO_8859_1);
    event.put("isBase64Encoded", true).put("body", Base64.getEncoder().encodeToString(latin1));

    assertThat(refusal(RestRequest.of(event), 100).detail()).contains("not valid UTF-8");
  }

  @ParameterizedTest
  @CsvSource({"Bearer abc, abc", "bearer abc, abc", "BEARER   abc  , abc"})
  void aBearerTokenIsFound(String header, String token) {
    assertThat(withHeader("Authorization", header).bearerToken()).isEqualTo(token);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer ", "Basic YTpi", "abc", "Bearerabc"})
  void withoutABearerTokenAPersonIsToldToLogIn(String header) {
    var refusal =
        catchThrowableOfType(
            Problem.class, () -> withHeader("Authorization", header).bearerToken());

    assertThat(refusal.kind()).isEqualTo(Problem.Kind.UNAUTHORIZED);
    assertThat(refusal.detail()).startsWith("Log in");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n"})
  void anEmptyBodyIsMalformed(String body) {
    assertThat(refusal(withBody(body), 100).kind()).isEqualTo(Problem.Kind.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "7", "\"text\"", "true"})
  void aBodyThatIsNoObjectIsMalformed(String body) {
    var refusal = refusal(withBody(body), 100);

    assertThat(refusal.kind()).isEqualTo(Problem.Kind.MALFORMED);
    assertThat(refusal.detail()).isEqualTo("The request's body must be a JSON object.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "{]", "{'a':1}", "{\"a\":1,}", "{\"a\":1} {}", "{\"a\":1,\"a\":2}", "nope"})
  void aBodyThatIsNoJsonIsMalformedAndTheAnswerSaysWhere(String body) {
    var refusal = refusal(withBody(body), 100);

    assertThat(refusal.kind()).isEqualTo(Problem.Kind.MALFORMED);
    assertThat(refusal.detail())
        .matches("The request's body is not valid JSON \\(line \\d+, column \\d+\\)\\.");
  }

  @Test
  void aBodyTooDeepIsMalformed() {
    assertThat(refusal(withBody("{\"a\":" + "[".repeat(40) + "]".repeat(40) + "}"), 1000).kind())
        .isEqualTo(Problem.Kind.MALFORMED);
    withBody("{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}").fields(1000).check();
  }

  @Test
  void aNumberTooLongIsMalformed() {
    assertThat(refusal(withBody("{\"a\":" + "9".repeat(65) + "}"), 1000).kind())
        .isEqualTo(Problem.Kind.MALFORMED);
  }

  @Test
  void theBodysSizeIsInBytes() {
    String body = "{\"a\":\"üü\"}";

    assertThat(withBody(body).fields(12).text("a", 2, 2)).isEqualTo("üü");
    assertThat(refusal(withBody(body), 11).kind()).isEqualTo(Problem.Kind.TOO_LARGE);
  }

  @Test
  void damagedBytesAreRefusedAndTheCharacterItselfCanBeSentEscaped() {
    assertThat(refusal(withBody("{\"a\":\"\uFFFD\"}"), 100).detail()).contains("not valid UTF-8");
    assertThat(withBody("{\"a\":\"\\ufffd\"}").fields(100).text("a", 1, 1)).isEqualTo("\uFFFD");
  }

  @Test
  void aRequestDoesNotTellItsSecrets() {
    ObjectNode event =
        ProxyEvent.of("POST", "/auth/login").put("body", "{\"password\":\"secret\"}");
    event.putObject("headers").put("Authorization", "Bearer secret");

    assertThat(RestRequest.of(event)).hasToString("RestRequest[POST /auth/login]");
  }

  private static RestRequest withBody(String body) {
    return RestRequest.of(ProxyEvent.of("POST", "/auth/login").put("body", body));
  }

  private static RestRequest withHeader(String name, String value) {
    ObjectNode event = ProxyEvent.of("GET", "/users/me");
    event.putObject("headers").put(name, value);
    return RestRequest.of(event);
  }

  private static Problem refusal(RestRequest request, int maxBytes) {
    return catchThrowableOfType(Problem.class, () -> request.fields(maxBytes));
  }
}
