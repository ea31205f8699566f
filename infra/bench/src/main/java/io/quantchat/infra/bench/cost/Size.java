package io.quantchat.infra.bench.cost;

/**
 * The sizes of messages that budgets are counted for. A size is that of the content, in characters
 * of base64; a session key and a signature of suite v1 come on top.
 */
enum Size {
  LINE("a line, 256 B", 256, "line", "10_lines"),
  KILOBYTE("1 kB", 1024, "1kb", "10_of_1kb"),
  EIGHT_KILOBYTES("8 kB", 8 * 1024, "8kb", "10_of_8kb");

  /** Ids, keys, signature, names of fields: what a message's JSON takes beside the content. */
  private static final int AROUND = 750;

  /** The budgets of fetches and acknowledgements are counted for so many messages at once. */
  static final int COUNTED_TOGETHER = 10;

  private final String title;
  private final int content;
  private final String one;
  private final String ten;

  Size(String title, int content, String one, String ten) {
    this.title = title;
    this.content = content;
    this.one = one;
    this.ten = ten;
  }

  String title() {
    return title;
  }

  /** Bytes of the message as JSON, on its way to the recipient. */
  int wireBytes() {
    return content + AROUND;
  }

  String sendBudget(boolean online) {
    return "send_" + one + (online ? "_online" : "_offline");
  }

  String fetchBudget() {
    return "pending_" + ten;
  }

  String acknowledgeBudget() {
    return "acknowledge_" + ten;
  }
}
