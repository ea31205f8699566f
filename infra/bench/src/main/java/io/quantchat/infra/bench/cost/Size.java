package io.quantchat.infra.bench.cost;

/**
 * The sizes of messages that budgets are counted for. All are of suite v1, with a session key and
 * one signature.
 */
enum Size {
  /** The whole request that sends it. */
  KILOBYTE("1 kB", 1024, "1kb"),

  /** Its content alone, in characters of base64; keys and signature come on top. */
  KILOBYTE_OF_CONTENT("1 kB of content", 1024 + Size.AROUND_CONTENT, "1kb_content"),

  /** The whole request that sends it. */
  EIGHT_KILOBYTES("8 kB", 8 * 1024, "8kb");

  private static final int AROUND_CONTENT = 600;

  /** The part of an event or a page that wasn't sent: the sender's id, times, names of fields. */
  private static final int ADDED = 250;

  /** The budgets of fetches and acknowledgements are counted for so many messages at once. */
  static final int COUNTED_TOGETHER = 10;

  private final String title;
  private final int sentBytes;
  private final String key;

  Size(String title, int sentBytes, String key) {
    this.title = title;
    this.sentBytes = sentBytes;
    this.key = key;
  }

  String title() {
    return title;
  }

  /** Bytes of the message as JSON, on its way to the recipient. */
  int wireBytes() {
    return sentBytes + ADDED;
  }

  String sendBudget(boolean online) {
    return "send_" + key + (online ? "_online" : "_offline");
  }

  String socketSendBudget() {
    return "socket_send_" + key;
  }

  String fetchBudget() {
    return "pending_10_of_" + key;
  }

  String acknowledgeBudget() {
    return "acknowledge_10_of_" + key;
  }
}
