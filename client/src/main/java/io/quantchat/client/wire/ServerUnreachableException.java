package io.quantchat.client.wire;

/** No answer, or one that says to come back later. What was asked may have been done. */
public final class ServerUnreachableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ServerUnreachableException(String message, Throwable cause) {
    super(message, cause);
  }

  ServerUnreachableException(String message) {
    super(message);
  }
}
