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
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What a bucket does, wherever it keeps its objects: by links, and asked by the SDK's client. */
abstract class ObjectsContract {

  private static final byte[] TEN = "0123456789".getBytes(UTF_8);

  /** The smallest that may be followed by another. */
  private static final int PART = 5 << 20;

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

  @Test
  void anObjectIsMadeOfItsParts() throws Exception {
    List<byte[]> parts = List.of(Bytes.random(PART), Bytes.random(PART), Bytes.random(1_234));
    String id = begin();

    for (int number : List.of(3, 1)) {
      put(id, number, parts.get(number - 1));
    }
    assertThat(arrived(id)).extracting(Part::partNumber).containsExactly(1, 3);
    put(id, 2, parts.get(1));
    List<Part> arrived = arrived(id);
    assertThat(bucket.link("GET", KEY).send().status()).as("not yet").isEqualTo(403);
    var whole = complete(id, arrived);
    Answer got = bucket.link("GET", KEY).send();
    Answer across =
        bucket.link("GET", KEY).send("Range", "bytes=%d-%d".formatted(PART - 8, PART + 7));

    assertThat(arrived)
        .extracting(Part::checksumSHA256)
        .containsExactlyElementsOf(parts.stream().map(Bytes::sha256).toList());
    assertThat(arrived).extracting(Part::size).containsExactly((long) PART, (long) PART, 1_234L);
    assertThat(whole.eTag()).matches("\"[0-9a-f]{32}-3\"");
    assertThat(whole.checksumSHA256()).endsWith("-3");
    assertThat(got.body()).isEqualTo(concatenated(parts));
    assertThat(got.header("etag")).isEqualTo(whole.eTag());
    assertThat(across.body())
        .isEqualTo(Arrays.copyOfRange(concatenated(parts), PART - 8, PART + 8));
    assertThatThrownBy(() -> arrived(id)).isInstanceOf(NoSuchUploadException.class);
    assertNothingOnItsWay();
  }

  @Test
  void aPartCanBePutAgain() throws Exception {
    String id = begin();
    put(id, 1, Bytes.random(PART));
    byte[] second = Bytes.random(PART);
    put(id, 1, second);

    complete(id, arrived(id));

    assertThat(bucket.link("GET", KEY).send().body()).isEqualTo(second);
  }

