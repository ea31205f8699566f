package io.quantchat.client.model;

/** The server has understood the request and won't do it; asking again is of no use. */
public final class ServerRefusalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status of HTTP, 400 to 499
   * @param detail the server's words, for a person to act on
   */
  public ServerRefusalException(int status, String detail) {
    super(detail);
    this.status = status;
  }

  public int status() {
    return status;
  }
}
