package io.quantchat.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.host.Metrics;
import io.quantchat.testing.Lambda;
import io.quantchat.testing.ProxyEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

class RestRoutesTest {

  private final Lambda lambda = new Lambda();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final RestRoutes routes =
      new RestRoutes(
          null,
          null,
          "https://chat.example.org",
          new Metrics(
              new PrintStream(printed, true, StandardCharsets.UTF_8),
              Clock.fixed(Instant.parse("2026-02-02T10:00:00Z"), ZoneOffset.UTC),
              "quantchat-Things",
              "7"),
          Edge.NONE);

  @Test
  void anAnswerHasTheGatewaysFormAndOurHeaders() throws IOException {
    routes.open("POST /things", request -> RestResponse.created(Json.object().put("name", "Ünï")));

    assertThat(answer("POST", "/things"))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"statusCode": 201,
                 "headers": {"Access-Control-Allow-Origin": "https://chat.example.org",
                             "Cache-Control": "no-store",
                             "X-Content-Type-Options": "nosniff",
                             "Content-Type": "application/json"},
                 "body": "{\\"name\\":\\"Ünï\\"}",
                 "isBase64Encoded": false}
                """));
  }

  @Test
  void anAnswerWithoutABodyHasNoContentType() throws IOException {
    routes.open("DELETE /things", request -> RestResponse.noContent());

    assertThat(answer("DELETE", "/things"))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"statusCode": 204,
                 "headers": {"Access-Control-Allow-Origin": "https://chat.example.org",
                             "Cache-Control": "no-store",
                             "X-Content-Type-Options": "nosniff"},
                 "isBase64Encoded": false}
                """));
  }

  @Test
  void aRouteIsFoundByMethodAndResourceTogether() throws IOException {
    routes.open("GET /things", request -> RestResponse.noContent());

    assertThat(answer("POST", "/things").path("statusCode").asInt()).isEqualTo(404);
    assertThat(answer("GET", "/things/{id}").path("statusCode").asInt()).isEqualTo(404);
    assertThat(answer("GET", "/things").path("statusCode").asInt()).isEqualTo(204);
  }

  @Test
  void whoMustWaitIsToldHowManySecondsAndABrowserMayReadIt() throws IOException {
    routes.open(
        "GET /things",
        request -> {
          throw Problem.tooMany(
              "Wait.",
              new RateLimit("things", 20, Duration.ofHours(1), 3, Duration.ofMillis(1_001)));
        });

    JsonNode answer = answer("GET", "/things");

    assertThat(answer.path("statusCode").asInt()).isEqualTo(429);
    assertThat(answer.path("headers").path("Retry-After").asText()).isEqualTo("2");
    assertThat(answer.path("headers").path("RateLimit").asText()).isEqualTo("\"things\";r=3;t=2");
    assertThat(answer.path("headers").path("RateLimit-Policy").asText())
        .isEqualTo("\"things\";q=20;w=3600");
    assertThat(answer.path("headers").path("Access-Control-Expose-Headers").asText())
        .isEqualTo("Retry-After,RateLimit,RateLimit-Policy");
  }

  @Test
  void aProblemIsAnsweredAsProblemJson() throws IOException {
    routes.open(
        "GET /things",
        request -> {
          throw Problem.invalid("limit", "must be 1 to 100");
        });

    JsonNode answer = answer("GET", "/things");

    assertThat(answer.path("statusCode").asInt()).isEqualTo(422);
    assertThat(answer.path("headers").path("Content-Type").asText())
        .isEqualTo("application/problem+json");
    assertThat(Json.MAPPER.readTree(answer.path("body").asText()))
        .isEqualTo(Problem.invalid("limit", "must be 1 to 100").toJson());
  }

  @Test
  void aBugIsLoggedAndItsCallerLearnsOnlyUnderWhichName() throws IOException {
    routes.open(
        "GET /things",
        request -> {
          throw new IllegalStateException("inner workings");
        });

    JsonNode answer = answer("GET", "/things");

    assertThat(answer.path("statusCode").asInt()).isEqualTo(500);
    assertThat(answer.path("body").asText())
        .contains(Lambda.REQUEST_ID)
        .doesNotContain("inner workings")
        .doesNotContain("Exception");
    assertThat(lambda.log())
        .contains("java.lang.IllegalStateException")
        .contains("at " + RestRoutesTest.class.getName())
        .contains(Lambda.REQUEST_ID)
        .doesNotContain("inner workings");
  }

  /** As the CloudWatch User Guide specifies the embedded metric format. */
  @Test
  void aFailureIsCountedForTheFunctionAndForItsVersion() throws IOException {
    routes.open(
        "GET /things",
        request -> {
          throw new IllegalStateException("inner workings");
        });

    answer("GET", "/things");

    assertThat(printed.toString(StandardCharsets.UTF_8)).endsWith("\n").containsOnlyOnce("\n");
    assertThat(Json.MAPPER.readTree(printed.toByteArray()))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"_aws": {"Timestamp": 1770026400000,
                          "CloudWatchMetrics": [
                            {"Namespace": "QuantChat",
                             "Dimensions": [["FunctionName"], ["FunctionName", "FunctionVersion"]],
                             "Metrics": [{"Name": "Failures", "Unit": "Count"}]}]},
                 "FunctionName": "quantchat-Things", "FunctionVersion": "7", "Failures": 1}
                """));
  }

  @Test
  void whatTheCallerGotWrongIsNotCounted() throws IOException {
    routes.open(
        "GET /things",
        request -> {
          throw Problem.of(Problem.Kind.NOT_FOUND, "There is no such thing.");
        });

    answer("GET", "/things");

    assertThat(printed.size()).isZero();
  }

  @Test
  void storageOutOfReachIsToldApartFromABug() throws IOException {
    routes.open(
        "GET /things",
        request -> {
          throw SdkClientException.create("connect timed out");
        });

    JsonNode answer = answer("GET", "/things");

    assertThat(answer.path("statusCode").asInt()).isEqualTo(503);
    assertThat(answer.path("body").asText())
        .contains("Try again")
        .doesNotContain("connect timed out");
    assertThat(lambda.log()).contains(SdkClientException.class.getName());
  }

  @Test
  void aRouteForThoseWhoLoggedInIsNotReachedWithoutAToken() throws IOException {
    routes.signedIn(
        "GET /things",
        (request, caller) -> {
          throw new AssertionError("reached");
        });

    assertThat(answer("GET", "/things").path("statusCode").asInt()).isEqualTo(401);
  }

  private JsonNode answer(String method, String resource) {
    return lambda.answer(routes::handle, ProxyEvent.of(method, resource));
  }
}
