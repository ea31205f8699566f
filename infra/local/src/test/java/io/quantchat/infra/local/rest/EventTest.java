package io.quantchat.infra.local.rest;

import static io.quantchat.infra.local.rest.GatewayUnderTest.api;
import static io.quantchat.infra.local.rest.GatewayUnderTest.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.infra.local.gateway.Json;
import io.quantchat.infra.stack.RestApiSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The event that a function gets, byte for byte where nothing in it is random. */
class EventTest {

  private static final String UUID_PATTERN =
      "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

  private GatewayUnderTest gateway =
      new GatewayUnderTest(
          api(
              route("GET", "/notes"),
              route("POST", "/notes/{note_id}"),
              route("GET", "/files/{proxy+}"),
              route("ANY", "/anything")));

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void aWholeEventHasExactlyTheKeysAndValuesOfPayload10() throws Exception {
    gateway.client.post(
        "/api/v1/notes/a%2Bb?tag=a&tag=b+c&empty=",
        "{\"text\":\"hi\"}",
        "Accept: */*",
        "aUThorization: Bearer abc",
        "Content-Type: application/json",
        "user-agent: demo/1.0",
        "x-demo: first",
        "x-demo: second",
        "Connection: close");

    ObjectNode event = (ObjectNode) gateway.functions.event();
    ObjectNode context = (ObjectNode) event.get("requestContext");
    assertThat(context.get("requestId").textValue()).matches(UUID_PATTERN);
    assertThat(context.get("extendedRequestId").textValue()).matches("[A-Za-z0-9+/]{15}=");
    assertThat(context.get("resourceId").textValue()).matches("[0-9a-z]{6}");
    String trace = event.get("headers").get("X-Amzn-Trace-Id").textValue();
    assertThat(trace).matches("Root=1-69800e80-[0-9a-f]{24}");
    String golden =
        """
        {"resource": "/notes/{note_id}", "path": "/api/v1/notes/a%2Bb", "httpMethod": "POST",
         "headers": {"Accept": "*/*", "Authorization": "Bearer abc", "Content-Type": "application/json",
           "Host": "api.example.test", "User-Agent": "demo/1.0", "X-Amzn-Trace-Id": "TRACE",
           "X-Forwarded-For": "127.0.0.1", "X-Forwarded-Port": "443", "X-Forwarded-Proto": "https",
           "x-demo": "second"},
         "multiValueHeaders": {"Accept": ["*/*"], "Authorization": ["Bearer abc"],
           "Content-Type": ["application/json"], "Host": ["api.example.test"],
           "User-Agent": ["demo/1.0"], "X-Amzn-Trace-Id": ["TRACE"],
           "X-Forwarded-For": ["127.0.0.1"], "X-Forwarded-Port": ["443"],
           "X-Forwarded-Proto": ["https"], "x-demo": ["first", "second"]},
         "queryStringParameters": {"tag": "b c", "empty": ""},
         "multiValueQueryStringParameters": {"tag": ["a", "b c"], "empty": [""]},
         "pathParameters": {"note_id": "a%2Bb"}, "stageVariables": null,
         "requestContext": {"resourceId": "RESOURCE_ID", "resourcePath": "/notes/{note_id}",
           "httpMethod": "POST", "extendedRequestId": "EXTENDED_ID",
           "requestTime": "02/Feb/2026:02:40:00 +0000", "path": "/api/v1/notes/a%2Bb",
           "accountId": "000000000000", "protocol": "HTTP/1.1", "stage": "live",
           "domainPrefix": "api", "requestTimeEpoch": 1770000000004, "requestId": "REQUEST_ID",
           "identity": {"cognitoIdentityPoolId": null, "accountId": null, "cognitoIdentityId": null,
             "caller": null, "sourceIp": "127.0.0.1", "principalOrgId": null, "accessKey": null,
             "cognitoAuthenticationType": null, "cognitoAuthenticationProvider": null,
             "userArn": null, "userAgent": "demo/1.0", "user": null},
           "domainName": "api.example.test", "deploymentId": "local", "apiId": "restapi"},
         "body": "{\\"text\\":\\"hi\\"}", "isBase64Encoded": false}
        """
            .replace("TRACE", trace)
            .replace("RESOURCE_ID", context.get("resourceId").textValue())
            .replace("EXTENDED_ID", context.get("extendedRequestId").textValue())
            .replace("REQUEST_ID", context.get("requestId").textValue());
    assertThat(event).isEqualTo(Json.MAPPER.readTree(golden));
    assertThat(gateway.functions.functionId()).isEqualTo("POST /notes/{note_id}");
    assertThat(gateway.functions.timeout()).hasSeconds(29);
  }

