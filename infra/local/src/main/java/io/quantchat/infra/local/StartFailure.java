package io.quantchat.infra.local;

/** Why nothing was started: one sentence that says what to do about it. */
public final class StartFailure extends Exception {

  public StartFailure(String message) {
    super(message);
  }

  public StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
