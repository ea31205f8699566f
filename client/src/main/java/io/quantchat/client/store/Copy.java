package io.quantchat.client.store;

/** Why a store may not be the one that was last written. */
public enum Copy {
  /** Later states of it were seen beside it: it was put back from a copy. */
  OLDER,
  /** It is in another file than before: it was copied, and the other may be in use. */
  ANOTHER_FILE
}
