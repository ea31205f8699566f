package io.quantchat.infra.local.objects;

import static io.quantchat.infra.local.objects.BucketOnPort.KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.infra.local.objects.BucketOnPort.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What is done with uploads in parts, wherever they are kept. */
abstract class UploadsContract {

  private static final byte[] TEN = "0123456789".getBytes(UTF_8);

  /** The smallest that may be followed by another. */
  private static final int PART = 5 << 20;

  private Blobs blobs;
  private BucketOnPort bucket;
  private S3Client client;

  abstract Blobs blobs() throws IOException;

  @BeforeEach
  void start() throws Exception {
    blobs = blobs();
    bucket = BucketOnPort.of(blobs);
    client = SdkClient.of(bucket);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    bucket.close();
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
    assertThat(blobs.names(BlobName.Kind.UPLOAD, "")).isEmpty();
    assertThat(blobs.names(BlobName.Kind.PART, "")).isEmpty();
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
