package io.quantchat.crypto;

/** Why a key, a bundle, a prekey or a message is not accepted. */
public enum Refusal {
  /** Not the JSON that the field is to hold, not canonical base64, no UUID, no time. */
  MALFORMED("is not of the form that it must have"),
  /** A required field isn't there. */
  MISSING("is missing"),
  /** A field that the suite or the mode doesn't have is there. */
  UNEXPECTED("does not belong here"),
  TRUNCATED("is shorter than it must be"),
  EXTENDED("is longer than it may be"),
  /** Neither too short nor too long, but no size that padding gives. */
  WRONG_SIZE("is of a size that it can't have"),
  /** No point of the curve, a coefficient not below the modulus, a scalar out of range. */
  INVALID_KEY("is not a valid key"),
  UNKNOWN_SUITE("names a suite that this program does not know: update it"),
  /** The names of a message's algorithms belong to different suites. */
  MIXED_SUITE("names algorithms that don't belong together"),
  /** An algorithm that no suite here has. */
  UNKNOWN_ALGORITHM("names an algorithm that this program does not know: update it"),
  /** A message, bundle or prekey of or for somebody else. */
  WRONG_USER("is of or for somebody else"),
  /** Not the key that must be used here. */
  WRONG_KEY("is not the key to use here"),
  REVOKED_KEY("is a key that its owner has revoked"),
  /** The private part is not here: it never was, or it was used and deleted. */
  UNKNOWN_PREKEY("is a prekey whose private part is not here: unknown, or used already"),
  /** The sender was handed this one-time prekey before. */
  REUSED_PREKEY("is a one-time prekey that was used before: ask for another"),
  /** Its owner won't have its private parts for as long as the message travels. */
  EXPIRED_PREKEY("is a one-time prekey past its time: ask for another"),
  UNKNOWN_BUNDLE("names a bundle that was never published"),
  EXPIRED_BUNDLE("is past its time: ask for a newer bundle"),
  /** It says it was made later than now. */
  FUTURE_BUNDLE("is from the future: check the clock"),
  OLDER_BUNDLE("is older than the bundle that is known already"),
  /** Another bundle of the same version is known: its owner never signs two. */
  CONFLICTING_BUNDLE("is another bundle of the same version as the known one"),
  IDENTITY_CHANGED("is of another identity than the pinned one: compare safety numbers"),
  MISSING_SIGNATURE("lacks a signature that its suite requires"),
  UNEXPECTED_SIGNATURE("holds a signature that its suite doesn't have"),
  BAD_SIGNATURE("is not what the signature was made over"),
  /** A prekey is not in the batch whose root is signed. */
  BAD_PROOF("is not in the batch that was signed"),
  /** Weaker than what both sides can. */
  DOWNGRADE("is weaker than what both sides can"),
  /** No suite that both sides have. */
  NO_COMMON_SUITE("has no suite in common with this program"),
  /** The content key can't be unwrapped. */
  WRONG_WRAP("can't be unwrapped"),
  /** The ciphertext was made under another key than it is opened with. */
  WRONG_COMMITMENT("is committed to another key"),
  WRONG_CONTENT("can't be decrypted"),
  /** Opened and well-formed, and of a kind of a program to come. */
  UNKNOWN_CONTENT("is not known to this program: update it"),
  /** What is said of files outside isn't what is said of them inside. */
  WRONG_MEDIA("does not agree with the files in the message"),
  REPLAYED("was received before");

  private final String words;

  Refusal(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }
}
