package io.quantchat.client.model;

/** The passphrase doesn't open this store. */
public final class WrongPassphraseException extends StoreException {

  private static final long serialVersionUID = 1L;

  public WrongPassphraseException() {
    super("This passphrase does not open the store: check it and try again.");
  }
}
