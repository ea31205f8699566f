package io.quantchat.client.model;

import java.time.Duration;
import java.util.Optional;

/** No answer, or one that says to come back later. What was asked may have been done. */
public final class ServerUnreachableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Seconds; 0 where the server didn't say. */
  private final long retryAfter;

  public ServerUnreachableException(String message, Throwable cause) {
    super(message, cause);
    this.retryAfter = 0;
  }

  public ServerUnreachableException(String message) {
    this(message, Duration.ZERO);
  }

  public ServerUnreachableException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter.toSeconds();
  }

  /** How long the server wants to be left alone, at most a day; nothing where it doesn't say. */
  public Optional<Duration> retryAfter() {
    return retryAfter == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(retryAfter));
  }
}
