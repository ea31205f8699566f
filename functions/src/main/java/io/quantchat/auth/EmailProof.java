package io.quantchat.auth;

import java.time.Duration;

/**
 * That somebody reads mail at an address, shown by what was mailed there.
 *
 * @param address as it is displayed
 * @param tokenHash of the token that was mailed, which tells this proof from those before and after
 */
record EmailProof(Purpose purpose, String userId, String address, byte[] tokenHash) {

  /** What it is good for. */
  enum Purpose {
    /** The address becomes the account's, or counts as verified if it is. */
    VERIFY("verify", Duration.ofHours(24)),
    /** A new password is chosen. */
    RESET("reset", Duration.ofMinutes(30));

    private final String name;
    private final Duration life;

    Purpose(String name, Duration life) {
      this.name = name;
      this.life = life;
    }

    /** How long what was mailed is good. */
    Duration life() {
      return life;
    }

    /** The key of the one proof of an account that is waited for. */
    String key(String userId) {
      return name + "#" + userId;
    }
  }

  String key() {
    return purpose.key(userId);
  }

  /** Neither the address nor the hash. */
  @Override
  public String toString() {
    return "EmailProof[" + purpose + "]";
  }
}
