package io.quantchat.infra.bench.start;

import io.quantchat.infra.bench.load.Load;
import java.util.List;

/**
 * One start of one checkout. Times are milliseconds.
 *
 * @param ready from typing {@code up} until it says that it is ready
 * @param readyProcessor the processor time up to then
 * @param first what it relayed at once
 * @param steady what it relayed later; empty unless that was asked for
 * @param sends each command that sent a message
 */
record Beginning(
    double ready,
    double readyProcessor,
    Load.Relayed first,
    List<Load.Relayed> steady,
    List<Sent> sends) {

  /**
   * One {@code send}.
   *
   * @param took from typing it until the prompt is back
   * @param processor user's and system's time, the shell's own included
   */
  record Sent(double took, double processor) {}
}
