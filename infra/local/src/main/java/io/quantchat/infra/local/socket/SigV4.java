package io.quantchat.infra.local.socket;

import io.quantchat.infra.local.gateway.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks Signature Version 4 in the Authorization header, as the IAM User Guide's "Create a signed
 * AWS API request" defines it: the request is put into canonical form, signed again with the one
 * secret key there is, and compared in constant time.
 */
final class SigV4 {

  /** Why a request is refused; the texts are AWS's own where it has one for the case. */
  enum Refusal {
    NOT_SIGNED("MissingAuthenticationTokenException", "Missing Authentication Token"),
    INCOMPLETE(
        "IncompleteSignatureException",
        "Authorization header must have Credential, SignedHeaders (host among them), Signature and"
            + " a date"),
    UNKNOWN_KEY(
        "UnrecognizedClientException", "The security token included in the request is invalid."),
    WRONG_SCOPE(
        "InvalidSignatureException", "Credential should be scoped to this region and service."),
    EXPIRED(
        "InvalidSignatureException",
        "Signature expired or not yet current: the date is more than 5 minutes off."),
    MISMATCH(
        "InvalidSignatureException",
        "The request signature we calculated does not match the signature you provided.");

    private final String errorType;
    private final String message;

    Refusal(String errorType, String message) {
      this.errorType = errorType;
      this.message = message;
    }

    HttpAnswer answer() {
      return HttpAnswer.error(403, errorType, message);
    }
  }

  static final Duration MAX_SKEW = Duration.ofMinutes(5);
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String CONTENT_HASH = "x-amz-content-sha256";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final HexFormat HEX = HexFormat.of();

  private record DayKey(String day, SecretKeySpec key) {}

  private final SigningCredentials credentials;
  private final String service;
  private final Clock clock;
  private volatile DayKey dayKey = new DayKey("", null);

  SigV4(SigningCredentials credentials, String service, Clock clock) {
    this.credentials = credentials;
    this.service = service;
    this.clock = clock;
  }

  /** Nothing if the request is signed well. */
  Optional<Refusal> refusal(SignedRequest request) {
    String header = request.header("authorization").orElse("");
    if (!header.startsWith(ALGORITHM + " ")) {
      return Optional.of(Refusal.NOT_SIGNED);
    }
    String credential = part(header, "Credential=");
    String signature = part(header, "Signature=");
    List<String> signedHeaders = List.of(part(header, "SignedHeaders=").split(";", -1));
    List<String> scope = List.of(credential.split("/", -1));
    String date = request.header("x-amz-date").orElse("");
    if (scope.size() != 5
        || signature.isEmpty()
        || !signedHeaders.contains("host")
        || !signedHeaders.contains("x-amz-date")) {
      return Optional.of(Refusal.INCOMPLETE);
    }
    if (!sameBytes(scope.get(0), credentials.accessKeyId())) {
      return Optional.of(Refusal.UNKNOWN_KEY);
    }
    String day = scope.get(1);
    if (!scope.subList(2, 5).equals(List.of(credentials.region(), service, "aws4_request"))
        || !date.startsWith(day + "T")) {
      return Optional.of(Refusal.WRONG_SCOPE);
    }
    if (!isCurrent(date)) {
      return Optional.of(Refusal.EXPIRED);
    }
    String bodyHash = HEX.formatHex(sha256(request.body()));
    if (!request.header(CONTENT_HASH).orElse(bodyHash).equals(bodyHash)) {
      return Optional.of(Refusal.MISMATCH);
    }
    String toSign =
        ALGORITHM
            + "\n"
            + date
            + "\n"
            + String.join("/", scope.subList(1, 5))
            + "\n"
            + HEX.formatHex(sha256(utf8(request.canonical(signedHeaders, bodyHash))));
    String expected = HEX.formatHex(hmac(keyOf(day), toSign));
    return sameBytes(expected, signature) ? Optional.empty() : Optional.of(Refusal.MISMATCH);
  }

  private boolean isCurrent(String date) {
    try {
      Instant signed = DATE.parse(date, Instant::from);
      return Duration.between(signed, clock.instant()).abs().compareTo(MAX_SKEW) <= 0;
    } catch (DateTimeException _) {
      return false;
    }
  }

  /** Deriving a key takes four HMACs, and it is the same for a whole day. */
  private SecretKeySpec keyOf(String day) {
    DayKey cached = dayKey;
    if (cached.day().equals(day)) {
      return cached.key();
    }
    byte[] key = utf8("AWS4" + credentials.secretKey());
    for (String part : List.of(day, credentials.region(), service, "aws4_request")) {
      key = hmac(hmacKey(key), part);
    }
    dayKey = new DayKey(day, hmacKey(key));
    return dayKey.key();
  }

  private static String part(String header, String name) {
    int start = header.indexOf(name);
    if (start < 0) {
      return "";
    }
    int end = header.indexOf(',', start);
    return header.substring(start + name.length(), end < 0 ? header.length() : end).trim();
  }

  private static boolean sameBytes(String one, String other) {
    return MessageDigest.isEqual(utf8(one), utf8(other));
  }

  private static SecretKeySpec hmacKey(byte[] key) {
    return new SecretKeySpec(key, "HmacSHA256");
  }

  private static byte[] hmac(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(utf8(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
