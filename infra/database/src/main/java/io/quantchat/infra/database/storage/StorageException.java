package io.quantchat.infra.database.storage;

/** What is stored can't be read or written. The message is one sentence that says what to do. */
public class StorageException extends RuntimeException {

  public StorageException(String message) {
    super(message);
  }

  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The same for another caller, with this one as its cause. */
  StorageException again() {
    return new StorageException(getMessage(), this);
  }
}
