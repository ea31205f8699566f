package io.quantchat.infra.bench.relay;

import java.util.List;

/** What a reader must know of every run. */
final class Notes {

  static final List<String> ALWAYS =
      List.of(
          "A message counts when its send was answered and it has come over the recipient's socket;"
              + " the relay's are stored before, and acknowledged and deleted after.",
          "CPU is that of the server's process: for the relay, the database's included.",
          "Open loop: latency from when the send was due, whatever the server did meanwhile, to the"
              + " arrival.",
          "Queues are filled over the API and drained by one connection: a page of 100, its"
              + " acknowledgement, the next page.",
          "The folder that is opened is filled by this version's database before it starts, and is"
              + " still in the system's cache of files.");

  private Notes() {}
}