  @Test
  void partsAreListedInPages() throws Exception {
    String id = begin();
    for (int number = 1; number <= 5; number++) {
      put(id, number, TEN);
    }

    var first =
        client.listParts(it -> it.bucket(BucketOnPort.NAME).key(KEY).uploadId(id).maxParts(2));
    var numbers =
        client
            .listPartsPaginator(
                it -> it.bucket(BucketOnPort.NAME).key(KEY).uploadId(id).maxParts(2))
            .parts()
            .stream()
            .map(Part::partNumber)
            .toList();

    assertThat(first.isTruncated()).isTrue();
    assertThat(first.parts()).hasSize(2);
    assertThat(numbers).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void anUploadIsForItsOwnKeyAlone() throws Exception {
    String id = begin();

    assertThat(bucket.linkToPut("media/other?partNumber=1&uploadId=" + id, TEN).send(TEN).refusal())
        .isEqualTo("404 NoSuchUpload");
    for (String unknown : List.of("../../tables", "x", "0".repeat(64), "")) {
      String encoded = URLEncoder.encode(unknown, UTF_8);
      assertThat(bucket.link("GET", KEY + "?uploadId=" + encoded).send().refusal())
          .isEqualTo("404 NoSuchUpload");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "10001", "-1", "a", "", "1.5"})
  void aPartHasANumber(String number) throws Exception {
    String id = begin();

    assertThat(bucket.linkToPut(KEY + "?partNumber=" + number + "&uploadId=" + id, TEN).send(TEN))
        .extracting(Answer::refusal)
        .isEqualTo("400 InvalidArgument");
  }

  @Test
  void aPartNeedsItsChecksum() throws Exception {
    String id = begin();

    Answer without = bucket.link("PUT", KEY + "?partNumber=1&uploadId=" + id).send(TEN);
    Answer another =
        bucket
            .linkToPut(KEY + "?partNumber=1&uploadId=" + id, TEN)
            .send("9876543210".getBytes(UTF_8));

    assertThat(without.refusal()).isEqualTo("400 InvalidRequest");
    assertThat(another.refusal()).isEqualTo("400 BadDigest");
    assertThat(arrived(id)).isEmpty();
  }

  @Test
  void anUploadIsCompletedWithWhatArrived() throws Exception {
    String id = begin();
    put(id, 1, Bytes.random(PART));
    put(id, 2, Bytes.random(PART));
    Part first = arrived(id).getFirst();
    Part second = arrived(id).getLast();

    assertRefused(id, "InvalidPartOrder", second, first);
    assertRefused(id, "InvalidPartOrder", first, first);
    assertRefused(id, "InvalidPart", first, second.toBuilder().partNumber(3).build());
    assertRefused(id, "InvalidPart", first, second.toBuilder().eTag("\"other\"").build());
    assertRefused(
        id,
        "InvalidPart",
        first,
        second.toBuilder().checksumSHA256(first.checksumSHA256()).build());
    assertRefused(id, "InvalidRequest", first, second.toBuilder().checksumSHA256(null).build());
    for (String xml :
        List.of(
            "",
            "<x/>",
            "<CompleteMultipartUpload><Part>",
            "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><CompleteMultipartUpload><Part>"
                + "<PartNumber>1</PartNumber><ETag>&b;</ETag></Part></CompleteMultipartUpload>",
            "<CompleteMultipartUpload><Part><PartNumber>x</PartNumber><ETag>a</ETag></Part>"
                + "</CompleteMultipartUpload>")) {
      assertThat(
              bucket
                  .link("POST", KEY + "?uploadId=" + id)
                  .send(BodyPublishers.ofString(xml))
                  .refusal())
          .isEqualTo("400 MalformedXML");
    }
    assertThat(bucket.link("GET", KEY).send().status()).isEqualTo(403);

    complete(id, List.of(first, second));
    assertThat(bucket.link("GET", KEY).send().status()).isEqualTo(200);
  }

  @Test
  void aSmallPartIsTheLastOne() {
    String id = begin();
    put(id, 1, TEN);
    put(id, 2, TEN);

    assertRefused(id, "EntityTooSmall", arrived(id).toArray(Part[]::new));
  }

  @Test
  void anUploadThatIsGivenUpIsGone() {
    String id = begin();
    put(id, 1, TEN);

    client.abortMultipartUpload(it -> it.bucket(BucketOnPort.NAME).key(KEY).uploadId(id));

    assertThatThrownBy(() -> arrived(id)).isInstanceOf(NoSuchUploadException.class);
    assertThatThrownBy(() -> put(id, 2, TEN)).isInstanceOf(NoSuchUploadException.class);
  }

  @Test
  void aHundredPutsOfOnePartAndCompletionsAtOnceMakeOneObject() throws Exception {
    String id = begin();
    List<byte[]> all = new ArrayList<>();
    Set<String> hashes = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      byte[] bytes = Bytes.random(40_000 + i);
      all.add(bytes);
      hashes.add(Bytes.sha256(bytes));
    }
    put(id, 1, all.getFirst());
    int completed = 0;

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var puts =
          all.stream()
              .map(
                  bytes ->
                      threads.submit(
                          () ->
                              bucket
                                  .linkToPut(KEY + "?partNumber=1&uploadId=" + id, bytes)
                                  .send(bytes)
                                  .refusal()))
              .toList();
      while (completed == 0) {
        completed = completeOnce(id);
      }
      for (Future<String> put : puts) {
        assertThat(put.get()).isIn("200", "404 NoSuchUpload");
      }
    }

