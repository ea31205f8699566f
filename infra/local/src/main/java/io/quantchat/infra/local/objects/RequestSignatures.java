package io.quantchat.infra.local.objects;

import io.quantchat.infra.local.objects.S3Error.Reason;
import io.quantchat.infra.local.signing.CanonicalRequest.PathEncoding;
import io.quantchat.infra.local.signing.SigningCredentials;
import io.quantchat.infra.local.signing.SigningKey;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks Signature Version 4 as S3 has it, in the Authorization header or in the query: the Amazon
 * S3 API Reference's "Authenticating Requests (AWS Signature Version 4)". A request is signed in
 * one way alone, and by the one key pair there is.
 */
final class RequestSignatures {

  static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

  private static final Duration MAX_SKEW = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofDays(7);
  private static final String AUTHORIZATION = "Authorization";
  private static final String PAYLOAD_HASH = "x-amz-content-sha256";

  private static final String ALGORITHM = "X-Amz-Algorithm";
  private static final String CREDENTIAL = "X-Amz-Credential";
  private static final String DATE = "X-Amz-Date";
  private static final String EXPIRES = "X-Amz-Expires";
  private static final String SIGNED_HEADERS = "X-Amz-SignedHeaders";
  private static final String SIGNATURE = "X-Amz-Signature";

  /** What a query is signed by; none of it asks for anything. */
  static final Set<String> IN_QUERY =
      Set.of(ALGORITHM, CREDENTIAL, DATE, EXPIRES, SIGNED_HEADERS, SIGNATURE);

  /** Headers of S3's own that needn't be signed. */
  private static final Set<String> OPTIONAL = Set.of(PAYLOAD_HASH, "x-amz-user-agent");

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** A signature, wherever it was. */
  private record Signed(
      List<String> credential, String date, List<String> headers, String signature) {}

  private final SigningKey key;
  private final Clock clock;

  RequestSignatures(SigningCredentials credentials, Clock clock) {
    this.key = new SigningKey(credentials, "s3");
    this.clock = clock;
  }

  /**
   * Checks who asks, and whether it was this that they signed.
   *
   * @return what the body's SHA-256 must be, in lower-case hex; or {@link #UNSIGNED_PAYLOAD}
   */
  String check(S3Request request) throws S3Error {
    QueryParameters query = request.query();
    Optional<String> header = request.header(AUTHORIZATION);
    boolean isInQuery = IN_QUERY.stream().anyMatch(query::has);
    if (query.has("Signature") || query.has("AWSAccessKeyId")) {
      throw new S3Error(Reason.OTHER_SIGNATURES);
    }
    if (isInQuery && header.isPresent()) {
      throw new S3Error(Reason.TWO_AUTHENTICATIONS).with("ArgumentName", AUTHORIZATION);
    }
    if (isInQuery) {
      return checkQuery(request);
    }
    return checkHeader(
        request, header.orElseThrow(() -> new S3Error(Reason.ACCESS_DENIED)).strip());
  }

  private String checkQuery(S3Request request) throws S3Error {
    QueryParameters query = request.query();
    if (!query.names().containsAll(IN_QUERY)
        || !query.values().get(ALGORITHM).equals(SigningKey.ALGORITHM)) {
      throw new S3Error(Reason.MALFORMED_QUERY);
    }
    var signed =
        new Signed(
            List.of(query.values().get(CREDENTIAL).split("/", -1)),
            query.values().get(DATE),
            List.of(query.values().get(SIGNED_HEADERS).split(";", -1)),
            query.values().get(SIGNATURE));
    requireWellFormed(signed, Reason.MALFORMED_QUERY, Reason.WRONG_SCOPE);
    requireInTime(signed, query.values().get(EXPIRES));
    String payload =
        signed.headers().contains(PAYLOAD_HASH)
            ? request.header(PAYLOAD_HASH).orElse(UNSIGNED_PAYLOAD)
            : query.get("X-Amz-Content-Sha256").orElse(UNSIGNED_PAYLOAD);
    requireSignature(request, signed, payload);
    return payload;
  }

