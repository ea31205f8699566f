package io.quantchat.infra.bench.cold;

/** The ways of starting a function. */
enum Variant {
  /** The functions' package, as the managed runtime starts it. */
  PACKAGED("QuantChat"),
  /** The baseline's package, with the same flags. */
  BASELINE("baseline"),
  /** The functions' package with SnapStart and its flags, up to its snapshot and on from it. */
  RESTORED("restored"),
  /** The functions' jars with an AOT cache, on the same flags. */
  ARCHIVED("AOT cache"),
  /** Another package of the functions, as the managed runtime starts it. */
  OTHER("other package"),
  /** The same with SnapStart. */
  OTHER_RESTORED("other package, restored");

  private final String label;

  Variant(String label) {
    this.label = label;
  }

  /** Whether it goes on from a snapshot. */
  boolean isRestored() {
    return this == RESTORED || this == OTHER_RESTORED;
  }

  /** Whether it is of the other package. */
  boolean isOther() {
    return this == OTHER || this == OTHER_RESTORED;
  }

  String label() {
    return label;
  }
}
