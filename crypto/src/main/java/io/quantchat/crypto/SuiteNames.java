package io.quantchat.crypto;

import java.util.List;
import java.util.function.Function;

/**
 * The three names by which a message says its suite. A suite is all three: two suites may share one
 * of them, or two.
 */
record SuiteNames(String version, String encryptionAlgorithm, String kdfAlgorithm) {

  /**
   * The place of the suite that goes by these names.
   *
   * @param known the suites there are
   * @throws RefusedException UNKNOWN_SUITE, naming what no suite is called; MIXED_SUITE for names
   *     of different suites
   */
  int placeIn(List<SuiteNames> known) {
    int place = known.indexOf(this);
    if (place < 0) {
      requireKnown(known, SuiteNames::version);
      requireKnown(known, SuiteNames::encryptionAlgorithm);
      requireKnown(known, SuiteNames::kdfAlgorithm);
      throw new RefusedException(Refusal.MIXED_SUITE, "crypto_version");
    }
    return place;
  }

  private void requireKnown(List<SuiteNames> known, Function<SuiteNames, String> part) {
    String name = part.apply(this);
    RefusedException.require(
        known.stream().map(part).anyMatch(name::equals), Refusal.UNKNOWN_SUITE, Names.quoted(name));
  }
}
