package io.quantchat.infra.local.web;

/** The browser client can't be served as it lies there; the message is one sentence. */
public final class UnusableClient extends Exception {

  private static final long serialVersionUID = 1L;

  UnusableClient(String message) {
    super(message);
  }

  UnusableClient(String message, Throwable cause) {
    super(message, cause);
  }
}