  @Test
  void whatARequestLacksIsNullAndNeverLeftOut() {
    gateway.client.get("/api/v1/notes");

    JsonNode event = gateway.functions.event();
    assertThat(event.size()).isEqualTo(12);
    for (String key :
        List.of(
            "queryStringParameters",
            "multiValueQueryStringParameters",
            "pathParameters",
            "stageVariables",
            "body")) {
      assertThat(event.has(key) && event.get(key).isNull()).as(key).isTrue();
    }
    assertThat(event.at("/requestContext").size()).isEqualTo(16);
    assertThat(event.at("/requestContext/identity").size()).isEqualTo(12);
    assertThat(event.at("/requestContext/identity/userAgent").isNull()).isTrue();
    assertThat(event.at("/requestContext").has("authorizer")).isFalse();
  }

  @Test
  void anEmptyPostHasANullBody() {
    gateway.client.post("/api/v1/notes/1", "");

    assertThat(gateway.functions.event().get("body").isNull()).isTrue();
    assertThat(gateway.functions.event().get("isBase64Encoded").booleanValue()).isFalse();
  }

  @Test
  void anEmptyQueryIsNone() {
    gateway.client.get("/api/v1/notes?");

    assertThat(gateway.functions.event().get("queryStringParameters").isNull()).isTrue();
  }

  @Test
  void namesAndValuesOfTheQueryAreDecodedOnce() {
    gateway.client.get("/api/v1/notes?a=%252B%2B+%20&%74ag=%C3%A9&A=x;b=y&bare");

    JsonNode query = gateway.functions.event().get("queryStringParameters");
    assertThat(query.get("a").textValue()).isEqualTo("%2B+  ");
    assertThat(query.get("tag").textValue()).isEqualTo("é");
    assertThat(query.get("A").textValue()).isEqualTo("x");
    assertThat(query.get("b").textValue()).isEqualTo("y");
    assertThat(query.get("bare").textValue()).isEmpty();
  }

  @Test
  void brokenPercentEncodingsStayAsTheyAreAndHarmNothing() {
    RawClient.Answer answer = gateway.client.get("/api/v1/notes?a=%&b=%zz&c=%4&d=%ff&e=100%");

    JsonNode query = gateway.functions.event().get("queryStringParameters");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(query.get("a").textValue()).isEqualTo("%");
    assertThat(query.get("b").textValue()).isEqualTo("%zz");
    assertThat(query.get("c").textValue()).isEqualTo("%4");
    assertThat(query.get("d").textValue()).isEqualTo("\uFFFD");
    assertThat(query.get("e").textValue()).isEqualTo("100%");
  }

  @Test
  void pathsAreNeverDecoded() {
    for (String sent :
        List.of("test%2Balias@x", "a%20b", "a+b", "%E4%BD%A0", "a%2Fb", "%2e%2e", "%c0")) {
      RawClient.Answer answer = gateway.client.post("/api/v1/notes/" + sent, "x");
      assertThat(answer.status()).as(sent + answer.text()).isEqualTo(200);

      JsonNode event = gateway.functions.event();
      assertThat(event.at("/pathParameters/note_id").textValue()).isEqualTo(sent);
      assertThat(event.get("path").textValue()).isEqualTo("/api/v1/notes/" + sent);
      assertThat(event.at("/requestContext/path").textValue()).isEqualTo("/api/v1/notes/" + sent);
    }
  }

