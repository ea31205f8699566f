package io.quantchat.infra.bench.relay;

import io.quantchat.infra.bench.load.Latencies;
import io.quantchat.infra.bench.load.Load.Relayed;
import io.quantchat.infra.bench.load.MessageLog.Fate;
import java.util.List;

/**
 * One start, and the load after it. Lists hold one, or none where it wasn't asked for.
 *
 * @param ready seconds from typing {@code up} until it was ready
 * @param first what it relayed at once
 * @param steady what it relayed once it was warm
 * @param openLoop how fast messages arrived at a fixed rate
 * @param fate what became of all messages
 */
record Loaded(
    Storage storage,
    double ready,
    List<Relayed> first,
    List<Relayed> steady,
    List<OpenLoop> openLoop,
    Fate fate) {

  /**
   * Messages sent by a schedule.
   *
   * @param rate messages a second
   * @param latencies from when each was due
   */
  record OpenLoop(double rate, Latencies latencies) {}
}
