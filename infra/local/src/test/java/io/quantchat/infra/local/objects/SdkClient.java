package io.quantchat.infra.local.objects;

import java.net.URI;
import java.time.Clock;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.auth.scheme.S3AuthSchemeProvider;

/** AWS's own client of S3, which signs in the Authorization header. */
final class SdkClient {

  private SdkClient() {}

  static S3Client of(BucketOnPort bucket) {
    return S3Client.builder()
        .endpointOverride(URI.create("http://localhost:" + bucket.port()))
        .region(Region.of(BucketOnPort.CREDENTIALS.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    BucketOnPort.CREDENTIALS.accessKeyId(), BucketOnPort.CREDENTIALS.secretKey())))
        .httpClient(UrlConnectionHttpClient.create())
        .authSchemeProvider(signingBy(bucket.clock))
        .forcePathStyle(true)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .serviceConfiguration(it -> it.chunkedEncodingEnabled(false))
        .overrideConfiguration(it -> it.retryStrategy(retries -> retries.maxAttempts(1)))
        .build();
  }

  static S3AuthSchemeProvider signingBy(Clock clock) {
    return asked ->
        S3AuthSchemeProvider.defaultProvider().resolveAuthScheme(asked).stream()
            .map(
                scheme ->
                    scheme.toBuilder()
                        .putSignerProperty(AwsV4HttpSigner.SIGNING_CLOCK, clock)
                        .build())
            .toList();
  }
}