  @Test
  void aPathWithABrokenPercentEncodingIsABadRequest() {
    for (String sent : List.of("%zz", "%", "a%4")) {
      assertThat(gateway.client.post("/api/v1/notes/" + sent, "x").status()).isEqualTo(400);
    }
    assertThat(gateway.functions.wereInvoked()).isFalse();
  }

  @Test
  void aTrailingSlashStaysInThePathAndNotInTheGreedyValue() {
    gateway.client.get("/api/v1/files/a//b/");

    JsonNode event = gateway.functions.event();
    assertThat(event.get("path").textValue()).isEqualTo("/api/v1/files/a//b/");
    assertThat(event.at("/requestContext/path").textValue()).isEqualTo("/api/v1/files/a//b/");
    assertThat(event.at("/pathParameters/proxy").textValue()).isEqualTo("a//b");
    assertThat(event.get("resource").textValue()).isEqualTo("/files/{proxy+}");
  }

  @Test
  void slashesDoubledBehindTheBasePathShowInTheContextAlone() {
    gateway.client.get("/api/v1//notes");

    assertThat(gateway.functions.event().get("path").textValue()).isEqualTo("/api/v1/notes");
    assertThat(gateway.functions.event().at("/requestContext/path").textValue())
        .isEqualTo("/api/v1//notes");
  }

  @Test
  void slashesDoubledBeforeTheBasePathShowNowhere() {
    gateway.client.get("//api/v1/notes");

    assertThat(gateway.functions.event().get("path").textValue()).isEqualTo("/api/v1/notes");
    assertThat(gateway.functions.event().at("/requestContext/path").textValue())
        .isEqualTo("/api/v1/notes");
  }

  @Test
  void hopByHopHeadersNeverReachAFunction() {
    gateway.client.post(
        "/api/v1/notes/1",
        "x",
        "Content-MD5: abc",
        "Max-Forwards: 1",
        "Proxy-Authenticate: Basic",
        "Server: me",
        "TE: trailers",
        "Trailer: X-End",
        "WWW-Authenticate: Basic",
        "Connection: close",
        "Origin: https://chat.example.test");

    assertThat(gateway.functions.event().get("headers").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "Host",
            "Origin",
            "X-Amzn-Trace-Id",
            "X-Forwarded-For",
            "X-Forwarded-Port",
            "X-Forwarded-Proto");
  }

  @Test
  void headerNamesKeepTheCasingThatTheClientGaveThem() {
    gateway.client.send(
        "GET /api/v1/notes HTTP/1.1",
        "Host: api.example.test",
        "tEsT-HEADeR: aValue",
        "Cookie: a=b; c=d");

    JsonNode headers = gateway.functions.event().get("headers");
    assertThat(headers.get("tEsT-HEADeR").textValue()).isEqualTo("aValue");
    assertThat(headers.get("Cookie").textValue()).isEqualTo("a=b; c=d");
  }

  @Test
  void oneHeaderInTwoCasingsIsOneHeader() {
    gateway.client.send(
        "GET /api/v1/notes HTTP/1.1", "Host: a.test", "X-Two: one", "x-two: two, three");

    JsonNode event = gateway.functions.event();
    assertThat(event.at("/headers/X-Two").textValue()).isEqualTo("two, three");
    assertThat(event.at("/multiValueHeaders/X-Two").toString())
        .isEqualTo("[\"one\",\"two, three\"]");
    assertThat(event.get("headers").has("x-two")).isFalse();
  }

  @Test
  void whatAClientSaysAboutItselfIsCorrected() {
    gateway.client.send(
        "GET /api/v1/notes HTTP/1.1",
        "Host: a.test",
        "x-forwarded-for: 203.0.113.9",
        "X-Forwarded-Proto: gopher",
        "Authorization: AWS4-HMAC-SHA256 Credential=x");

    JsonNode event = gateway.functions.event();
    assertThat(event.at("/headers/X-Forwarded-For").textValue())
        .isEqualTo("203.0.113.9, 127.0.0.1");
    assertThat(event.at("/headers/X-Forwarded-Proto").textValue()).isEqualTo("https");
    assertThat(event.at("/requestContext/identity/sourceIp").textValue()).isEqualTo("127.0.0.1");
    assertThat(event.get("headers").has("x-forwarded-for")).isFalse();
    assertThat(event.get("headers").has("Authorization")).isFalse();
  }

