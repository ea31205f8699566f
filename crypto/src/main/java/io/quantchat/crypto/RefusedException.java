package io.quantchat.crypto;

/**
 * Something isn't accepted. Nothing was decrypted, changed or learnt by it; a message refused is
 * kept for a look and hinders no other.
 */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Refusal refusal;
  private final String field;

  /**
   * @param field what is refused: a field's path or a thing's name, never its value
   */
  public RefusedException(Refusal refusal, String field) {
    super(field + " " + refusal.words());
    this.refusal = refusal;
    this.field = field;
  }

  /** Why. */
  public Refusal refusal() {
    return refusal;
  }

  /** What, such as {@code encrypted_session_key.mlkem}. */
  public String field() {
    return field;
  }

  /** Refuses a size that isn't the right one. */
  static void requireSize(String field, int actual, int required) {
    requireSize(field, actual, required, required);
  }

  static void requireSize(String field, int actual, int least, int most) {
    if (actual < least) {
      throw new RefusedException(Refusal.TRUNCATED, field);
    }
    if (actual > most) {
      throw new RefusedException(Refusal.EXTENDED, field);
    }
  }

  static void require(boolean condition, Refusal refusal, String field) {
    if (!condition) {
      throw new RefusedException(refusal, field);
    }
  }
}
