package io.quantchat.infra.bench.relay;

/** Where messages are kept. */
enum Storage {
  MEMORY("in memory"),
  DISK("on disk");

  private final String words;

  Storage(String words) {
    this.words = words;
  }

  String inWords() {
    return words;
  }
}
