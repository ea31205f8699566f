package io.quantchat.infra.local.socket;

import io.quantchat.infra.local.gateway.HttpAnswer;
import io.quantchat.infra.local.signing.SigningCredentials;
import io.quantchat.infra.local.signing.SigningKey;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

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
  private static final String CONTENT_HASH = "x-amz-content-sha256";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final HexFormat HEX = HexFormat.of();

  private final SigningKey key;
  private final Clock clock;

  SigV4(SigningCredentials credentials, String service, Clock clock) {
    this.key = new SigningKey(credentials, service);
    this.clock = clock;
  }

  /** Nothing if the request is signed well. */
  Optional<Refusal> refusal(SignedRequest request) {
    String header = request.header("authorization").orElse("");
    if (!header.startsWith(SigningKey.ALGORITHM + " ")) {
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
    if (!key.isOf(scope.get(0))) {
      return Optional.of(Refusal.UNKNOWN_KEY);
    }
    String day = scope.get(1);
    if (!scope.subList(2, 5).equals(key.scope()) || !date.startsWith(day + "T")) {
      return Optional.of(Refusal.WRONG_SCOPE);
    }
    if (!isCurrent(date)) {
      return Optional.of(Refusal.EXPIRED);
    }
    String bodyHash = HEX.formatHex(SigningKey.sha256(request.body()));
    if (!request.header(CONTENT_HASH).orElse(bodyHash).equals(bodyHash)) {
      return Optional.of(Refusal.MISMATCH);
    }
    return key.signed(date, request.canonical(signedHeaders, bodyHash), signature)
        ? Optional.empty()
        : Optional.of(Refusal.MISMATCH);
  }

  private boolean isCurrent(String date) {
    try {
      Instant signed = DATE.parse(date, Instant::from);
      return Duration.between(signed, clock.instant()).abs().compareTo(MAX_SKEW) <= 0;
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static String part(String header, String name) {
    int start = header.indexOf(name);
    if (start < 0) {
      return "";
    }
    int end = header.indexOf(',', start);
    return header.substring(start + name.length(), end < 0 ? header.length() : end).trim();
  }
}
