package io.quantchat.client.model;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The server has understood the request and won't do it; asking again is of no use, or not before a
 * while has passed.
 */
public final class ServerRefusalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What the server calls a refusal for nothing but a time that is too far from its own. */
  public static final String CLOCK = "clock";

  /** What it calls a refusal for what one recipient has room for: others may be written to. */
  private static final Set<String> OF_THE_RECIPIENT = Set.of("stranger_allowance", "inbox_full");

  private final int status;
  private final String code;

  /** Seconds; 0 where the server didn't say. */
  private final long retryAfter;

  /**
   * @param status of HTTP, 400 to 499
   * @param detail the server's words, for a person to act on
   */
  public ServerRefusalException(int status, String detail) {
    this(status, detail, "");
  }

  /**
   * @param code the server's word for programs; empty where there is none
   */
  public ServerRefusalException(int status, String detail, String code) {
    this(status, detail, code, Duration.ZERO);
  }

  /**
   * @param retryAfter when the same may be taken; zero where that isn't said
   */
  public ServerRefusalException(int status, String detail, String code, Duration retryAfter) {
    super(detail);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter.toSeconds();
  }

  /** Whether a code is of a refusal that stands for one recipient, and passes. */
  public static boolean isOfTheRecipient(String code) {
    return OF_THE_RECIPIENT.contains(code);
  }

  /** When to try the same again; nothing where that isn't said. */
  public Optional<Duration> retryAfter() {
    return retryAfter == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(retryAfter));
  }

  /** Whether it would be taken once the clock here is right, and it is made anew. */
  public boolean isForTheClock() {
    return code.equals(CLOCK);
  }

  /** The server's word for programs; empty where there is none. */
  public String code() {
    return code;
  }

  public int status() {
    return status;
  }
}
