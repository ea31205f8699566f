package io.quantchat.infra.local.objects;

import io.quantchat.infra.local.Patience;
import io.quantchat.infra.local.server.GatewayServer;
import io.quantchat.infra.local.server.ListeningPort;
import io.quantchat.infra.local.server.UnmappedPath;
import io.quantchat.infra.local.signing.SigningCredentials;
import io.quantchat.infra.stack.BucketSpec;
import io.quantchat.infra.stack.BucketSpec.CorsRule;
import io.quantchat.infra.stack.BucketSpec.LifecycleRule;
import io.quantchat.infra.stack.Permission;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner.AuthLocation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/**
 * A bucket behind the gateway's own server. Its clients sign as functions do, with the SDK's own
 * signer.
 */
final class BucketOnPort implements AutoCloseable {

  static final String NAME = "quantchat-media";
  static final String KEY = "media/gpXgRlVZb6Vn0OqRhLZ1XnC9UJ0oT3mYwS0b7vJdU2A";
  static final SigningCredentials CREDENTIALS =
      new SigningCredentials("AKIDLOCAL", "secret of the instance", "us-east-1");

  static final BucketSpec SPEC =
      new BucketSpec(
          "MediaBucket",
          NAME,
          List.of(
              new LifecycleRule(
                  "media/", Optional.of(Duration.ofDays(7)), Optional.of(Duration.ofDays(1)))),
          List.of(
              new CorsRule(
                  List.of("https://chat.example", "https://*.chat.example"),
                  List.of("GET", "PUT"),
                  List.of("content-type", "x-amz-*"),
                  List.of("ETag"),
                  Optional.of(Duration.ofMinutes(10)))));

  private static final List<Permission> ALLOWED =
      Stream.of(
              "s3:GetObject",
              "s3:PutObject",
              "s3:DeleteObject",
              "s3:AbortMultipartUpload",
              "s3:ListMultipartUploadParts")
          .map(
              action ->
                  new Permission(action, "arn:aws:s3:::" + NAME + "/media/*", Optional.empty()))
          .toList();

  final TestClock clock = new TestClock();
  final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final LocalBucket bucket;
  private final GatewayServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  private BucketOnPort(Blobs blobs) throws IOException {
    bucket = LocalBucket.of(SPEC, blobs, setting(clock));
    server = new GatewayServer(ListeningPort.take(0));
    server.start(
        List.of(bucket.handler(), new UnmappedPath(clock, new SecureRandom())), lines::add);
  }

  static BucketOnPort of(Blobs blobs) throws IOException {
    return new BucketOnPort(blobs);
  }

  static LocalBucket.Setting setting(TestClock clock) {
    return new LocalBucket.Setting(CREDENTIALS, ALLOWED, clock, new SecureRandom(), line -> {});
  }

  LocalBucket bucket() {
    return bucket;
  }

  int port() {
    return server.port();
  }

  URI root() {
    return URI.create("http://localhost:" + server.port() + "/" + NAME);
  }

  /**
   * A link as functions make it: what is said of the request is signed, and a quarter of an hour.
   */
  Link link(String method, String keyAndQuery) {
    return link(method, keyAndQuery, Map.of(), Duration.ofMinutes(15));
  }

  Link link(String method, String keyAndQuery, Map<String, String> headers, Duration goodFor) {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(method))
            .uri(URI.create(root() + "/" + keyAndQuery));
    headers.forEach(request::putHeader);
    URI signed =
        AwsV4HttpSigner.create()
            .sign(
                sign ->
                    sign.identity(
                            AwsBasicCredentials.create(
                                CREDENTIALS.accessKeyId(), CREDENTIALS.secretKey()))
                        .request(request.build())
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, CREDENTIALS.region())
                        .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, clock)
                        .putProperty(AwsV4HttpSigner.AUTH_LOCATION, AuthLocation.QUERY_STRING)
                        .putProperty(AwsV4HttpSigner.EXPIRATION_DURATION, goodFor)
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false))
            .request()
            .getUri();
    return new Link(method, signed, headers);
  }

  /** A link to put these bytes by, those alone. */
  Link linkToPut(String keyAndQuery, byte[] bytes) {
    return link(
        "PUT",
        keyAndQuery,
        Map.of(
            "content-length", Integer.toString(bytes.length),
            "content-type", "application/octet-stream",
            "x-amz-checksum-sha256", Bytes.sha256(bytes)),
        Duration.ofMinutes(15));
  }

  /** A request that whoever has it may send. */
  final class Link {

    private final String method;
    private final URI url;
    private final Map<String, String> headers;

    Link(String method, URI url, Map<String, String> headers) {
      this.method = method;
      this.url = url;
      this.headers = headers;
    }

    URI url() {
      return url;
    }

    Link at(String otherUrl) {
      return new Link(method, URI.create(otherUrl), headers);
    }

    Link as(String otherMethod) {
      return new Link(otherMethod, url, headers);
    }

    /** Sends it, with headers that aren't signed. */
    Answer send(String... more) throws Exception {
      return send(BodyPublishers.noBody(), more);
    }

    Answer send(byte[] body, String... more) throws Exception {
      return send(BodyPublishers.ofByteArray(body), more);
    }

    Answer send(BodyPublisher body, String... more) throws Exception {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(url).timeout(Patience.LONGEST).method(method, body);
      headers.forEach(
          (name, value) -> {
            if (!name.equals("content-length")) {
              request.header(name, value);
            }
          });
      if (more.length > 0) {
        request.headers(more);
      }
      return new Answer(http.send(request.build(), BodyHandlers.ofByteArray()));
    }
  }

  record Answer(HttpResponse<byte[]> response) {

    int status() {
      return response.statusCode();
    }

    byte[] body() {
      return response.body();
    }

    String text() {
      return new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    /** Status and error code, such as {@code 403 AccessDenied}. */
    String refusal() {
      String text = text();
      int code = text.indexOf("<Code>");
      return code < 0
          ? Integer.toString(status())
          : status() + " " + text.substring(code + 6, text.indexOf("</Code>"));
    }
  }

  @Override
  public void close() {
    http.close();
    server.close();
    bucket.close();
  }
}