  @Test
  void aTraceThatAClientSendsComesBack() {
    String root = "1-5759e988-bd862e3fe1be46a994272793";

    RawClient.Answer answer =
        gateway.client.send(
            "GET /api/v1/notes HTTP/1.1",
            "Host: a.test",
            "X-Amzn-Trace-Id: Root=" + root + ";Parent=53995c3f42cd8ad8;Sampled=1");

    assertThat(gateway.functions.event().at("/headers/X-Amzn-Trace-Id").textValue())
        .isEqualTo("Root=" + root + ";Parent=53995c3f42cd8ad8");
    assertThat(answer.header("X-Amzn-Trace-Id").orElseThrow())
        .matches("Root=" + root + ";Parent=53995c3f42cd8ad8;Sampled=0;Lineage=1:[0-9a-f]{8}:0");
  }

  @Test
  void aBodyPassesAsItIsEvenIfItIsNoJson() {
    gateway.client.post("/api/v1/notes/1", "{\"a\": \u0001 “", "Content-Type: application/json");

    assertThat(gateway.functions.event().get("body").textValue()).isEqualTo("{\"a\": \u0001 “");
  }

  @Test
  void bytesThatAreNoUtf8ArriveDamaged() {
    gateway.client.sendBytes(
        new byte[] {'a', (byte) 0xff, 'b'},
        "POST /api/v1/notes/1 HTTP/1.1",
        "Host: a.test",
        "Content-Length: 3");

    assertThat(gateway.functions.event().get("body").textValue()).isEqualTo("a\uFFFDb");
  }

  @Test
  void aChunkedBodyArrivesWhole() {
    gateway.client.sendBytes(
        "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n".getBytes(StandardCharsets.UTF_8),
        "POST /api/v1/notes/1 HTTP/1.1",
        "Host: a.test",
        "Transfer-Encoding: chunked");

    assertThat(gateway.functions.event().get("body").textValue()).isEqualTo("abcde");
    assertThat(gateway.functions.event().get("headers").has("Transfer-Encoding")).isFalse();
  }

  @Test
  void aBinaryTypeArrivesAsBase64() {
    gateway.close();
    gateway =
        new GatewayUnderTest(
            new RestApiSpec(
                "RestApi",
                "live",
                List.of(route("POST", "/notes/{note_id}")),
                Optional.empty(),
                Map.of(),
                List.of("application/octet-stream", "image/*")));

    gateway.client.post("/api/v1/notes/1", "abc", "Content-Type: application/octet-stream");
    assertThat(gateway.functions.event().get("body").textValue()).isEqualTo("YWJj");
    assertThat(gateway.functions.event().get("isBase64Encoded").booleanValue()).isTrue();

    gateway.client.post("/api/v1/notes/1", "abc", "Content-Type: image/png");
    assertThat(gateway.functions.event().get("isBase64Encoded").booleanValue()).isTrue();

    gateway.client.post("/api/v1/notes/1", "abc", "Content-Type: text/plain");
    assertThat(gateway.functions.event().get("body").textValue()).isEqualTo("abc");
    assertThat(gateway.functions.event().get("isBase64Encoded").booleanValue()).isFalse();
  }

  @Test
  void aMethodOverrideCounts() {
    gateway.client.post("/api/v1/anything", "x", "X-HTTP-Method-Override: DELETE");

    assertThat(gateway.functions.event().get("httpMethod").textValue()).isEqualTo("DELETE");
    assertThat(gateway.functions.event().at("/requestContext/httpMethod").textValue())
        .isEqualTo("DELETE");
  }
}
