package io.quantchat.infra.local.deployed;

import io.quantchat.infra.local.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Calls of AWS's services where they have no client here: a path, a body, a signature. */
final class SignedCalls {
  /** LocalStack takes any; this is its account's usual one. */
  static final String KEY = "test";

  /** The one that {@code ./quantchat deploy --localstack} uses. */
  static final String REGION = "eu-west-1";

  private final URI endpoint;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final SdkHttpClient http =
      UrlConnectionHttpClient.builder().socketTimeout(Patience.LONGEST).build();

  SignedCalls(URI endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * An answer of a service.
   *
   * @param functionError Lambda's word for how a function failed; empty if it didn't, or for
   *     another service
   */
  record Answer(int status, String functionError, String body) {}

  /** Asks CloudFormation about a stack. Its answers are XML. */
  Answer query(String action, String stack) {
    String form =
        "Version=2010-05-15&Action=%s&StackName=%s"
            .formatted(action, URLEncoder.encode(stack, StandardCharsets.UTF_8));
    return post(
        "cloudformation",
        "/",
        "application/x-www-form-urlencoded",
        form.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Posts to a service.
   *
   * @param service its name in signatures, such as {@code lambda}
   * @param path with a query, if any
   */
  Answer post(String service, String path, String contentType, byte[] body) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .uri(URI.create(endpoint + path))
            .method(SdkHttpMethod.POST)
            .putHeader("Content-Type", contentType)
            .build();
    SignedRequest signed =
        signer.sign(
            call ->
                call.identity(AwsCredentialsIdentity.create(KEY, KEY))
                    .request(request)
                    .payload(ContentStreamProvider.fromByteArray(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, REGION));
    try {
      HttpExecuteResponse response =
          http.prepareRequest(
                  HttpExecuteRequest.builder()
                      .request(signed.request())
                      .contentStreamProvider(signed.payload().orElseThrow())
                      .build())
              .call();
      return new Answer(
          response.httpResponse().statusCode(),
          response.httpResponse().firstMatchingHeader("X-Amz-Function-Error").orElse(""),
          text(response));
    } catch (IOException e) {
      throw new UncheckedIOException("No answer from " + service + " at " + endpoint, e);
    }
  }

  private static String text(HttpExecuteResponse response) throws IOException {
    if (response.responseBody().isEmpty()) {
      return "";
    }
    try (AbortableInputStream body = response.responseBody().get()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
