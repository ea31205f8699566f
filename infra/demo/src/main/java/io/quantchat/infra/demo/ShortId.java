package io.quantchat.infra.demo;

import java.util.UUID;

/** An id, shortened for the eye: both ends, since UUIDv7s of one minute begin alike. */
final class ShortId {

  private static final int END = 4;

  private ShortId() {}

  static String of(UUID id) {
    String text = id.toString();
    return text.substring(0, END) + ".." + text.substring(text.length() - END);
  }
}
