package io.quantchat.crypto;

/** What a recipient can prove of a message. */
public enum Receipt {
  /** Their program has it. */
  DELIVERED("delivered"),
  /** They have read it. */
  READ("read");

  private final String wireName;

  Receipt(String wireName) {
    this.wireName = wireName;
  }

  /** Its name in proofs. */
  String wireName() {
    return wireName;
  }
}
