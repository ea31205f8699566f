package io.quantchat.client.model;

/** An account file that can't be brought, or written: nothing of it is stored. */
public final class AccountFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Reason reason;

  public AccountFileException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public AccountFileException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** What is wrong. */
  public enum Reason {
    /** It is something else. */
    NO_ACCOUNT_FILE,
    /** A newer program has made it. */
    NEWER,
    /** The passphrase is another one, or the file is damaged where it begins: nobody can tell. */
    WRONG_PASSPHRASE,
    DAMAGED,
    OTHER_ACCOUNT,
    /** The account has another identity here. */
    OTHER_IDENTITY,
    /** It can't be read from where it is, or written to where it is to be. */
    UNREADABLE
  }
}
