package io.quantchat.infra.local.objects;

import static io.quantchat.infra.local.objects.BucketOnPort.KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.infra.local.objects.BucketOnPort.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What is done with whole objects, wherever they are kept: by links, and by the SDK's client. */
abstract class ObjectsContract {

  private static final byte[] TEN = "0123456789".getBytes(UTF_8);

  private BucketOnPort bucket;
  private S3Client client;

  abstract Blobs blobs() throws IOException;

  @BeforeEach
  void start() throws Exception {
    bucket = BucketOnPort.of(blobs());
    client = SdkClient.of(bucket);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    bucket.close();
  }

  BucketOnPort bucket() {
    return bucket;
  }

  @Test
  void whatIsPutIsGot() throws Exception {
    byte[] bytes = Bytes.random(3_000_000);
    Answer put = bucket.linkToPut(KEY, bytes).send(bytes);
    Answer got = bucket.link("GET", KEY).send();

    assertThat(put.status()).isEqualTo(200);
    assertThat(put.body()).isEmpty();
    assertThat(put.header("x-amz-checksum-sha256")).isEqualTo(Bytes.sha256(bytes));
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.body()).isEqualTo(bytes);
    assertThat(got.header("etag")).isEqualTo(put.header("etag")).matches("\"[0-9a-f]{32}\"");
    assertThat(got.header("content-length")).isEqualTo("3000000");
    assertThat(got.header("content-type")).isEqualTo("application/octet-stream");
    assertThat(got.header("accept-ranges")).isEqualTo("bytes");
    assertThat(got.header("last-modified")).isEqualTo("Sun, 29 Nov 2026 12:00:00 GMT");
  }

  @Test
  void whatIsStoredCanBeLookedThrough() throws Exception {
    byte[] bytes = Bytes.random(100_000);
    bucket.linkToPut(KEY, bytes).send(bytes);

    assertThat(bucket.bucket().stored())
        .singleElement()
        .satisfies(
            stored -> {
              assertThat(stored.key()).isEqualTo(KEY);
              assertThat(stored.contentType()).isEqualTo("application/octet-stream");
              assertThat(stored.checksum()).isEqualTo(Bytes.sha256(bytes));
              assertThat(stored.bytes()).isEqualTo(bytes);
            });

    bucket.link("DELETE", KEY).send();
    assertThat(bucket.bucket().stored()).isEmpty();
  }

  @Test
  void anObjectMayBeEmpty() throws Exception {
    assertThat(bucket.linkToPut(KEY, new byte[0]).send(new byte[0]).status()).isEqualTo(200);

    Answer got = bucket.link("GET", KEY).send();

    assertThat(got.status()).isEqualTo(200);
    assertThat(got.body()).isEmpty();
    assertThat(got.header("etag")).isEqualTo("\"d41d8cd98f00b204e9800998ecf8427e\"");
    assertThat(bucket.link("GET", KEY).send("Range", "bytes=0-").refusal())
        .isEqualTo("416 InvalidRange");
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0-0",
    "bytes=2-4, 234, 2-4",
    "bytes=7-, 789, 7-9",
    "bytes=-3, 789, 7-9",
    "bytes=-30, 0123456789, 0-9",
    "bytes=5-999999999999999999, 56789, 5-9"
  })
  void aRangeIsAnsweredByIt(String asked, String bytes, String range) throws Exception {
    assertThat(bucket.linkToPut(KEY, TEN).send(TEN).status()).isEqualTo(200);

    Answer got = bucket.link("GET", KEY).send("Range", asked);

    assertThat(got.status()).isEqualTo(206);
    assertThat(got.text()).isEqualTo(bytes);
    assertThat(got.header("content-range")).isEqualTo("bytes " + range + "/10");
    assertThat(got.header("content-length")).isEqualTo(Integer.toString(bytes.length()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=11-12", "bytes=-0"})
  void aRangeBeyondTheEndIsRefused(String asked) throws Exception {
    assertThat(bucket.linkToPut(KEY, TEN).send(TEN).status()).isEqualTo(200);

    Answer got = bucket.link("GET", KEY).send("Range", asked);

    assertThat(got.refusal()).isEqualTo("416 InvalidRange");
    assertThat(got.text()).contains("<ActualObjectSize>10</ActualObjectSize>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=4-2", "bytes=0-1,3-4", "items=0-1", "bytes=-", "bytes=a-b", "0-1"})
  void whatIsNoRangeIsPassedOver(String asked) throws Exception {
    assertThat(bucket.linkToPut(KEY, TEN).send(TEN).status()).isEqualTo(200);

    Answer got = bucket.link("GET", KEY).send("Range", asked);

    assertThat(got.status()).isEqualTo(200);
    assertThat(got.body()).isEqualTo(TEN);
  }

  @Test
  void whoHasItAlreadyIsToldSo() throws Exception {
    String etag = bucket.linkToPut(KEY, TEN).send(TEN).header("etag");

    assertThat(bucket.link("GET", KEY).send("If-None-Match", etag).status()).isEqualTo(304);
    assertThat(bucket.link("GET", KEY).send("If-None-Match", "\"other\"").status()).isEqualTo(200);
    assertThat(bucket.link("GET", KEY).send("If-Match", etag).status()).isEqualTo(200);
    assertThat(bucket.link("GET", KEY).send("If-Match", "\"other\"").refusal())
        .isEqualTo("412 PreconditionFailed");
  }

  @Test
  void aLinkSaysHowItIsAnswered() throws Exception {
    assertThat(bucket.linkToPut(KEY, TEN).send(TEN).status()).isEqualTo(200);
    String disposition =
        URLEncoder.encode("attachment; filename=\"a b\"", UTF_8).replace("+", "%20");

    Answer got =
        bucket
            .link(
                "GET",
                KEY
                    + "?response-content-type=text%2Fplain&response-cache-control=no-store"
                    + "&response-content-disposition="
                    + disposition)
            .send();

    assertThat(got.status()).isEqualTo(200);
    assertThat(got.header("content-type")).isEqualTo("text/plain");
    assertThat(got.header("cache-control")).isEqualTo("no-store");
    assertThat(got.header("content-disposition")).isEqualTo("attachment; filename=\"a b\"");
    assertThat(bucket.link("GET", KEY + "?response-expires=x%0d%0aSet-Cookie:%20a=b").send())
        .extracting(Answer::refusal)
        .isEqualTo("400 InvalidArgument");
  }

  @Test
  void headIsGetWithoutTheBytes() throws Exception {
    assertThat(bucket.linkToPut(KEY, TEN).send(TEN).status()).isEqualTo(200);

    Answer head = bucket.link("HEAD", KEY).send();

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.header("content-length")).isEqualTo("10");
    assertThat(head.body()).isEmpty();
    assertThat(bucket.link("HEAD", "media/other").send().status()).isEqualTo(403);
  }

  @Test
  void whatIsDeletedIsGone() throws Exception {
    assertThat(bucket.linkToPut(KEY, TEN).send(TEN).status()).isEqualTo(200);

    assertThat(bucket.link("DELETE", KEY).send().status()).isEqualTo(204);
    assertThat(bucket.link("DELETE", KEY).send().status()).isEqualTo(204);

    assertThat(bucket.link("GET", KEY).send().refusal())
        .as("who may not list isn't told whether it is there")
        .isEqualTo("403 AccessDenied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"media/a b+c", "media/äöü", "media/../x", "media//y", "media/%41"})
  void aKeyIsAnyText(String key) throws Exception {
    String encoded = URLEncoder.encode(key, UTF_8).replace("+", "%20").replace("%2F", "/");
    assertThat(bucket.linkToPut(encoded, TEN).send(TEN).status()).isEqualTo(200);

    assertThat(bucket.link("GET", encoded).send().body()).isEqualTo(TEN);
    assertThat(bucket.link("GET", "media/x").send().status()).isEqualTo(403);
    assertThat(bucket.link("GET", "media/A").send().status()).isEqualTo(403);
  }

  @Test
  void ofAHundredUploadsOfOneKeyOneStaysWhole() throws Exception {
    List<byte[]> all = new ArrayList<>();
    Set<String> hashes = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      byte[] bytes = Bytes.random(150_000 + i);
      all.add(bytes);
      hashes.add(Bytes.sha256(bytes));
    }
    assertThat(bucket.linkToPut(KEY, all.getFirst()).send(all.getFirst()).status()).isEqualTo(200);
    var done = new AtomicBoolean();

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> reader =
          threads.submit(
              () -> {
                int read = 0;
                while (!done.get()) {
                  assertThat(hashes).contains(Bytes.sha256(bucket.link("GET", KEY).send().body()));
                  read++;
                }
                return read;
              });
      List<Future<Integer>> puts =
          all.stream()
              .map(bytes -> threads.submit(() -> bucket.linkToPut(KEY, bytes).send(bytes).status()))
              .toList();
      for (Future<Integer> put : puts) {
        assertThat(put.get()).isEqualTo(200);
      }
      done.set(true);
      assertThat(reader.get()).isPositive();
    }

    assertThat(hashes).contains(Bytes.sha256(bucket.link("GET", KEY).send().body()));
  }

  @Test
  void anUploadThatBreaksOffLeavesWhatWasThere() throws Exception {
    assertThat(bucket.linkToPut(KEY, TEN).send(TEN).status()).isEqualTo(200);
    byte[] others = Bytes.random(300_000);
    String target = bucket.linkToPut(KEY, others).url().toString();
    target = target.substring(target.indexOf('/', "http://".length()));
    try (Socket socket = new Socket("localhost", bucket.port())) {
      String head =
          String.join(
              "\r\n",
              "PUT " + target + " HTTP/1.1",
              "Host: localhost:" + bucket.port(),
              "Content-Length: " + others.length,
              "Content-Type: application/octet-stream",
              "x-amz-checksum-sha256: " + Bytes.sha256(others),
              "",
              "");
      socket.getOutputStream().write(head.getBytes(UTF_8));
      socket.getOutputStream().write(others, 0, 200_000);
      socket.getOutputStream().flush();
      assertThat(bucket.link("GET", KEY).send().body()).as("meanwhile").isEqualTo(TEN);
    }
    awaitLine("PUT /quantchat-media/" + KEY, 2);

    assertThat(bucket.link("GET", KEY).send().body()).isEqualTo(TEN);
    assertNothingOnItsWay();
  }

  @Test
  void aSlowUploadIsTakenAndItsConnectionKept() throws Exception {
    byte[] bytes = Bytes.random(1_000_000);
    String put = bucket.linkToPut(KEY, bytes).url().getRawPath();
    try (Socket socket = new Socket("localhost", bucket.port())) {
      for (int round = 0; round < 2; round++) {
        String head =
            String.join(
                "\r\n",
                "PUT %s?%s HTTP/1.1"
                    .formatted(put, bucket.linkToPut(KEY, bytes).url().getRawQuery()),
                "Host: localhost:" + bucket.port(),
                "Content-Length: " + bytes.length,
                "Content-Type: application/octet-stream",
                "x-amz-checksum-sha256: " + Bytes.sha256(bytes),
                "",
                "");
        socket.getOutputStream().write(head.getBytes(UTF_8));
        for (int sent = 0; sent < bytes.length; sent += 100_000) {
          socket.getOutputStream().write(bytes, sent, 100_000);
          socket.getOutputStream().flush();
          Thread.sleep(20);
        }
        var answer = new ByteArrayOutputStream();
        while (!answer.toString(UTF_8).endsWith("\r\n\r\n")) {
          answer.write(socket.getInputStream().read());
        }
        assertThat(answer.toString(UTF_8)).startsWith("HTTP/1.1 200 ").doesNotContain("close");
      }
    }

    assertThat(bucket.link("GET", KEY).send().body()).isEqualTo(bytes);
  }

  private void awaitLine(String start, int times) throws Exception {
    for (int seen = 0; seen < times; ) {
      if (bucket.lines.take().startsWith(start)) {
        seen++;
      }
    }
  }

  /** Whether nothing is left of bodies that were refused or broken off. */
  abstract void assertNothingOnItsWay() throws Exception;

  @Test
  void aRefusedUploadLeavesNothing() throws Exception {
    byte[] others = Bytes.random(300_000);
    assertThat(bucket.linkToPut(KEY, Bytes.random(300_000)).send(others).refusal())
        .isEqualTo("400 BadDigest");

    assertNothingOnItsWay();
    assertThat(bucket.link("GET", KEY).send().status()).isEqualTo(403);
  }

  @Test
  void theSdksClientPutsAndGets() {
    byte[] bytes = Bytes.random(1_000_000);
    client.putObject(
        put ->
            put.bucket(BucketOnPort.NAME)
                .key(KEY)
                .contentType("image/png")
                .checksumSHA256(Bytes.sha256(bytes)),
        RequestBody.fromBytes(bytes));

    var got =
        client.getObjectAsBytes(
            get -> get.bucket(BucketOnPort.NAME).key(KEY).checksumMode(ChecksumMode.ENABLED));
    GetObjectResponse part =
        client
            .getObjectAsBytes(get -> get.bucket(BucketOnPort.NAME).key(KEY).range("bytes=5-9"))
            .response();
    HeadObjectResponse head = client.headObject(it -> it.bucket(BucketOnPort.NAME).key(KEY));

    assertThat(got.asByteArray()).isEqualTo(bytes);
    assertThat(got.response().contentType()).isEqualTo("image/png");
    assertThat(got.response().checksumSHA256()).isEqualTo(Bytes.sha256(bytes));
    assertThat(part.contentRange()).isEqualTo("bytes 5-9/1000000");
    assertThat(head.contentLength()).isEqualTo(1_000_000);
    assertThat(head.eTag()).isEqualTo(got.response().eTag());

    client.deleteObject(it -> it.bucket(BucketOnPort.NAME).key(KEY));
    assertThatThrownBy(() -> client.headObject(it -> it.bucket(BucketOnPort.NAME).key(KEY)))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    assertThatThrownBy(() -> client.listObjectsV2(it -> it.bucket(BucketOnPort.NAME)))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
  }
}
