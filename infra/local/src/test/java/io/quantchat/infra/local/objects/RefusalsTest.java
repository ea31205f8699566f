package io.quantchat.infra.local.objects;

import static io.quantchat.infra.local.objects.BucketOnPort.KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is refused, in S3's words, and that nothing is kept of what they sent. */
class RefusalsTest {

  private static final byte[] BYTES = "the bytes that were signed".getBytes(UTF_8);

  private BucketOnPort bucket;

  @BeforeEach
  void start() throws Exception {
    bucket = BucketOnPort.of(new MemoryBlobs(1 << 20));
  }

  @AfterEach
  void stop() throws Exception {
    bucket.close();
  }

  private void assertNothingKept() throws Exception {
    assertThat(bucket.link("GET", KEY).send().refusal()).isEqualTo("403 AccessDenied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/media/x", "/media/x?uploads", "/?list-type=2"})
  void nobodyGetsInWithoutASignature(String path) throws Exception {
    for (String method : new String[] {"GET", "PUT", "POST", "DELETE"}) {
      BucketOnPort.Answer answer =
          bucket.link("GET", KEY).as(method).at(bucket.root() + path).send();

      assertThat(answer.refusal()).isEqualTo("403 AccessDenied");
      assertThat(answer.header("x-amz-request-id")).matches("[0-9A-F]{16}");
      assertThat(answer.header("content-type")).isEqualTo("application/xml");
    }
  }

  @Test
  void aLinkIsGoodForItsOwnBytesAlone() throws Exception {
    byte[] others = "THE BYTES THAT WERE SIGNED".getBytes(UTF_8);
    BucketOnPort.Answer answer = bucket.linkToPut(KEY, BYTES).send(others);

    assertThat(answer.refusal()).isEqualTo("400 BadDigest");
    assertThat(answer.text())
        .contains("The SHA256 you specified did not match the calculated checksum.");
    assertNothingKept();
  }

