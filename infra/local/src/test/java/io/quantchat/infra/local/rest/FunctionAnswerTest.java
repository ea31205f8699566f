package io.quantchat.infra.local.rest;

import static io.quantchat.infra.local.rest.GatewayUnderTest.api;
import static io.quantchat.infra.local.rest.GatewayUnderTest.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.local.lambda.Invocation;
import io.quantchat.infra.stack.RestApiSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of what a function returns. */
class FunctionAnswerTest {

  private static GatewayUnderTest gateway;

  @BeforeAll
  static void start() {
    gateway = new GatewayUnderTest(api(route("GET", "/notes"), route("HEAD", "/notes")));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static RawClient.Answer answerTo(String payload) {
    gateway.functions.answer(payload);
    return gateway.client.get("/api/v1/notes");
  }

  @Test
  void anAnswerCarriesTheGatewaysOwnHeaders() {
    RawClient.Answer answer = answerTo("{\"statusCode\":201,\"body\":\"{}\"}");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.text()).isEqualTo("{}");
    assertThat(answer.names())
        .containsExactlyInAnyOrder(
            "Date",
            "Content-Type",
            "Content-Length",
            "x-amzn-RequestId",
            "x-amz-apigw-id",
            "X-Amzn-Trace-Id");
    assertThat(answer.header("Content-Type")).contains("application/json");
    assertThat(answer.header("x-amzn-RequestId"))
        .contains(gateway.functions.event().at("/requestContext/requestId").textValue());
    assertThat(answer.header("x-amz-apigw-id"))
        .contains(gateway.functions.event().at("/requestContext/extendedRequestId").textValue());
    assertThat(answer.header("X-Amzn-Trace-Id").orElseThrow())
        .matches(
            "Root=1-69800e80-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=1:[0-9a-f]{8}:0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"statusCode\":200}",
        "{\"headers\":{\"X-A\":\"b\"}}",
        "{\"headers\":null,\"multiValueHeaders\":null}",
        "{\"statusCode\":200,\"body\":null}"
      })
  void whatIsLeftOutMeans200AndAnEmptyBody(String payload) {
    RawClient.Answer answer = answerTo(payload);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("Content-Length")).contains("0");
  }

  @Test
  void aStatusMayBeText() {
    assertThat(answerTo("{\"statusCode\":\"201\"}").status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"statusCode\":\"test\"}",
        "{\"statusCode\":0}",
        "{\"statusCode\":null}",
        "{\"statusCode\":101}",
        "{\"statusCode\":1000}",
        "{\"statusCode\":200.5}",
        "{\"statusCode\":200,\"extra\":1}",
        "\"text\"",
        "[]",
        "null",
        "",
        "{\"statusCode\":200} more",
        "{\"headers\":[]}",
        "{\"headers\":{\"X-A\":1}}",
        "{\"headers\":{\"X-A\":null}}",
        "{\"headers\":{\"X-A\":{}}}",
        "{\"headers\":{\"X-A\":\"a\\r\\nSet-Cookie: b\"}}",
        "{\"headers\":{\"X A\":\"a\"}}",
        "{\"multiValueHeaders\":{\"X-A\":\"b\"}}",
        "{\"multiValueHeaders\":{\"X-A\":[1]}}",
        "{\"body\":{}}",
        "{\"body\":1}",
        "{\"body\":true}",
        "{\"isBase64Encoded\":\"yes\"}"
      })
  void whatIsNoProxyAnswerIsA502(String payload) {
    int complaints = gateway.complaints.size();

    RawClient.Answer answer = answerTo(payload);

    assertIs502(answer);
    assertThat(gateway.complaints).hasSize(complaints + 1);
  }

  @Test
  void aFunctionThatFailsIsA502() {
    for (Invocation invocation :
        List.of(
            new Invocation.Failed("secret words", "java.lang.IllegalStateException"),
            new Invocation.TimedOut(),
            new Invocation.AnswerTooLarge())) {
      gateway.functions.end(invocation);

      assertIs502(gateway.client.get("/api/v1/notes"));
    }
  }

  private static void assertIs502(RawClient.Answer answer) {
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.text()).isEqualTo("{\"message\": \"Internal server error\"}");
    assertThat(answer.body()).hasSize(36);
    assertThat(answer.names())
        .containsExactlyInAnyOrder(
            "Date",
            "Content-Type",
            "Content-Length",
            "x-amzn-RequestId",
            "x-amz-apigw-id",
            "x-amzn-ErrorType");
    assertThat(answer.header("Content-Type")).contains("application/json");
    assertThat(answer.header("x-amzn-ErrorType")).contains("InternalServerErrorException");
  }

  @Test
  void headersAndMultiValueHeadersAreMergedWithoutRegardToCase() {
    RawClient.Answer answer =
        answerTo(
            """
            {"multiValueHeaders": {"X-Tag": ["a", "b"], "Set-Cookie": ["x=1", "y=2"]},
             "headers": {"x-tag": "c", "set-cookie": "x=1", "X-True": true}}
            """);

    assertThat(answer.all("X-Tag")).containsExactly("a", "b", "c");
    assertThat(answer.all("Set-Cookie")).containsExactly("x=1", "y=2");
    assertThat(answer.all("X-True")).containsExactly("true");
    assertThat(answer.names()).contains("X-Tag").doesNotContain("x-tag");
  }

  @Test
  void headersThatAreTheGatewaysOwnAreRenamed() {
    RawClient.Answer answer =
        answerTo(
            """
            {"headers": {"content-length": "99", "Connection": "close", "date": "today",
              "WWW-Authenticate": "Bearer", "Server": "me", "Authorization": "a", "Content-MD5": "b",
              "max-forwards": "1", "User-Agent": "c"}}
            """);

    assertThat(answer.names())
        .contains(
            "x-amzn-Remapped-content-length",
            "x-amzn-Remapped-Connection",
            "x-amzn-Remapped-date",
            "x-amzn-Remapped-WWW-Authenticate",
            "x-amzn-Remapped-Server",
            "x-amzn-Remapped-Authorization",
            "x-amzn-Remapped-Content-MD5",
            "x-amzn-Remapped-max-forwards",
            "x-amzn-Remapped-User-Agent")
        .doesNotContain("Server", "WWW-Authenticate");
    assertThat(answer.header("Content-Length")).contains("0");
    assertThat(answer.all("Connection")).isEmpty();
  }

  @Test
  void headersThatWouldBreakTheMessageAreDropped() {
    RawClient.Answer answer =
        answerTo(
            """
            {"headers": {"Transfer-Encoding": "chunked", "Trailer": "x", "Upgrade": "h2c", "TE": "x",
              "Via": "x", "Host": "x", "Expect": "x", "Proxy-Authenticate": "x",
              "x-amzn-RequestId": "mine"}, "body": "whole"}
            """);

    assertThat(answer.names())
        .doesNotContain(
            "Transfer-Encoding",
            "Trailer",
            "Upgrade",
            "TE",
            "Via",
            "Host",
            "Expect",
            "Proxy-Authenticate");
    assertThat(answer.all("x-amzn-RequestId")).hasSize(1).doesNotContain("mine");
    assertThat(answer.text()).isEqualTo("whole");
  }

  @Test
  void aContentTypeOfTheFunctionsOwnStands() {
    RawClient.Answer answer =
        answerTo("{\"headers\":{\"content-type\":\"application/problem+json\"},\"body\":\"é\"}");

    assertThat(answer.all("Content-Type")).containsExactly("application/problem+json");
    assertThat(answer.text()).isEqualTo("é");
    assertThat(answer.header("Content-Length")).contains("2");
  }

  @Test
  void a204HasNoBodyAndTheConnectionStaysUsable() {
    gateway.functions.answer("{\"statusCode\":204,\"body\":\"ignored\"}");

    RawClient.Answer answer = gateway.client.get("/api/v1/notes");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Content-Length")).isEmpty();
  }

  @Test
  void anAnswerToHeadHasTheLengthAndNotTheBody() throws Exception {
    gateway.functions.answer("{\"body\":\"hello\"}");

    java.net.http.HttpResponse<String> answer;
    try (var http = java.net.http.HttpClient.newHttpClient()) {
      answer =
          http.send(
              java.net.http.HttpRequest.newBuilder(
                      java.net.URI.create("http://localhost:" + gateway.port() + "/api/v1/notes"))
                  .HEAD()
                  .build(),
              java.net.http.HttpResponse.BodyHandlers.ofString());
    }

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Length")).contains("5");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void withoutBinaryTypesBase64GoesOutUndecoded() {
    RawClient.Answer answer = answerTo("{\"body\":\"YWJj\",\"isBase64Encoded\":true}");

    assertThat(answer.text()).isEqualTo("YWJj");
  }

  @Test
  void withBinaryTypesTheFirstAcceptedTypeDecides() {
    RestApiSpec api =
        new RestApiSpec(
            "RestApi",
            "live",
            List.of(route("GET", "/notes")),
            Optional.empty(),
            Map.of(),
            List.of("image/png", "audio/*"));
    try (GatewayUnderTest binary = new GatewayUnderTest(api)) {
      binary.functions.answer("{\"body\":\"YWJj\",\"isBase64Encoded\":true}");

      assertThat(accepting(binary, "Accept: image/png,*/*").text()).isEqualTo("abc");
      assertThat(accepting(binary, "Accept: audio/ogg").text()).isEqualTo("abc");
      assertThat(accepting(binary, "Accept: */*").text()).isEqualTo("YWJj");
      assertThat(accepting(binary, "Accept: image/*").text()).isEqualTo("YWJj");
      assertThat(accepting(binary, "Accept: text/html, image/png").text()).isEqualTo("YWJj");
      assertThat(accepting(binary, "X-None: x").text()).isEqualTo("YWJj");

      binary.functions.answer("{\"body\":\"no base64!\",\"isBase64Encoded\":true}");
      assertThat(accepting(binary, "Accept: image/png").status()).isEqualTo(500);
      assertThat(accepting(binary, "Accept: image/png").text())
          .isEqualTo("{\"message\": \"Internal server error\"}");
    }
  }

  private static RawClient.Answer accepting(GatewayUnderTest gateway, String header) {
    return gateway.client.send("GET /api/v1/notes HTTP/1.1", "Host: a.test", header);
  }
}
