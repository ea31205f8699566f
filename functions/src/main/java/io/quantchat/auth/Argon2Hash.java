package io.quantchat.auth;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stored Argon2id hash. Its text is the PHC string format: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$salt$tag}, salt and tag in base64 without padding.
 */
record Argon2Hash(Argon2.Cost cost, byte[] salt, byte[] tag) {

  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=(\\d)"
              + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

  /** KiB. No hash that is stored here may cost more to check than this. */
  private static final int MOST_MEMORY = 128 * 1024;

  private static final int MOST_ITERATIONS = 16;
  private static final int MOST_LANES = 8;

  /** Reads the PHC string; nothing where it is none, or asks for more work than we will do. */
  static Optional<Argon2Hash> parse(String text) {
    Matcher phc = PHC.matcher(text);
    if (!phc.matches()) {
      return Optional.empty();
    }
    var cost =
        new Argon2.Cost(
            Integer.parseInt(phc.group(1)),
            Integer.parseInt(phc.group(2)),
            Integer.parseInt(phc.group(3)));
    if (!isWithinBounds(cost)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Argon2Hash(
              cost,
              Base64.getDecoder().decode(phc.group(4)),
              Base64.getDecoder().decode(phc.group(5))));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** RFC 9106 asks for at least 8 KiB a lane. */
  private static boolean isWithinBounds(Argon2.Cost cost) {
    return cost.lanes() >= 1
        && cost.lanes() <= MOST_LANES
        && cost.iterations() >= 1
        && cost.iterations() <= MOST_ITERATIONS
        && cost.memoryKib() >= 8 * cost.lanes()
        && cost.memoryKib() <= MOST_MEMORY;
  }

  /** The PHC string. */
  String toPhc() {
    var base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            cost.memoryKib(),
            cost.iterations(),
            cost.lanes(),
            base64.encodeToString(salt),
            base64.encodeToString(tag));
  }

  /** Never the hash. */
  @Override
  public String toString() {
    return "Argon2Hash[" + cost + "]";
  }
}
