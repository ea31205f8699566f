package io.quantchat.client.model;

import java.io.Serial;

/** A file can't be read, sent, fetched or saved; the message says why, and what to do. */
public final class FileException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  public FileException(String message) {
    super(message);
  }

  public FileException(String message, Throwable cause) {
    super(message, cause);
  }
}
