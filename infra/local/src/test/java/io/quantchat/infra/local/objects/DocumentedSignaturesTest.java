package io.quantchat.infra.local.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.infra.local.signing.SigningCredentials;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

/**
 * The examples of the Amazon S3 API Reference's "Authenticating Requests": "Signature Calculations
 * for the Authorization Header" and "Using Query Parameters".
 */
class DocumentedSignaturesTest {

  private static final Instant SIGNED_AT = Instant.parse("2013-05-24T00:00:00Z");
  private static final String EMPTY =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @Test
  void getObjectIsSignedSo() throws Exception {
    S3Request request =
        request(
            "GET",
            "/test.txt",
            null,
            signed(
                    "host;range;x-amz-content-sha256;x-amz-date",
                    "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
                .add("Range", "bytes=0-9")
                .add("x-amz-content-sha256", EMPTY));

    assertThat(signatures(SIGNED_AT).check(request)).isEqualTo(EMPTY);
  }

  @Test
  void putObjectIsSignedSo() throws Exception {
    String payload = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";
    S3Request request =
        request(
            "PUT",
            "/test%24file.text",
            null,
            signed(
                    "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
                    "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")
                .add("Date", "Fri, 24 May 2013 00:00:00 GMT")
                .add("x-amz-storage-class", "REDUCED_REDUNDANCY")
                .add("x-amz-content-sha256", payload));

    assertThat(signatures(SIGNED_AT).check(request)).isEqualTo(payload);
  }

  @Test
  void aLinkIsSignedSo() throws Exception {
    S3Request request =
        request(
            "GET",
            "/test.txt",
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524"
                + "%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400"
                + "&X-Amz-SignedHeaders=host&X-Amz-Signature="
                + "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
            HttpFields.build().add("Host", "examplebucket.s3.amazonaws.com"));

    assertThat(signatures(SIGNED_AT).check(request)).isEqualTo("UNSIGNED-PAYLOAD");
    assertThat(signatures(SIGNED_AT.plusSeconds(86_399)).check(request)).isNotNull();
    assertThatThrownBy(() -> signatures(SIGNED_AT.plusSeconds(86_400)).check(request))
        .isInstanceOfSatisfying(
            S3Error.class, e -> assertThat(e.reason()).isEqualTo(S3Error.Reason.EXPIRED));
  }

  private static HttpFields.Mutable signed(String headers, String signature) {
    return HttpFields.build()
        .add("Host", "examplebucket.s3.amazonaws.com")
        .add("x-amz-date", "20130524T000000Z")
        .add(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                + "SignedHeaders=%s,Signature=%s".formatted(headers, signature));
  }

  private static S3Request request(String method, String path, String query, HttpFields headers)
      throws S3Error {
    return new S3Request(
        method, path, QueryParameters.of(query), headers, InputStream.nullInputStream());
  }

  private static RequestSignatures signatures(Instant now) {
    return new RequestSignatures(
        new SigningCredentials(
            "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1"),
        Clock.fixed(now, ZoneOffset.UTC));
  }
}
