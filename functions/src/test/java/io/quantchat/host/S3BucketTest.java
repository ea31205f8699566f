package io.quantchat.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** Links as a function signs them on Lambda, whose credentials are good for some hours. */
class S3BucketTest {

  private static final Instant NOW = Instant.parse("2026-02-02T10:00:00.900Z");
  private static final Duration QUARTER = Duration.ofMinutes(15);

  private static Bucket bucket(String url, Instant credentialsEnd) {
    var credentials =
        AwsSessionCredentials.builder()
            .accessKeyId("AKIAIOSFODNN7EXAMPLE")
            .secretAccessKey("secret")
            .sessionToken("token+of/session=")
            .expirationTime(credentialsEnd)
            .build();
    return AwsClients.bucket(
        new Environment(Map.of("MEDIA_URL", url, "AWS_REGION", "eu-west-1")),
        StaticCredentialsProvider.create(credentials),
        UrlConnectionHttpClient.create(),
        Clock.fixed(NOW, ZoneOffset.UTC),
        new Backoff(wait -> {}, new SplittableRandom(1)));
  }

  private static Bucket.Link link(Instant credentialsEnd) {
    return bucket("https://b.s3.eu-west-1.amazonaws.com", credentialsEnd)
        .get("media/x", "any", QUARTER);
  }

  @Test
  void eachCallGoesOutByItsOwnMethodAndComesBack() throws IOException {
    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    HttpServer s3 =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    s3.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          asked.add(
              exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body.length);
          byte[] xml = "<R><UploadId>u</UploadId></R>".getBytes(StandardCharsets.UTF_8);
          boolean isHead = exchange.getRequestMethod().equals("HEAD");
          exchange.sendResponseHeaders(200, isHead ? -1 : xml.length);
          if (!isHead) {
            exchange.getResponseBody().write(xml);
          }
          exchange.close();
        });
    s3.start();
    try {
      String url = "http://127.0.0.1:" + s3.getAddress().getPort() + "/b";
      Bucket bucket = bucket(url, NOW.plus(QUARTER));

      assertThat(bucket.begin("k")).isEqualTo("u");
      assertThat(bucket.parts("k", "u/+=")).contains(List.of());
      assertThat(bucket.complete("k", "u", List.of())).isTrue();
      assertThat(bucket.has("k")).isTrue();
      bucket.abort("k", "u");
      bucket.delete("k");
    } finally {
      s3.stop(0);
    }

    assertThat(asked)
        .containsExactly(
            "POST /b/k?uploads= 0",
            "GET /b/k?uploadId=u%2F%2B%3D 0",
            "POST /b/k?uploadId=u 51",
            "HEAD /b/k 0",
            "DELETE /b/k?uploadId=u 0",
            "DELETE /b/k 0");
  }

  @Test
  void aLinkBeginsAndEndsWithWholeSeconds() {
    Bucket.Link link = link(NOW.plus(Duration.ofHours(1)));

    assertThat(link.end()).isEqualTo("2026-02-02T10:15:00Z");
    assertThat(link.url())
        .startsWith("https://b.s3.eu-west-1.amazonaws.com/media/x?")
        .contains("X-Amz-Date=20260202T100000Z", "X-Amz-Expires=900", "X-Amz-SignedHeaders=host")
        .contains("X-Amz-Security-Token=token%2Bof%2Fsession%3D");
  }

  @Test
  void aLinkEndsNoLaterThanTheCredentialsThatSignedIt() {
    Instant end = NOW.plus(Duration.ofMinutes(4));

    assertThat(link(end).end()).isEqualTo(end);
  }

  @Test
  void aLinkIsNotShownByAccident() {
    assertThat(link(NOW.plus(QUARTER)).toString()).doesNotContain("Signature", "media/x");
  }
}
