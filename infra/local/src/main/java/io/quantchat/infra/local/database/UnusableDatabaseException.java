package io.quantchat.infra.local.database;

/** The database can't serve. The message says why and what to do, in one sentence. */
public final class UnusableDatabaseException extends RuntimeException {

  UnusableDatabaseException(String message) {
    super(message);
  }

  UnusableDatabaseException(String message, Throwable cause) {
    super(message, cause);
  }
}
