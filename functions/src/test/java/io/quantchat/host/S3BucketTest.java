package io.quantchat.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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

  private static Bucket.Link link(Instant credentialsEnd) {
    var credentials =
        AwsSessionCredentials.builder()
            .accessKeyId("AKIAIOSFODNN7EXAMPLE")
            .secretAccessKey("secret")
            .sessionToken("token+of/session=")
            .expirationTime(credentialsEnd)
            .build();
    return AwsClients.bucket(
            new Environment(
                Map.of(
                    "MEDIA_URL",
                    "https://b.s3.eu-west-1.amazonaws.com",
                    "AWS_REGION",
                    "eu-west-1")),
            StaticCredentialsProvider.create(credentials),
            UrlConnectionHttpClient.create(),
            Clock.fixed(NOW, ZoneOffset.UTC),
            new Backoff(wait -> {}, new SplittableRandom(1)))
        .get("media/x", "any", QUARTER);
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
