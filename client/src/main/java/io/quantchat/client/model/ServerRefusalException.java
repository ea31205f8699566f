package io.quantchat.client.model;

/** The server has understood the request and won't do it; asking again is of no use. */
public final class ServerRefusalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What the server calls a refusal for nothing but a time that is too far from its own. */
  public static final String CLOCK = "clock";

  private final int status;
  private final String code;

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
    super(detail);
    this.status = status;
    this.code = code;
  }

  /** Whether it would be taken once the clock here is right, and it is made anew. */
  public boolean isForTheClock() {
    return code.equals(CLOCK);
  }

  public int status() {
    return status;
  }
}
