package io.quantchat.infra.dist;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Every licence that a library in the archive may have: all of them allow passing it on. */
enum Licence {
  APACHE_2_0(
      "Apache-2.0",
      Text.OURS,
      "apache license, version 2.0",
      "apache license 2.0",
      "the apache license, version 2.0",
      "the apache software license, version 2.0"),
  MIT("MIT", Text.OWN, "the mit license", "mit license", "the mit license (mit)"),
  BOUNCY_CASTLE("MIT (Bouncy Castle)", Text.OWN, "bouncy castle licence"),
  BSD_2("BSD-2-Clause", Text.OWN),
  BSD_3("BSD-3-Clause", Text.OWN, "the bsd license"),
  /** MIT without the duty to show its text. */
  MIT_0("MIT-0", Text.NONE);

  /** Whose text goes with a library. */
  enum Text {
    /** The archive's own licence is the same. */
    OURS,
    /** The library's, with whose rights they are. */
    OWN,
    /** None is asked for. */
    NONE
  }

  private final String title;
  private final Text text;
  private final String otherNames;

  Licence(String title, Text text, String... otherNames) {
    this.title = title;
    this.text = text;
    this.otherNames = String.join("\n", otherNames);
  }

  /** Its SPDX identifier, where it has one. */
  String title() {
    return title;
  }

  Text text() {
    return text;
  }

  /** The one that a pom names so. */
  static Optional<Licence> named(String name) {
    String sought = name.strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(
            each ->
                each.title.toLowerCase(Locale.ROOT).equals(sought)
                    || each.otherNames.lines().anyMatch(sought::equals))
        .findFirst();
  }
}
