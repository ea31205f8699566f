package io.quantchat.crypto;

/** Which of the recipient's prekeys took part in a message's key. */
public enum Mode {
  SPK("spk", false),
  SPK_OPK("spk+opk", true),
  SPK_KEM("spk+kem", false),
  SPK_OPK_KEM("spk+opk+kem", true);

  private final String wireName;
  private final boolean oneTime;

  Mode(String wireName, boolean oneTime) {
    this.wireName = wireName;
    this.oneTime = oneTime;
  }

  /** Its name in what is hashed, and in a message's details. */
  public String wireName() {
    return wireName;
  }

  /**
   * Whether nobody can open the message again once its recipient has: a one-time prekey took part.
   * Otherwise that is so only when the signed prekey's private part has been deleted.
   */
  boolean isForwardSecret() {
    return oneTime;
  }
}
