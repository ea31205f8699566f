package io.quantchat.infra.local;

/** Why nothing was started: one sentence that says what to do about it. */
final class StartFailure extends Exception {

  StartFailure(String message) {
    super(inOneLine(message));
  }

  StartFailure(String message, Throwable cause) {
    super(inOneLine(message), cause);
  }

  private static String inOneLine(String message) {
    return message.replaceAll("\\s+", " ");
  }
}
