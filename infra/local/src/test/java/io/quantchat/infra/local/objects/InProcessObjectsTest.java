package io.quantchat.infra.local.objects;

import static io.quantchat.infra.local.objects.BucketOnPort.KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What functions ask in the process is what is asked over the port, signatures included. */
class InProcessObjectsTest {

  private static S3Client client(BucketOnPort bucket, String secret) {
    return S3Client.builder()
        .endpointOverride(URI.create("http://localhost"))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(BucketOnPort.CREDENTIALS.accessKeyId(), secret)))
        .httpClient(bucket.bucket().client())
        .forcePathStyle(true)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .serviceConfiguration(it -> it.chunkedEncodingEnabled(false))
        .authSchemeProvider(SdkClient.signingBy(bucket.clock))
        .build();
  }

  @Test
  void theFunctionsOwnWayLeadsToTheSameBucket() throws Exception {
    byte[] bytes = "from within".getBytes(UTF_8);
    try (BucketOnPort bucket = BucketOnPort.of(new MemoryBlobs(1 << 20));
        S3Client within = client(bucket, BucketOnPort.CREDENTIALS.secretKey())) {
      within.putObject(it -> it.bucket(BucketOnPort.NAME).key(KEY), RequestBody.fromBytes(bytes));

      assertThat(bucket.link("GET", KEY).send().body()).isEqualTo(bytes);
      assertThat(within.headObject(it -> it.bucket(BucketOnPort.NAME).key(KEY)).contentLength())
          .isEqualTo(bytes.length);
      assertThat(within.getObjectAsBytes(it -> it.bucket(BucketOnPort.NAME).key(KEY)).asByteArray())
          .isEqualTo(bytes);
    }
  }

  @Test
  void thereToNobodyGetsInWithAnotherKey() throws Exception {
    try (BucketOnPort bucket = BucketOnPort.of(new MemoryBlobs(1 << 20));
        S3Client within = client(bucket, "another secret")) {
      assertThatThrownBy(() -> within.deleteObject(it -> it.bucket(BucketOnPort.NAME).key(KEY)))
          .isInstanceOfSatisfying(
              S3Exception.class,
              e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("SignatureDoesNotMatch"));
    }
  }
}
