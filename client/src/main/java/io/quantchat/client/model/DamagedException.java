package io.quantchat.client.model;

/** A part of the store can't be read any more; the rest can. */
public final class DamagedException extends StoreException {

  private static final long serialVersionUID = 1L;

  public DamagedException(String message) {
    super(message);
  }

  public DamagedException(String message, Throwable cause) {
    super(message, cause);
  }
}