  private void requireInTime(Signed signed, String expires) throws S3Error {
    if (!expires.matches("\\d{1,6}")
        || expires.matches("0*")
        || Long.parseLong(expires) > LONGEST.toSeconds()) {
      throw new S3Error(Reason.WRONG_EXPIRES);
    }
    Instant begin = time(signed, Reason.MALFORMED_QUERY);
    Instant end = begin.plusSeconds(Long.parseLong(expires));
    Instant now = clock.instant();
    if (now.plus(MAX_SKEW).isBefore(begin)) {
      throw new S3Error(Reason.NOT_YET_VALID);
    }
    if (!now.isBefore(end)) {
      throw new S3Error(Reason.EXPIRED)
          .with("X-Amz-Expires", expires)
          .with("Expires", end)
          .with("ServerTime", now);
    }
  }

  private String checkHeader(S3Request request, String header) throws S3Error {
    if (!header.startsWith(SigningKey.ALGORITHM + " ")) {
      throw new S3Error(
          header.startsWith("AWS ") ? Reason.OTHER_SIGNATURES : Reason.UNKNOWN_AUTHENTICATION);
    }
    var signed =
        new Signed(
            List.of(part(header, "Credential=").split("/", -1)),
            request.header("x-amz-date").orElse(""),
            List.of(part(header, "SignedHeaders=").split(";", -1)),
            part(header, "Signature="));
    requireWellFormed(signed, Reason.MALFORMED_HEADER, Reason.MALFORMED_HEADER);
    if (!signed.headers().contains("x-amz-date")) {
      throw new S3Error(Reason.MALFORMED_HEADER);
    }
    Duration off = Duration.between(time(signed, Reason.MALFORMED_HEADER), clock.instant()).abs();
    if (off.compareTo(MAX_SKEW) > 0) {
      throw new S3Error(Reason.SKEWED).with("ServerTime", clock.instant());
    }
    String payload =
        request.header(PAYLOAD_HASH).orElseThrow(() -> new S3Error(Reason.PAYLOAD_HASH_MISSING));
    requireSignature(request, signed, payload);
    return payload;
  }

  private void requireWellFormed(Signed signed, Reason malformed, Reason scope) throws S3Error {
    List<String> credential = signed.credential();
    if (credential.size() != 5 || !signed.headers().contains("host")) {
      throw new S3Error(malformed);
    }
    if (!key.isOf(credential.getFirst())) {
      throw new S3Error(Reason.UNKNOWN_KEY);
    }
    if (!credential.subList(2, 5).equals(key.scope())
        || !signed.date().startsWith(credential.get(1) + "T")) {
      throw new S3Error(scope);
    }
  }

  private static Instant time(Signed signed, Reason malformed) throws S3Error {
    try {
      return TIME.parse(signed.date(), Instant::from);
    } catch (DateTimeException e) {
      throw new S3Error(malformed);
    }
  }

  private void requireSignature(S3Request request, Signed signed, String payload) throws S3Error {
    requireHeadersSigned(request, signed.headers());
    String canonical;
    try {
      canonical = request.canonical().text(signed.headers(), payload, PathEncoding.ONCE);
    } catch (IllegalArgumentException malformed) {
      throw new S3Error(Reason.INVALID_URI);
    }
    if (!key.signed(signed.date(), canonical, signed.signature())) {
      throw new S3Error(Reason.WRONG_SIGNATURE);
    }
  }

  /** A header of S3's own would do something that whoever signed didn't mean. */
  private static void requireHeadersSigned(S3Request request, List<String> signed) throws S3Error {
    Set<String> unsigned = new TreeSet<>();
    request
        .headers()
        .forEach(
            field -> {
              String name = field.getLowerCaseName();
              boolean matters = name.startsWith("x-amz-") || name.equals("content-md5");
              if (matters && !OPTIONAL.contains(name) && !signed.contains(name)) {
                unsigned.add(name);
              }
            });
    if (!unsigned.isEmpty()) {
      throw new S3Error(Reason.HEADERS_NOT_SIGNED)
          .with("HeadersNotSigned", String.join(", ", unsigned));
    }
  }

  private static String part(String header, String name) {
    int start = header.indexOf(name);
    if (start < 0) {
      return "";
    }
    int end = header.indexOf(',', start);
    return header.substring(start + name.length(), end < 0 ? header.length() : end).strip();
  }
}