  @Test
  void aLinkIsGoodForItsOwnLengthAlone() throws Exception {
    byte[] longer = "the bytes that were signed, and more".getBytes(UTF_8);

    assertThat(bucket.linkToPut(KEY, BYTES).send(longer).refusal())
        .isEqualTo("403 SignatureDoesNotMatch");
    assertThat(bucket.linkToPut(KEY, BYTES).send(new byte[3]).refusal())
        .isEqualTo("403 SignatureDoesNotMatch");
    assertThat(
            bucket
                .linkToPut(KEY, BYTES)
                .send(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(BYTES)))
                .refusal())
        .as("a body whose length isn't said")
        .isEqualTo("403 SignatureDoesNotMatch");
    assertNothingKept();
  }

  @Test
  void aBodyNeedsALength() throws Exception {
    assertThat(
            bucket
                .link("PUT", KEY)
                .send(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(BYTES)))
                .refusal())
        .isEqualTo("411 MissingContentLength");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE", "HEAD", "POST"})
  void aLinkIsGoodForItsOwnMethodAlone(String method) throws Exception {
    assertThat(bucket.link("PUT", KEY).as(method).send().status()).isEqualTo(403);
  }

  @Test
  void aLinkIsGoodForItsOwnKeyAndQueryAlone() throws Exception {
    String url = bucket.link("GET", KEY).url().toString();

    assertThat(bucket.link("GET", KEY).at(url.replace(KEY, "media/other")).send().refusal())
        .isEqualTo("403 SignatureDoesNotMatch");
    assertThat(bucket.link("GET", KEY).at(url + "&response-content-type=text/html").send())
        .extracting(BucketOnPort.Answer::refusal)
        .isEqualTo("403 SignatureDoesNotMatch");
    assertThat(bucket.link("GET", KEY).at(url.replace("localhost", "127.0.0.1")).send().refusal())
        .as("for another host")
        .isEqualTo("403 SignatureDoesNotMatch");
  }

  @Test
  void aLinkEndsByTheClock() throws Exception {
    BucketOnPort.Link link = bucket.linkToPut(KEY, BYTES);
    bucket.clock.forward(Duration.ofMinutes(15).minusSeconds(1));
    assertThat(link.send(BYTES).status()).isEqualTo(200);

    bucket.clock.forward(Duration.ofSeconds(1));
    BucketOnPort.Answer late = link.send(BYTES);

    assertThat(late.refusal()).isEqualTo("403 AccessDenied");
    assertThat(late.text())
        .contains("<Message>Request has expired</Message>")
        .contains("<X-Amz-Expires>900</X-Amz-Expires>");
  }

  @Test
  void aLinkOfTheFutureIsNotGoodYet() throws Exception {
    BucketOnPort.Link link = bucket.link("GET", KEY);
    bucket.clock.forward(Duration.ofMinutes(-16));

    assertThat(link.send().text()).contains("<Message>Request is not yet valid</Message>");
  }

  @Test
  void aHeaderOfS3sOwnMustBeSigned() throws Exception {
    BucketOnPort.Answer answer =
        bucket.linkToPut(KEY, BYTES).send(BYTES, "x-amz-copy-source", "/other/object");

    assertThat(answer.refusal()).isEqualTo("403 AccessDenied");
    assertThat(answer.text()).contains("<HeadersNotSigned>x-amz-copy-source</HeadersNotSigned>");
    assertNothingKept();
  }

  @Test
  void aRequestIsSignedInOneWayAlone() throws Exception {
    BucketOnPort.Answer answer =
        bucket.link("GET", KEY).send("Authorization", "Bearer of-somebody-else");

    assertThat(answer.refusal()).isEqualTo("400 InvalidArgument");
    assertThat(answer.text())
        .contains("Only one auth mechanism allowed")
        .doesNotContain("of-somebody-else");
  }

  @ParameterizedTest
  @CsvSource({
    "Bearer abc, 400 InvalidArgument",
    "AWS AKIDLOCAL:abc, 400 InvalidRequest",
    "AWS4-HMAC-SHA256 Credential=x, 400 AuthorizationHeaderMalformed"
  })
  void anAuthorizationOfAnotherKindIsRefused(String header, String refusal) throws Exception {
    assertThat(
            bucket
                .link("GET", KEY)
                .at(bucket.root() + "/" + KEY)
                .send("Authorization", header)
                .refusal())
        .isEqualTo(refusal);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Amz-Signature=[0-9a-f]{4} | X-Amz-Signature=0000 | 403 SignatureDoesNotMatch",
        "X-Amz-Signature=[0-9a-f]* | X-Amz-Signature= | 403 SignatureDoesNotMatch",
        "&?X-Amz-Signature=[0-9a-f]* | '' | 400 AuthorizationQueryParametersError",
        "AKIDLOCAL | AKIDOTHER | 403 InvalidAccessKeyId",
        "us-east-1 | eu-west-1 | 400 AuthorizationQueryParametersError",
        "%2Fs3%2F | %2Flambda%2F | 400 AuthorizationQueryParametersError",
        "X-Amz-Expires=900 | X-Amz-Expires=901 | 403 SignatureDoesNotMatch",
        "X-Amz-Expires=900 | X-Amz-Expires=604801 | 400 AuthorizationQueryParametersError",
        "X-Amz-Expires=900 | X-Amz-Expires=0 | 400 AuthorizationQueryParametersError",
        "X-Amz-Expires=900 | X-Amz-Expires=-1 | 400 AuthorizationQueryParametersError",
        "AWS4-HMAC-SHA256 | AWS4-ECDSA-P256-SHA256 | 400 AuthorizationQueryParametersError",
        "SignedHeaders=host | SignedHeaders=date | 400 AuthorizationQueryParametersError",
        "X-Amz-Date=2 | X-Amz-Date=x | 400 AuthorizationQueryParametersError",
        "X-Amz-Algorithm | %zz=1&X-Amz-Algorithm | 400 InvalidURI"
      })
  void aLinkThatWasChangedIsNoLink(String what, String by, String refusal) throws Exception {
    String url = bucket.link("GET", KEY).url().toString().replaceFirst(what, by);

    String answered = status(url);

    assertThat(answered).isEqualTo(refusal);
  }

  /** Java's own URLs take no query that is spelled wrong. */
  private String status(String url) throws Exception {
    try (var socket = new java.net.Socket("localhost", bucket.port())) {
      String target = url.substring(url.indexOf('/', "http://".length()));
      socket
          .getOutputStream()
          .write(
              "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n\r\n"
                  .formatted(target, bucket.port())
                  .getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      return answer.substring(9, 12)
          + " "
          + answer.substring(answer.indexOf("<Code>") + 6, answer.indexOf("</Code>"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"other/object", "mediax", "media"})
  void nothingBeyondThePrefixOfThePolicyIsReached(String key) throws Exception {
    for (String method : new String[] {"GET", "PUT", "DELETE", "POST"}) {
      assertThat(bucket.link(method, key).send().refusal()).isEqualTo("403 AccessDenied");
    }
  }

  @Test
  void nobodyLists() throws Exception {
    assertThat(bucket.link("GET", "").send().refusal()).isEqualTo("403 AccessDenied");
    assertThat(bucket.link("GET", "?list-type=2").send().refusal()).isEqualTo("403 AccessDenied");
    assertThat(bucket.link("GET", "?uploads").send().refusal()).isEqualTo("403 AccessDenied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"acl", "tagging", "versionId=1", "partNumber=1&x-amz-acl=public-read"})
  void whatIsntKnownIsRefusedByItsName(String query) throws Exception {
    assertThat(bucket.link("PUT", KEY + "?" + query).send(BYTES).refusal())
        .isEqualTo("501 NotImplemented");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-amz-copy-source", "x-amz-acl", "x-amz-meta-name", "if-none-match"})
  void aHeaderThatIsntKnownIsRefusedByItsName(String name) throws Exception {
    BucketOnPort.Link link =
        bucket.link("PUT", KEY, Map.of(name, "/other/object"), Duration.ofMinutes(1));

    assertThat(link.send(BYTES).refusal()).isEqualTo("501 NotImplemented");
    assertNothingKept();
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "!!!!", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"})
  void aChecksumMustBeOne(String checksum) throws Exception {
    BucketOnPort.Link link =
        bucket.link("PUT", KEY, Map.of("x-amz-checksum-sha256", checksum), Duration.ofMinutes(1));

    assertThat(link.send(new byte[0]).refusal()).isEqualTo("400 InvalidRequest");
    assertNothingKept();
  }

  @Test
  void aKeyMayHave1024Bytes() throws Exception {
    String longest = "media/" + "k".repeat(1_018);

    assertThat(bucket.link("PUT", longest).send(BYTES).status()).isEqualTo(200);
    assertThat(bucket.link("PUT", longest + "k").send(BYTES).refusal())
        .isEqualTo("400 KeyTooLongError");
  }

  @Test
  void theLogHasNoSignature() throws Exception {
    assertThat(bucket.linkToPut(KEY, BYTES).send(BYTES).status()).isEqualTo(200);

    assertThat(bucket.lines.take())
        .startsWith("PUT /quantchat-media/" + KEY + " 200 ")
        .doesNotContain("Signature");
  }
}
