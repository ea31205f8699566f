package io.quantchat.host;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * Posts to AWS, signed with Signature Version 4. A few calls don't pay for more of the SDK's
 * modules in the package that every function loads.
 */
public final class SignedPosts {

  /** Lambda's largest answer is 6 MB; what is read here is far smaller. */
  private static final int LONGEST_ANSWER = 256 * 1024;

  /**
   * @param headers by name in lower case; of a repeated one, the first
   */
  public record Answer(int status, Map<String, String> headers, byte[] body) {}

  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final String region;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  /** Posts over this client, with these credentials, to services of this region. */
  SignedPosts(SdkHttpClient http, AwsCredentialsProvider credentials, String region) {
    this.http = http;
    this.credentials = credentials;
    this.region = region;
  }

  /**
   * Posts a body.
   *
   * @param service as AWS signs for it, such as {@code lambda}
   * @throws IOException if there is no answer in time
   */
  public Answer post(String service, URI to, Map<String, String> headers, byte[] body)
      throws IOException {
    SdkHttpRequest.Builder request = SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(to);
    headers.forEach(request::putHeader);
    SignedRequest signed =
        signer.sign(
            sign ->
                sign.identity(credentials.resolveCredentials())
                    .request(request.build())
                    .payload(ContentStreamProvider.fromByteArray(body))
                    .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    HttpExecuteResponse response =
        http.prepareRequest(
                HttpExecuteRequest.builder()
                    .request(signed.request())
                    .contentStreamProvider(signed.payload().orElse(null))
                    .build())
            .call();
    return answer(response);
  }

  private static Answer answer(HttpExecuteResponse response) throws IOException {
    var headers = new HashMap<String, String>();
    response
        .httpResponse()
        .forEachHeader(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    byte[] body = new byte[0];
    if (response.responseBody().isPresent()) {
      try (InputStream in = response.responseBody().get()) {
        body = in.readNBytes(LONGEST_ANSWER);
      }
    }
    return new Answer(response.httpResponse().statusCode(), headers, body);
  }
}
