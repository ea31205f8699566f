package io.quantchat.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.FailureTrace;
import io.quantchat.host.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A refusal, as its receiver gets it: {@code application/problem+json} (RFC 9457) over HTTP, an
 * {@code error} frame on a socket.
 *
 * <p>The detail is for people: it says what to do, and never holds a token, a class name or
 * somebody else's data.
 */
public final class Problem extends RuntimeException {

  /** Every kind of refusal, with its HTTP status and title. */
  public enum Kind {
    MALFORMED(400, "Bad Request"),
    UNAUTHORIZED(401, "Unauthorized"),
    FORBIDDEN(403, "Forbidden"),
    NOT_FOUND(404, "Not Found"),
    CONFLICT(409, "Conflict"),
    GONE(410, "Gone"),
    TOO_LARGE(413, "Content Too Large"),
    INVALID(422, "Unprocessable Content"),
    TOO_MANY(429, "Too Many Requests"),
    FAILED(500, "Internal Server Error"),
    UNAVAILABLE(503, "Service Unavailable");

    private final int status;
    private final String title;

    Kind(int status, String title) {
      this.status = status;
      this.title = title;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }

    /** The status in words. */
    String title() {
      return title;
    }
  }

  /** What programs, too, can do something about. */
  public enum Code {
    /** A time is too far from the server's: the same is taken once it is made anew. */
    CLOCK("clock"),
    /** Whoever isn't a contact may send no more to this recipient for now. */
    STRANGER_ALLOWANCE("stranger_allowance"),
    /** This recipient's inbox takes no more for now. */
    INBOX_FULL("inbox_full");

    private final String wireName;

    Code(String wireName) {
      this.wireName = wireName;
    }

    /** Its name in answers. */
    public String wireName() {
      return wireName;
    }
  }

  /**
   * A fault of one field of a request.
   *
   * @param field its name, such as {@code recipient_id}
   * @param detail what to put there instead
   * @param code for programs, if there is one
   */
  public record FieldError(String field, String detail, Optional<Code> code) {

    /** A fault for people. */
    public FieldError(String field, String detail) {
      this(field, detail, Optional.empty());
    }
  }

  /**
   * How long to stay away after a 503: before it, the function itself tried again for a while
   * ({@link io.quantchat.host.Backoff}).
   */
  private static final Duration UNTIL_AVAILABLE = Duration.ofSeconds(2);

  private final Kind kind;
  private final transient List<FieldError> errors;
  private final transient Optional<RateLimit> rateLimit;
  private final transient Optional<Code> ownCode;
  private final transient List<Integer> missing;

  private Problem(
      Kind kind,
      String detail,
      List<FieldError> errors,
      Optional<RateLimit> rateLimit,
      Optional<Code> ownCode) {
    this(kind, detail, errors, rateLimit, ownCode, List.of());
  }

  private Problem(
      Kind kind,
      String detail,
      List<FieldError> errors,
      Optional<RateLimit> rateLimit,
      Optional<Code> ownCode,
      List<Integer> missing) {
    super(detail, null, false, false);
    this.missing = List.copyOf(missing);
    this.kind = kind;
    this.errors = List.copyOf(errors);
    this.rateLimit = rateLimit;
    this.ownCode = ownCode;
  }

  /** A refusal of this kind with this detail. */
  public static Problem of(Kind kind, String detail) {
    return new Problem(kind, detail, List.of(), Optional.empty(), Optional.empty());
  }

  /** A 409 for lack of parts of these numbers. */
  public static Problem missing(List<Integer> parts, String detail) {
    return new Problem(Kind.CONFLICT, detail, List.of(), Optional.empty(), Optional.empty(), parts);
  }

  /** A 429, with the limit that was met and how long to wait before the same is asked again. */
  public static Problem tooMany(String detail, RateLimit rateLimit) {
    return new Problem(Kind.TOO_MANY, detail, List.of(), Optional.of(rateLimit), Optional.empty());
  }