    assertThat(hashes).contains(Bytes.sha256(bucket.link("GET", KEY).send().body()));
    assertThatThrownBy(() -> arrived(id)).isInstanceOf(NoSuchUploadException.class);
  }

  /** Another part may have come since the list was asked for. */
  private int completeOnce(String id) {
    try {
      complete(id, arrived(id));
      return 1;
    } catch (S3Exception e) {
      assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidPart");
      return 0;
    }
  }

  @Test
  void whatHasHadItsTimeIsDeleted() throws Exception {
    assertThat(bucket.linkToPut(KEY, TEN).send(TEN).status()).isEqualTo(200);
    String id = begin();
    put(id, 1, TEN);
    bucket.clock.forward(Duration.ofDays(1).minusMillis(1));
    bucket.bucket().lifecycle().sweep();
    assertThat(arrived(id)).hasSize(1);

    bucket.clock.forward(Duration.ofMillis(1));
    bucket.bucket().lifecycle().sweep();
    assertThatThrownBy(() -> arrived(id)).isInstanceOf(NoSuchUploadException.class);

    bucket.clock.forward(Duration.ofDays(6).minusMillis(1));
    bucket.bucket().lifecycle().sweep();
    assertThat(bucket.link("GET", KEY).send().status()).isEqualTo(200);

    bucket.clock.forward(Duration.ofMillis(1));
    bucket.bucket().lifecycle().sweep();
    assertThat(bucket.link("GET", KEY).send().status()).isEqualTo(403);
  }

  @Test
  void pagesOfTheOriginMayAsk() throws Exception {
    Answer allowed =
        bucket
            .link("PUT", KEY)
            .as("OPTIONS")
            .send(
                "Origin",
                "https://chat.example",
                "Access-Control-Request-Method",
                "PUT",
                "Access-Control-Request-Headers",
                "content-type, X-Amz-Checksum-SHA256");
    Answer got = bucket.link("GET", KEY).send("Origin", "https://web.chat.example");

    assertThat(allowed.status()).isEqualTo(200);
    assertThat(allowed.header("access-control-allow-origin")).isEqualTo("https://chat.example");
    assertThat(allowed.header("access-control-allow-methods")).isEqualTo("GET, PUT");
    assertThat(allowed.header("access-control-allow-headers"))
        .isEqualTo("content-type, x-amz-checksum-sha256");
    assertThat(allowed.header("access-control-max-age")).isEqualTo("600");
    assertThat(allowed.header("vary")).contains("Origin");
    assertThat(got.status()).as("refusals can be read, too").isEqualTo(403);
    assertThat(got.header("access-control-allow-origin")).isEqualTo("https://web.chat.example");
    assertThat(got.header("access-control-expose-headers")).isEqualTo("ETag");
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.example, PUT, content-type",
    "https://chat.example.evil, PUT, content-type",
    "https://chat.example, DELETE, content-type",
    "https://chat.example, PUT, authorization"
  })
  void otherPagesMayNot(String origin, String method, String headers) throws Exception {
    Answer refused =
        bucket
            .link("GET", KEY)
            .as("OPTIONS")
            .send(
                "Origin",
                origin,
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                headers);

    assertThat(refused.refusal()).isEqualTo("403 AccessForbidden");
    assertThat(refused.header("access-control-allow-origin")).isNull();
    assertThat(bucket.link("GET", KEY).as("OPTIONS").send().refusal()).isEqualTo("400 BadRequest");
  }

  private String begin() {
    return client
        .createMultipartUpload(
            it -> it.bucket(BucketOnPort.NAME).key(KEY).checksumAlgorithm(ChecksumAlgorithm.SHA256))
        .uploadId();
  }

  private void put(String id, int number, byte[] bytes) {
    var _ =
        client.uploadPart(
            it ->
                it.bucket(BucketOnPort.NAME)
                    .key(KEY)
                    .uploadId(id)
                    .partNumber(number)
                    .checksumSHA256(Bytes.sha256(bytes)),
            RequestBody.fromBytes(bytes));
  }

  private List<Part> arrived(String id) {
    return client.listParts(it -> it.bucket(BucketOnPort.NAME).key(KEY).uploadId(id)).parts();
  }

  private CompleteMultipartUploadResponse complete(String id, List<Part> parts) {
    List<CompletedPart> completed =
        parts.stream()
            .map(
                part ->
                    CompletedPart.builder()
                        .partNumber(part.partNumber())
                        .eTag(part.eTag())
                        .checksumSHA256(part.checksumSHA256())
                        .build())
            .toList();
    return client.completeMultipartUpload(
        it ->
            it.bucket(BucketOnPort.NAME)
                .key(KEY)
                .uploadId(id)
                .multipartUpload(upload -> upload.parts(completed)));
  }

  private void assertRefused(String id, String code, Part... parts) {
    assertThatThrownBy(() -> complete(id, List.of(parts)))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code));
  }

  private static byte[] concatenated(List<byte[]> parts) {
    var all = new ByteArrayOutputStream();
    parts.forEach(all::writeBytes);
    return all.toByteArray();
  }
}
