package io.quantchat.infra.local.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quantchat.infra.local.Patience;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.ApiGatewayManagementApiException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;

/** Through the client that functions use in the cloud, signatures and all. */
class CallbackApiTest extends ConnectionCalls {

  @Override
  ApiGatewayManagementApiClient client(RunningGateway gateway) {
    return client(gateway, "/live", "AKIDLOCAL", "local-secret", "eu-west-1");
  }

  @Test
  void theSocketsPathServesAsBasePathToo() throws Exception {
    try (var client = client(running, "/ws", "AKIDLOCAL", "local-secret", "eu-west-1")) {
      client.postToConnection(
          r -> r.connectionId(socket.id()).data(SdkBytes.fromUtf8String("hello")));
    }

    assertThat(socket.receive().text()).isEqualTo("hello");
  }

  @Test
  void a410HasAnEmptyBody() throws Exception {
    TestSocket gone = running.connect();
    gone.reset();
    running.functions.next("disconnect");

    for (String id : new String[] {gone.id(), UNKNOWN_ID}) {
      assertThatExceptionOfType(GoneException.class)
          .isThrownBy(() -> post(id, "x"))
          .satisfies(
              e -> {
                var response = e.awsErrorDetails().sdkHttpResponse();
                assertThat(response.statusCode()).isEqualTo(410);
                assertThat(response.firstMatchingHeader("x-amzn-ErrorType"))
                    .contains("GoneException");
                assertThat(response.firstMatchingHeader("Content-Length")).contains("0");
              });
    }
  }

  @Test
  void onlyRequestsSignedWithTheKeyAreServed() throws Exception {
    assertForbidden(client(running, "/live", "AKIDLOCAL", "wrong-secret", "eu-west-1"));
    assertForbidden(client(running, "/live", "AKIDOTHER", "local-secret", "eu-west-1"));
    assertForbidden(client(running, "/live", "AKIDLOCAL", "local-secret", "us-east-1"));

    HttpResponse<String> unsigned =
        Http.send(
            HttpRequest.newBuilder(Http.uri(running.port(), "/live/@connections/" + UNKNOWN_ID))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build());
    assertThat(unsigned.statusCode()).isEqualTo(403);
    assertThat(unsigned.body()).isEqualTo("{\"message\":\"Missing Authentication Token\"}");
    assertThat(unsigned.headers().firstValue("x-amzn-ErrorType"))
        .contains("MissingAuthenticationTokenException");
  }

  private static void assertForbidden(ApiGatewayManagementApiClient client) {
    try (client) {
      assertThatExceptionOfType(ApiGatewayManagementApiException.class)
          .isThrownBy(
              () ->
                  client.postToConnection(
                      r -> r.connectionId(UNKNOWN_ID).data(SdkBytes.fromUtf8String("x"))))
          .satisfies(e -> assertThat(e.statusCode()).isEqualTo(403));
    }
  }

  private static ApiGatewayManagementApiClient client(
      RunningGateway gateway,
      String basePath,
      String accessKeyId,
      String secretKey,
      String region) {
    return ApiGatewayManagementApiClient.builder()
        .endpointOverride(Http.uri(gateway.port(), basePath))
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretKey)))
        .httpClient(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(Patience.LONGEST)
                .socketTimeout(Patience.LONGEST)
                .build())
        .overrideConfiguration(c -> c.retryStrategy(retry -> retry.maxAttempts(1)))
        .build();
  }
}
