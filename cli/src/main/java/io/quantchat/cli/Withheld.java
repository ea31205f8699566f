package io.quantchat.cli;

/** Says that a message came without a one-time prekey though some were on offer. */
final class Withheld {

  private Withheld() {}

  /** In one line: what happened, what may be the reason, and what follows. */
  static String words(long onOffer) {
    return "came without a one-time key, though the server had "
        + onOffer
        + " of yours: it gives few to whom you haven't added, too many were asked for at once, or"
        + " it withholds them. Who steals your keys within 15 days can read this message.";
  }
}
