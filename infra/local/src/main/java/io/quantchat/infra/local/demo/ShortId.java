package io.quantchat.infra.local.demo;

/** An id, shortened for the eye: both ends, since UUIDv7s of one minute begin alike. */
final class ShortId {

  private static final int END = 4;

  private ShortId() {}

  static String of(String id) {
    return id.length() <= 3 * END
        ? id
        : id.substring(0, END) + ".." + id.substring(id.length() - END);
  }
}
