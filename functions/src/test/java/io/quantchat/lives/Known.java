package io.quantchat.lives;

/** Whether something is so, as far as who asked for it can know: an answer may have gone lost. */
enum Known {
  YES,
  NO,
  MAYBE
}
