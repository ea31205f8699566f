package io.quantchat.infra.local.rest;

import static io.quantchat.infra.local.rest.GatewayUnderTest.api;
import static io.quantchat.infra.local.rest.GatewayUnderTest.route;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.infra.local.gateway.Quotas;
import io.quantchat.infra.local.lambda.Invocation;
import io.quantchat.infra.stack.RestApiSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the gateway answers without, or instead of, a function. */
class OwnAnswersTest {

  private static final int MEBIBYTE = 1024 * 1024;

  private GatewayUnderTest gateway =
      new GatewayUnderTest(api(route("GET", "/notes"), route("POST", "/notes")));

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void restart(RestApiSpec api) {
    gateway.close();
    gateway = new GatewayUnderTest(api);
  }

  private static void assertRefused(
      RawClient.Answer answer, int status, String errorType, String body) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).isEqualTo(body);
    assertThat(answer.header("x-amzn-ErrorType")).contains(errorType);
    assertThat(answer.header("Content-Type")).contains("application/json");
    assertThat(answer.header("x-amzn-RequestId")).isPresent();
    assertThat(answer.header("x-amz-apigw-id")).isPresent();
    assertThat(answer.header("X-Amzn-Trace-Id")).isEmpty();
  }

  @Test
  void anUnknownPathOrMethodIsAMissingToken() {
    for (RawClient.Answer answer :
        List.of(
            gateway.client.get("/api/v1/nowhere"),
            gateway.client.get("/api/v1"),
            gateway.client.send("DELETE /api/v1/notes HTTP/1.1", "Host: a.test"))) {
      assertRefused(
          answer,
          403,
          "MissingAuthenticationTokenException",
          "{\"message\":\"Missing Authentication Token\"}");
    }
    assertThat(gateway.functions.wereInvoked()).isFalse();
  }

  @Test
  void anUnknownPathWithATokenIsAnIncompleteSignature() {
    RawClient.Answer answer =
        gateway.client.send(
            "GET /api/v1/nowhere HTTP/1.1", "Host: a.test", "Authorization: Bearer abc");

    assertRefused(
        answer,
        403,
        "IncompleteSignatureException",
        "{\"message\":\"Invalid key=value pair (missing equal-sign) in Authorization header (hashed"
            + " with SHA-256 and encoded with Base64):"
            + " 'w1Xc6WwWEogNEZQP/dkBTThsJT4MNlKmzQanIm970rY='.\"}");
  }

  @Test
  void aPathThatNoApiIsMappedToIsForbidden() {
    for (String path : List.of("/", "/api", "/api/v10/notes", "/api/v2/notes", "/live/notes")) {
      assertRefused(
          gateway.client.get(path), 403, "ForbiddenException", "{\"message\":\"Forbidden\"}");
    }
  }

  @Test
  void aFunctionPast29SecondsIsA504() {
    gateway.functions.end(new Invocation.IntegrationTimedOut());

    assertRefused(
        gateway.client.get("/api/v1/notes"),
        504,
        "InternalServerErrorException",
        "{\"message\": \"Endpoint request timed out\"}");
  }

  @Test
  void anEventOver6MegabytesIsTooLong() {
    gateway.functions.end(new Invocation.EventTooLarge());

    assertRefused(
        gateway.client.get("/api/v1/notes"),
        413,
        "BadRequestException",
        "{\"message\": \"Request Too Long\"}");
  }

  @Test
  void aBodyOf10MebibytesPassesAndAByteMoreIsRefusedPlainly() {
    byte[] largest = new byte[10 * MEBIBYTE];
    assertThat(postBytes(largest).status()).isEqualTo(200);

    RawClient.Answer answer = postBytes(new byte[10 * MEBIBYTE + 1]);

    assertRefusedPlainly(answer);
  }

  @Test
  void aChunkedBodyIsCountedAsItComes() {
    byte[] chunk =
        ("100000\r\n" + "x".repeat(MEBIBYTE) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    byte[] body = new byte[11 * chunk.length + 5];
    for (int i = 0; i < 11; i++) {
      System.arraycopy(chunk, 0, body, i * chunk.length, chunk.length);
    }
    System.arraycopy("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII), 0, body, body.length - 5, 5);

    RawClient.Answer answer =
        gateway.client.sendBytes(
            body, "POST /api/v1/notes HTTP/1.1", "Host: a.test", "Transfer-Encoding: chunked");

    assertRefusedPlainly(answer);
  }

  @Test
  void whoAsksBeforeSendingTooMuchIsRefusedAtOnce() {
    RawClient.Answer answer =
        gateway.client.send(
            "POST /api/v1/notes HTTP/1.1",
            "Host: a.test",
            "Expect: 100-continue",
            "Content-Length: 99999999999");

    assertRefusedPlainly(answer);
  }

  private RawClient.Answer postBytes(byte[] body) {
    return gateway.client.sendBytes(
        body, "POST /api/v1/notes HTTP/1.1", "Host: a.test", "Content-Length: " + body.length);
  }

  private void assertRefusedPlainly(RawClient.Answer answer) {
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.text()).isEqualTo("HTTP content length exceeded 10485760 bytes.");
    assertThat(answer.header("Content-Type")).contains("text; charset=utf-8");
    assertThat(answer.names()).noneMatch(name -> name.startsWith("x-amz"));
  }

  @Test
  void aUrlOverItsQuotaIsRefused() {
    String longest = "/api/v1/notes?a=" + "x".repeat(Quotas.REST_URL - 16);

    assertThat(gateway.client.get(longest).status()).isEqualTo(200);
    assertRefused(
        gateway.client.get(longest + "x"),
        414,
        "BadRequestException",
        "{\"message\":\"Request URI too long\"}");
    assertThat(gateway.client.get(longest + "x".repeat(60_000)).status()).isEqualTo(414);
  }

  @Test
  void headersOverTheirQuotaAreRefused() {
    String host = "Host: a.test";
    int rest = Quotas.REST_HEADERS - (host.length() + 2) - "X-A: \r\n".length();
    String longest = "X-A: " + "x".repeat(rest);

    assertThat(gateway.client.send("GET /api/v1/notes HTTP/1.1", host, longest).status())
        .isEqualTo(200);
    assertRefused(
        gateway.client.send("GET /api/v1/notes HTTP/1.1", host, longest + "x"),
        431,
        "BadRequestException",
        "{\"message\":\"Request Header Fields Too Large\"}");
    assertThat(
            gateway
                .client
                .send("GET /api/v1/notes HTTP/1.1", host, longest + "x".repeat(60_000))
                .status())
        .isEqualTo(431);
  }

  @Test
  void whatIsNoHttpIsRefusedWithoutAWordAboutTheServer() {
    for (String[] request :
        List.of(
            new String[] {"GET /api/v1/notes HTTP/1.1"},
            new String[] {"GET /api/v1/notes HTTP/1.1", "Host: a", "Host: b"},
            new String[] {"GET /api/v1/notes HTTP/1.1", "Host: a", "Bad Name: x"},
            new String[] {"GET /../notes HTTP/1.1", "Host: a"},
            new String[] {
              "POST /api/v1/notes HTTP/1.1",
              "Host: a",
              "Content-Length: 1",
              "Transfer-Encoding: chunked"
            },
            new String[] {
              "POST /api/v1/notes HTTP/1.1", "Host: a", "Content-Length: 1", "Content-Length: 2"
            })) {
      RawClient.Answer answer = gateway.client.send(request);

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).isEqualTo("{\"message\":\"Bad Request\"}");
      assertThat(answer.header("Server")).isEmpty();
      assertThat(answer.header("Connection")).hasValue("close");
    }
    assertThat(gateway.functions.wereInvoked()).isFalse();
  }

  @Test
  void aPreflightIsAnsweredWithTheHeadersThatTheTemplateGives() {
    restart(
        withCors(
            new RestApiSpec.Cors(
                "https://chat.example.test",
                Optional.of("GET,POST"),
                Optional.of("Authorization,Content-Type"),
                Optional.of("86400"),
                true)));

    RawClient.Answer answer = preflight("/api/v1/notes/7");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{}\n");
    assertThat(answer.header("Content-Type")).contains("application/json");
    assertThat(answer.header("Access-Control-Allow-Origin")).contains("https://chat.example.test");
    assertThat(answer.header("Access-Control-Allow-Methods")).contains("GET,POST");
    assertThat(answer.header("Access-Control-Allow-Headers"))
        .contains("Authorization,Content-Type");
    assertThat(answer.header("Access-Control-Max-Age")).contains("86400");
    assertThat(answer.header("Access-Control-Allow-Credentials")).contains("true");
    assertThat(answer.header("x-amzn-RequestId")).isPresent();
    assertThat(answer.header("X-Amzn-Trace-Id")).isEmpty();
    assertThat(gateway.functions.wereInvoked()).isFalse();
  }

  @Test
  void aPreflightNamesThePathsOwnMethodsWhereTheTemplateNamesNone() {
    restart(
        withCors(
            new RestApiSpec.Cors(
                "*", Optional.empty(), Optional.empty(), Optional.empty(), false)));

    assertThat(preflight("/api/v1/notes/7").header("Access-Control-Allow-Methods"))
        .contains("DELETE,OPTIONS");
    assertThat(preflight("/api/v1/any").header("Access-Control-Allow-Methods"))
        .contains("DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT");
    assertThat(preflight("/api/v1/any").names())
        .doesNotContain(
            "Access-Control-Allow-Headers",
            "Access-Control-Max-Age",
            "Access-Control-Allow-Credentials");
  }

  @Test
  void aPreflightForAnUnknownPathIsRefused() {
    restart(
        withCors(
            new RestApiSpec.Cors(
                "*", Optional.empty(), Optional.empty(), Optional.empty(), false)));

    assertThat(preflight("/api/v1/nowhere").status()).isEqualTo(403);
  }

  @Test
  void corsAddsNothingToWhatAFunctionAnswers() {
    restart(
        withCors(
            new RestApiSpec.Cors(
                "*", Optional.empty(), Optional.empty(), Optional.empty(), false)));

    RawClient.Answer answer =
        gateway.client.send("DELETE /api/v1/notes/7 HTTP/1.1", "Host: a", "Origin: https://b");

    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
  }

  private RawClient.Answer preflight(String path) {
    return gateway.client.send(
        "OPTIONS " + path + " HTTP/1.1",
        "Host: a.test",
        "Origin: https://other.example.test",
        "Access-Control-Request-Method: DELETE");
  }

  private static RestApiSpec withCors(RestApiSpec.Cors cors) {
    return new RestApiSpec(
        "RestApi",
        "live",
        List.of(route("DELETE", "/notes/{id}"), route("ANY", "/any")),
        Optional.of(cors),
        Map.of(),
        List.of());
  }

  @Test
  void aGatewayResponseOfTheTypeItselfReplacesStatusHeadersAndBody() {
    restart(
        withResponses(
            Map.of(
                "MISSING_AUTHENTICATION_TOKEN",
                new RestApiSpec.GatewayResponse(
                    OptionalInt.of(404),
                    Map.of("Content-Type", "application/problem+json", "X-Why", "route"),
                    Map.of(
                        "application/json",
                        "{\"t\":\"$context.error.responseType\",\"d\":$context.error.messageString,"
                            + "\"m\":\"$context.error.message\",\"i\":\"$context.requestId\"}")))));

    RawClient.Answer answer = gateway.client.get("/api/v1/nowhere");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.all("Content-Type")).containsExactly("application/problem+json");
    assertThat(answer.header("X-Why")).contains("route");
    assertThat(answer.header("x-amzn-ErrorType")).contains("MissingAuthenticationTokenException");
    assertThat(answer.text())
        .isEqualTo(
            "{\"t\":\"MISSING_AUTHENTICATION_TOKEN\",\"d\":\"Missing Authentication Token\","
                + "\"m\":\"Missing Authentication Token\",\"i\":\"%s\"}"
                    .formatted(answer.header("x-amzn-RequestId").orElseThrow()));
  }

  @Test
  void default4xxAnd5xxCoverTheTypesThatAreNotSet() {
    restart(
        withResponses(
            Map.of(
                "DEFAULT_4XX",
                response("4: $context.error.messageString"),
                "DEFAULT_5XX",
                response("5: $context.error.messageString"))));

    RawClient.Answer unknown = gateway.client.get("/api/v1/nowhere");
    assertThat(unknown.status()).isEqualTo(403);
    assertThat(unknown.text()).isEqualTo("4: \"Missing Authentication Token\"");
    assertThat(unknown.header("Access-Control-Allow-Origin")).contains("*");
    assertThat(unknown.header("Content-Type")).contains("application/json");

    gateway.functions.answer("[]");
    RawClient.Answer malformed = gateway.client.get("/api/v1/notes");
    assertThat(malformed.status()).isEqualTo(502);
    assertThat(malformed.text()).isEqualTo("5: \"Internal server error\"");

    gateway.functions.end(new Invocation.IntegrationTimedOut());
    assertThat(gateway.client.get("/api/v1/notes").text())
        .isEqualTo("5: \"Endpoint request timed out\"");

    gateway.functions.end(new Invocation.EventTooLarge());
    assertThat(gateway.client.get("/api/v1/notes").text()).isEqualTo("4: \"Request Too Long\"");
  }

  @Test
  void gatewayResponsesTouchNeitherThePlain413NorTheSignature403() {
    restart(withResponses(Map.of("DEFAULT_4XX", response("custom"))));

    assertRefusedPlainly(postBytes(new byte[10 * MEBIBYTE + 1]));
    RawClient.Answer signature =
        gateway.client.send(
            "GET /api/v1/nowhere HTTP/1.1", "Host: a.test", "Authorization: Bearer abc");
    assertThat(signature.text()).startsWith("{\"message\":\"Invalid key=value pair");
    assertThat(signature.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void aGatewayResponseWithoutATemplateKeepsTheMessage() {
    restart(
        withResponses(
            Map.of(
                "DEFAULT_5XX",
                new RestApiSpec.GatewayResponse(
                    OptionalInt.empty(), Map.of("X-A", "b"), Map.of()))));
    gateway.functions.answer("[]");

    RawClient.Answer answer = gateway.client.get("/api/v1/notes");

    assertThat(answer.text()).isEqualTo("{\"message\":\"Internal server error\"}");
    assertThat(answer.header("X-A")).contains("b");
  }

  @Test
  void aTemplateWithAnUnknownVariableIsRefusedByName() {
    RestApiSpec api = withResponses(Map.of("DEFAULT_4XX", response("$context.authorizer.x")));

    assertThatThrownBy(() -> new GatewayResponses(api))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RestApi: DEFAULT_4XX")
        .hasMessageContaining("$context.authorizer.x");
  }

  private static RestApiSpec.GatewayResponse response(String template) {
    return new RestApiSpec.GatewayResponse(
        OptionalInt.empty(),
        Map.of("Access-Control-Allow-Origin", "*"),
        Map.of("application/json", template));
  }

  private static RestApiSpec withResponses(Map<String, RestApiSpec.GatewayResponse> responses) {
    return new RestApiSpec(
        "RestApi",
        "live",
        List.of(route("GET", "/notes"), route("POST", "/notes")),
        Optional.empty(),
        responses,
        List.of());
  }
}
