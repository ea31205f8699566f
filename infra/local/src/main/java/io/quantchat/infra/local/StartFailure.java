package io.quantchat.infra.local;

/** Why nothing was started: one sentence that says what to do about it. */
final class StartFailure extends Exception {

  StartFailure(String message) {
    super(message);
  }

  StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
