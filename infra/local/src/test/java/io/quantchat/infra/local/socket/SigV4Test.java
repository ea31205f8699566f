package io.quantchat.infra.local.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.local.signing.SigningCredentials;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;

/**
 * The examples are AWS's own: "get-vanilla" and "get-vanilla-query-order-key-case" of the Signature
 * Version 4 test suite, and the ListUsers request of the General Reference.
 */
class SigV4Test {

  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final Instant SIGNED_AT = Instant.parse("2015-08-30T12:36:00Z");
  private static final String VANILLA =
      "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";

  @Test
  void theExamplesOfTheTestSuitePass() {
    assertThat(verify(vanilla(VANILLA), SIGNED_AT)).isNull();
    assertThat(
            verify(
                request(
                    "Param2=value2&Param1=value1",
                    headers(
                        credential("AKIDEXAMPLE", "20150830/us-east-1/service/aws4_request"),
                        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
                    ""),
                SIGNED_AT))
        .isNull();
  }

  @Test
  void theListUsersExamplePasses() {
    HttpFields headers =
        HttpFields.build()
            .add("Host", "iam.amazonaws.com")
            .add("Content-Type", "application/x-www-form-urlencoded;  charset=utf-8")
            .add("X-Amz-Date", "20150830T123600Z")
            .add(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request,"
                    + " SignedHeaders=content-type;host;x-amz-date, Signature="
                    + "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
    SignedRequest request =
        new SignedRequest("GET", "/", "Action=ListUsers&Version=2010-05-08", headers, new byte[0]);

    assertThat(signatures("iam", SIGNED_AT).refusal(request)).isEmpty();
  }

  @Test
  void aChangeOfAnythingSignedIsAMismatch() {
    String other = VANILLA.replace('5', '6');
    assertThat(verify(vanilla(other), SIGNED_AT)).isEqualTo(SigV4.Refusal.MISMATCH);
    assertThat(verify(vanilla(VANILLA.substring(1)), SIGNED_AT)).isEqualTo(SigV4.Refusal.MISMATCH);
    assertThat(verify(request(null, vanilla(VANILLA).headers(), "body"), SIGNED_AT))
        .isEqualTo(SigV4.Refusal.MISMATCH);
    assertThat(verify(request("a=1", vanilla(VANILLA).headers(), ""), SIGNED_AT))
        .isEqualTo(SigV4.Refusal.MISMATCH);
    assertThat(
            verify(
                request(
                    null,
                    HttpFields.build(vanilla(VANILLA).headers()).put("Host", "example.com"),
                    ""),
                SIGNED_AT))
        .isEqualTo(SigV4.Refusal.MISMATCH);
    assertThat(
            verify(
                request(
                    null,
                    HttpFields.build(vanilla(VANILLA).headers())
                        .put("x-amz-content-sha256", "UNSIGNED-PAYLOAD"),
                    ""),
                SIGNED_AT))
        .isEqualTo(SigV4.Refusal.MISMATCH);
  }

  @Test
  void theDateMayBeFiveMinutesOffEitherWay() {
    assertThat(verify(vanilla(VANILLA), SIGNED_AT.plusSeconds(300))).isNull();
    assertThat(verify(vanilla(VANILLA), SIGNED_AT.minusSeconds(300))).isNull();
    assertThat(verify(vanilla(VANILLA), SIGNED_AT.plusSeconds(301)))
        .isEqualTo(SigV4.Refusal.EXPIRED);
    assertThat(verify(vanilla(VANILLA), SIGNED_AT.minusSeconds(301)))
        .isEqualTo(SigV4.Refusal.EXPIRED);
  }

  @Test
  void keyAndScopeMustBeThisGateways() {
    assertThat(verifyCredential("AKIDOTHER/20150830/us-east-1/service/aws4_request"))
        .isEqualTo(SigV4.Refusal.UNKNOWN_KEY);
    assertThat(verifyCredential("AKIDEXAMPLE/20150830/eu-west-1/service/aws4_request"))
        .isEqualTo(SigV4.Refusal.WRONG_SCOPE);
    assertThat(verifyCredential("AKIDEXAMPLE/20150830/us-east-1/s3/aws4_request"))
        .isEqualTo(SigV4.Refusal.WRONG_SCOPE);
    assertThat(verifyCredential("AKIDEXAMPLE/20150829/us-east-1/service/aws4_request"))
        .isEqualTo(SigV4.Refusal.WRONG_SCOPE);
    assertThat(verifyCredential("AKIDEXAMPLE")).isEqualTo(SigV4.Refusal.INCOMPLETE);
  }

  @Test
  void whatIsNotSignedOrNotFullySignedIsRefused() {
    assertThat(verify(request(null, HttpFields.EMPTY, ""), SIGNED_AT))
        .isEqualTo(SigV4.Refusal.NOT_SIGNED);
    HttpFields bearer = HttpFields.build().add("Authorization", "Bearer abc");
    assertThat(verify(request(null, bearer, ""), SIGNED_AT)).isEqualTo(SigV4.Refusal.NOT_SIGNED);
    String hostUnsigned =
        vanilla(VANILLA).headers().get("Authorization").replace("host;x-amz-date", "x-amz-date");
    assertThat(
            verify(
                request(
                    null,
                    HttpFields.build(vanilla(VANILLA).headers()).put("Authorization", hostUnsigned),
                    ""),
                SIGNED_AT))
        .isEqualTo(SigV4.Refusal.INCOMPLETE);
  }

  private static SigV4.Refusal verifyCredential(String credential) {
    return verify(request(null, headers("Credential=" + credential, VANILLA), ""), SIGNED_AT);
  }

  private static SigV4.Refusal verify(SignedRequest request, Instant now) {
    return signatures("service", now).refusal(request).orElse(null);
  }

  private static SigV4 signatures(String service, Instant now) {
    return new SigV4(
        new SigningCredentials("AKIDEXAMPLE", SECRET, "us-east-1"),
        service,
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private static SignedRequest vanilla(String signature) {
    return request(
        null,
        headers(credential("AKIDEXAMPLE", "20150830/us-east-1/service/aws4_request"), signature),
        "");
  }

  private static String credential(String accessKeyId, String scope) {
    return "Credential=" + accessKeyId + "/" + scope;
  }

  private static HttpFields headers(String credential, String signature) {
    return HttpFields.build()
        .add("Host", "example.amazonaws.com")
        .add("X-Amz-Date", "20150830T123600Z")
        .add(
            "Authorization",
            "AWS4-HMAC-SHA256 "
                + credential
                + ", SignedHeaders=host;x-amz-date, Signature="
                + signature);
  }

  private static SignedRequest request(String query, HttpFields headers, String body) {
    return new SignedRequest("GET", "/", query, headers, body.getBytes(StandardCharsets.UTF_8));
  }
}
