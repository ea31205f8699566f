package io.quantchat.lives;

/** Something that somebody does, by chance with this or that. */
@FunctionalInterface
interface Deed {
  void of(Person who);
}
