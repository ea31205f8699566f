package io.quantchat.infra.bench.relay;

/**
 * The figures measured on one storage.
 *
 * @param storage in memory, or on disk
 * @param relayed messages a second, closed loop
 * @param puts bare puts a second of the same item
 * @param cpu milliseconds of processor time that the gateway's process spends on each message, from
 *     its send to its deletion, database included
 * @param closedLoop latencies at that throughput
 * @param rate the open loop's, messages a second
 * @param openLoop latencies at that rate, from when each message was due
 * @param fate what became of all messages, warm-up included
 * @param pending how many were still in the table at the end: all were acknowledged
 */
record StorageResult(
    String storage,
    Spread relayed,
    Spread puts,
    Spread cpu,
    Latencies closedLoop,
    double rate,
    Latencies openLoop,
    MessageLog.Fate fate,
    int pending) {

  /** Messages relayed for each bare put. */
  double ratio() {
    return relayed.median() / puts.median();
  }
}