  /** A 422 that names what is wrong with each field. */
  public static Problem invalid(List<FieldError> errors) {
    var detail = new StringBuilder();
    for (FieldError error : errors) {
      detail
          .append(detail.isEmpty() ? "" : "; ")
          .append(error.field())
          .append(": ")
          .append(error.detail());
    }
    return new Problem(Kind.INVALID, detail.toString(), errors, Optional.empty(), Optional.empty());
  }

  /** A 422 about one field. */
  public static Problem invalid(String field, String detail) {
    return invalid(List.of(new FieldError(field, detail)));
  }

  /**
   * The answer to a failure that is not the caller's. What it was and where goes to the function's
   * log, none of it into the answer; and it is counted, since to Lambda all went well.
   */
  public static Problem ofFailure(RuntimeException failure, Context context, Metrics metrics) {
    String trace = FailureTrace.of(failure);
    context
        .getLogger()
        .log("request " + context.getAwsRequestId() + " failed: " + trace, LogLevel.ERROR);
    metrics.count(Metrics.Metric.FAILURES, 1);
    return failure instanceof SdkException
        ? of(
            Kind.UNAVAILABLE,
            "The relay could not reach its storage. Try again: repeating a request is safe.")
        : of(
            Kind.FAILED,
            "Something went wrong here; it was logged as request "
                + context.getAwsRequestId()
                + ".");
  }

  /** The same refusal with a code for programs. */
  public Problem with(Code code) {
    return with(code, detail());
  }

  /** The same refusal with a code for programs, and with other words. */
  public Problem with(Code code, String otherDetail) {
    return new Problem(kind, otherDetail, errors, rateLimit, Optional.of(code));
  }

  /** The kind of refusal. */
  public Kind kind() {
    return kind;
  }

  /** The detail, which a person can act on. */
  public String detail() {
    return getMessage();
  }

  /** The fields at fault, for a 422; else empty. */
  List<FieldError> errors() {
    return errors;
  }

  /** What a program can do something about: only where nothing else is wrong. */
  public Optional<Code> code() {
    if (ownCode.isPresent()) {
      return ownCode;
    }
    Optional<Code> first = errors.stream().findFirst().flatMap(FieldError::code);
    return first.filter(code -> errors.stream().allMatch(e -> e.code().equals(first)));
  }

  /**
   * The headers that say how long to wait: for a 429 with the limit that was met, and for a 503.
   */
  Map<String, String> headers() {
    return rateLimit
        .map(RateLimit::headers)
        .orElseGet(
            () -> kind == Kind.UNAVAILABLE ? RateLimit.retryAfter(UNTIL_AVAILABLE) : Map.of());
  }

  /** How long to wait, for a 429 and a 503; else empty. */
  public Optional<Duration> retryAfter() {
    return rateLimit
        .map(RateLimit::reset)
        .or(() -> Optional.of(UNTIL_AVAILABLE).filter(any -> kind == Kind.UNAVAILABLE));
  }

  /** How many whole seconds to wait, rounded up, for a 429 and a 503; else empty. */
  public OptionalLong retryAfterSeconds() {
    return retryAfter().stream().mapToLong(RateLimit::seconds).findAny();
  }

  /**
   * The members that RFC 9457 names, {@code errors} and {@code missing} where there are any, and
   * the code.
   */
  ObjectNode toJson() {
    ObjectNode json =
        Json.object()
            .put("type", "about:blank")
            .put("title", kind.title())
            .put("status", kind.status())
            .put("detail", detail());
    code().ifPresent(code -> json.put("code", code.wireName()));
    if (!missing.isEmpty()) {
      missing.forEach(json.putArray("missing")::add);
    }
    if (!errors.isEmpty()) {
      ArrayNode list = json.putArray("errors");
      for (FieldError error : errors) {
        list.addObject().put("field", error.field()).put("detail", error.detail());
      }
    }
    return json;
  }
}
