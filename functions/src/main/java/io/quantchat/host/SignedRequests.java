package io.quantchat.host;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Requests to AWS, signed with Signature Version 4. A few calls don't pay for more of the SDK's
 * modules in the package that every function loads.
 */
public final class SignedRequests {

  /** Lambda's largest answer is 6 MB; what is read here is far smaller. */
  private static final int LONGEST_ANSWER = 256 * 1024;

  private static final String S3 = "s3";

  /**
   * @param headers by name in lower case; of a repeated one, the first
   */
  public record Answer(int status, Map<String, String> headers, byte[] body) {}

  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;
  private final String region;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  /** Requests over this client, with these credentials, to services of this region. */
  SignedRequests(SdkHttpClient http, AwsCredentialsProvider credentials, String region) {
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
    SdkHttpRequest built = request.build();
    return send(
        signer.sign(
            sign ->
                signing(sign, service, built, credentials.resolveCredentials())
                    .payload(ContentStreamProvider.fromByteArray(body))));
  }

  /** Asks S3, at the time of this clock. */
  Answer sendToS3(SdkHttpRequest request, byte[] body, Clock clock) throws IOException {
    return send(
        signer.sign(
            sign ->
                signingForS3(sign, request, credentials.resolveCredentials(), clock)
                    .payload(ContentStreamProvider.fromByteArray(body))));
  }

  /** The JDK's URL connection makes a POST of a GET that has a body, be it an empty one. */
  private Answer send(SignedRequest signed) throws IOException {
    boolean hasBody = signed.request().method() == SdkHttpMethod.POST;
    HttpExecuteResponse response =
        http.prepareRequest(
                HttpExecuteRequest.builder()
                    .request(signed.request())
                    .contentStreamProvider(hasBody ? signed.payload().orElse(null) : null)
                    .build())
            .call();
    return answer(response);
  }

  /**
   * A request to S3 that whoever has its address may make, with all of its headers, for a time
   * (Amazon S3 User Guide, "Authenticating Requests: Using Query Parameters"). Nothing goes out.
   *
   * @param goodFor at least a second; whole seconds of it count. Credentials that end earlier end
   *     it, too
   */
  Presigned presign(SdkHttpRequest request, Duration goodFor, Clock clock) {
    AwsCredentialsIdentity identity = credentials.resolveCredentials();
    SignedRequest signed =
        signer.sign(
            sign ->
                signingForS3(sign, request, identity, clock)
                    .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                    .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, goodFor)
                    .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false));
    Instant end = clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(goodFor.toSeconds());
    return new Presigned(
        signed.request().getUri(),
        identity.expirationTime().filter(earlier -> earlier.isBefore(end)).orElse(end));
  }

  private SignRequest.Builder<AwsCredentialsIdentity> signing(
      SignRequest.Builder<AwsCredentialsIdentity> sign,
      String service,
      SdkHttpRequest request,
      AwsCredentialsIdentity identity) {
    return sign.identity(identity)
        .request(request)
        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
        .putProperty(AwsV4HttpSigner.REGION_NAME, region);
  }

  /** S3 takes paths as they come, unlike every other service. */
  private SignRequest.Builder<AwsCredentialsIdentity> signingForS3(
      SignRequest.Builder<AwsCredentialsIdentity> sign,
      SdkHttpRequest request,
      AwsCredentialsIdentity identity,
      Clock clock) {
    return signing(sign, S3, request, identity)
        .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, clock)
        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false);
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
