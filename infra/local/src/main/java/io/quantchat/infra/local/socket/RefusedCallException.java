package io.quantchat.infra.local.socket;

import java.util.Optional;

/**
 * A call of {@code @connections} that is refused, as API Gateway refuses it, whichever way it came.
 */
final class RefusedCallException extends Exception {

  /** The connection is no more, or never was. */
  static final String GONE = "GoneException";

  /** The message is larger than the gateway takes. */
  static final String TOO_LARGE = "PayloadTooLargeException";

  /** More is posted than the client reads. */
  static final String LIMIT_EXCEEDED = "LimitExceededException";

  private static final String BAD_REQUEST = "BadRequestException";

  private final int status;
  private final String errorType;

  private RefusedCallException(int status, String errorType, String message) {
    super(message, null, false, false);
    this.status = status;
    this.errorType = errorType;
  }

  static RefusedCallException gone() {
    return new RefusedCallException(410, GONE, null);
  }

  static RefusedCallException tooLarge(SocketLimits limits) {
    return new RefusedCallException(
        413, TOO_LARGE, "A message may have " + limits.messageBytes() + " bytes");
  }

  static RefusedCallException bufferFull() {
    return new RefusedCallException(
        429, LIMIT_EXCEEDED, "The client reads too slowly: its buffer is full");
  }

  static RefusedCallException malformed(String id) {
    return new RefusedCallException(400, BAD_REQUEST, "Invalid connectionId: " + id);
  }

  /** The status of the answer over HTTP. */
  int status() {
    return status;
  }

  /** What SDKs tell errors apart by. */
  String errorType() {
    return errorType;
  }

  /** What is wrong; empty where the type says it all. */
  Optional<String> explanation() {
    return Optional.ofNullable(getMessage());
  }
}
