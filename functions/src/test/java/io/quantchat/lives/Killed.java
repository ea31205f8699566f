package io.quantchat.lives;

/** A function's end in the middle of what it did. */
final class Killed extends Error {

  private static final long serialVersionUID = 1;

  Killed() {
    super("killed", null, false, false);
  }
}
