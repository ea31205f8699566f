package io.quantchat.client.model;

/** Another program has the store open; when it lets go, the same can be tried again. */
public final class StoreInUseException extends StoreException {

  private static final long serialVersionUID = 1L;

  public StoreInUseException(String message) {
    super(message);
  }

  public StoreInUseException(String message, Throwable cause) {
    super(message, cause);
  }
}
