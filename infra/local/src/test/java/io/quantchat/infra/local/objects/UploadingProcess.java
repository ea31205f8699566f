package io.quantchat.infra.local.objects;

import static io.quantchat.infra.local.objects.BucketOnPort.KEY;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;

/** A program that puts objects, whole and in parts, until it is killed, and says what is done. */
public final class UploadingProcess {

  static final int SIZE = 200_000;

  private UploadingProcess() {}

  /**
   * Runs until it is killed.
   *
   * @param arguments the objects' folder, and a number that its keys begin with
   */
  public static void main(String[] arguments) throws Exception {
    BucketOnPort bucket = BucketOnPort.of(DiskBlobs.in(Path.of(arguments[0])));
    S3Client client = SdkClient.of(bucket);
    String round = "media/" + arguments[1] + "-";
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      put(bucket, KEY, new byte[SIZE]);
      for (int i = 0; i < 2; i++) {
        var _ =
            threads.submit(() -> putWhole(bucket, round + "w" + Thread.currentThread().threadId()));
      }
      var _ = threads.submit(() -> putInParts(client, round + "p"));
      for (int i = 0; i < 2; i++) {
        var _ = threads.submit(() -> overwrite(bucket));
      }
    }
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  static byte[] value(String key) {
    var bytes = new byte[SIZE];
    new Random(key.hashCode()).nextBytes(bytes);
    return bytes;
  }

  private static void put(BucketOnPort bucket, String key, byte[] bytes) throws Exception {
    int status = bucket.linkToPut(key, bytes).send(bytes).status();
    if (status != 200) {
      throw new IllegalStateException(key + ": " + status);
    }
  }

  /** Each second one is deleted again. */
  private static Void putWhole(BucketOnPort bucket, String prefix) throws Exception {
    for (int i = 0; ; i++) {
      String key = prefix + "-" + i;
      put(bucket, key, value(key));
      say("put " + key);
      if (i % 2 == 1) {
        say("deleting " + key);
        int status = bucket.link("DELETE", key).send().status();
        if (status == 204) {
          say("deleted " + key);
        }
      }
    }
  }

  private static Void putInParts(S3Client client, String prefix) {
    for (int i = 0; ; i++) {
      String key = prefix + "-" + i;
      byte[] bytes = value(key);
      String id =
          client
              .createMultipartUpload(
                  it ->
                      it.bucket(BucketOnPort.NAME)
                          .key(key)
                          .checksumAlgorithm(ChecksumAlgorithm.SHA256))
              .uploadId();
      String etag =
          client
              .uploadPart(
                  it ->
                      it.bucket(BucketOnPort.NAME)
                          .key(key)
                          .uploadId(id)
                          .partNumber(1)
                          .checksumSHA256(Bytes.sha256(bytes)),
                  RequestBody.fromBytes(bytes))
              .eTag();
      client.completeMultipartUpload(
          it ->
              it.bucket(BucketOnPort.NAME)
                  .key(key)
                  .uploadId(id)
                  .multipartUpload(
                      upload ->
                          upload.parts(
                              List.of(
                                  software.amazon.awssdk.services.s3.model.CompletedPart.builder()
                                      .partNumber(1)
                                      .eTag(etag)
                                      .checksumSHA256(Bytes.sha256(bytes))
                                      .build()))));
      say("put " + key);
    }
  }

  private static Void overwrite(BucketOnPort bucket) throws Exception {
    for (byte i = 0; ; i++) {
      var bytes = new byte[SIZE];
      Arrays.fill(bytes, i);
      put(bucket, KEY, bytes);
    }
  }
}
