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
  ARCHIVED("AOT cache");

  private final String label;

  Variant(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
