package io.quantchat.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantchat.host.Metrics;
import io.quantchat.testing.GoldenEvent;
import io.quantchat.testing.Lambda;
import java.io.PrintStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our reading of the REST API's events, and our answers, against AWS's own types for Java. */
class RestEventsTest {

  /** To the gateway too, an answer with a member that it doesn't know is none. */
  private static final ObjectMapper STRICT = new ObjectMapper();

  private final RestRoutes routes =
      new RestRoutes(
          null,
          null,
          "https://chat.example.com",
          new Metrics(
              new PrintStream(PrintStream.nullOutputStream()), Clock.systemUTC(), "rest", "1"),
          Edge.NONE);

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "REST_.*")
  void aRequestIsReadAsAwsReadsIt(GoldenEvent event) {
    RestRequest ours = RestRequest.of(event.json());
    var theirs = event.as(APIGatewayProxyRequestEvent.class);

    assertThat(GoldenEvent.valuesOf(ours)).isEqualTo(valuesOf(theirs));
  }

  private static Map<String, Object> valuesOf(APIGatewayProxyRequestEvent event) {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(event.getHeaders());
    var values = new HashMap<String, Object>();
    values.put("route", event.getHttpMethod() + " " + event.getResource());
    values.put("path", decoded(orEmpty(event.getPathParameters())));
    values.put("query", orEmpty(event.getQueryStringParameters()));
    values.put("headers", headers);
    values.put(
        "source", SourceAddress.parse(event.getRequestContext().getIdentity().getSourceIp()));
    values.put("body", bodyOf(event));
    return values;
  }

  private static Map<String, String> orEmpty(Map<String, String> parameters) {
    return parameters == null ? Map.of() : parameters;
  }

  private static Map<String, String> decoded(Map<String, String> parameters) {
    var decoded = new HashMap<>(parameters);
    decoded.replaceAll((name, value) -> URLDecoder.decode(value, StandardCharsets.UTF_8));
    return decoded;
  }

  private static String bodyOf(APIGatewayProxyRequestEvent event) {
    return event.getIsBase64Encoded()
        ? new String(Base64.getDecoder().decode(event.getBody()), StandardCharsets.UTF_8)
        : event.getBody();
  }

  @Test
  void anAnswerIsReadByAwsAsItIsMeant() throws JsonProcessingException {
    JsonNode body = Json.object().put("name", "Ünï");
    routes.open("GET /users/me", request -> RestResponse.created(body));

    APIGatewayProxyResponseEvent theirs = answer();

    assertThat(theirs.getStatusCode()).isEqualTo(201);
    assertThat(theirs.getBody()).isEqualTo(body.toString());
    assertThat(theirs.getIsBase64Encoded()).isFalse();
    assertThat(theirs.getMultiValueHeaders()).isNull();
    assertThat(theirs.getHeaders())
        .containsOnly(
            Map.entry("Access-Control-Allow-Origin", "https://chat.example.com"),
            Map.entry("Cache-Control", "no-store"),
            Map.entry("X-Content-Type-Options", "nosniff"),
            Map.entry("Content-Type", "application/json"));
  }

  @Test
  void aRefusalAndAnEmptyAnswerAreReadByAwsAsTheyAreMeant() throws JsonProcessingException {
    APIGatewayProxyResponseEvent refusal = answer();
    routes.open("GET /users/me", request -> RestResponse.noContent());
    APIGatewayProxyResponseEvent empty = answer();

    assertThat(refusal.getStatusCode()).isEqualTo(404);
    assertThat(refusal.getHeaders()).containsEntry("Content-Type", "application/problem+json");
    assertThat(refusal.getBody()).contains("\"status\":404");
    assertThat(empty.getStatusCode()).isEqualTo(204);
    assertThat(empty.getHeaders()).doesNotContainKey("Content-Type");
    assertThat(empty.getBody()).isNull();
  }

  private APIGatewayProxyResponseEvent answer() throws JsonProcessingException {
    JsonNode ours = new Lambda().answer(routes::handle, GoldenEvent.REST_REQUEST.json());
    return STRICT.treeToValue(ours, APIGatewayProxyResponseEvent.class);
  }
}
