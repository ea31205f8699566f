package io.quantchat.infra.bench.relay;

import java.time.Duration;
import java.util.Set;

/**
 * How long, and with how many.
 *
 * @param rounds how often each is started
 * @param first seconds of the first load
 * @param warmUp seconds of load between the first and the steady one
 * @param seconds of the steady load, and of the open loop
 * @param clients pairs of a sender and a recipient
 * @param rate the open loop's, in messages a second of all senders together; 0: half of the steady
 *     rate
 * @param sockets on which nothing happens
 * @param queue messages that wait for somebody who is away
 * @param filling the most seconds that a queue is filled for
 * @param gigabytes that a folder holds when it is opened
 */
record Plan(
    Set<Measurement> measurements,
    int rounds,
    int first,
    int warmUp,
    int seconds,
    int clients,
    int rate,
    int sockets,
    int queue,
    int filling,
    double gigabytes) {

  Plan {
    measurements = Set.copyOf(measurements);
  }

  boolean has(Measurement measurement) {
    return measurements.contains(measurement);
  }

  /** Whether messages go to people online. */
  boolean hasLoad() {
    return has(Measurement.START) || hasSteady();
  }

  /** The open loop's rate is a part of the steady one. */
  boolean hasSteady() {
    return has(Measurement.STEADY) || has(Measurement.OPEN_LOOP);
  }

  Duration firstLoad() {
    return Duration.ofSeconds(first);
  }

  Duration warmingUp() {
    return Duration.ofSeconds(warmUp);
  }

  Duration steadyLoad() {
    return Duration.ofSeconds(seconds);
  }

  Duration longestFilling() {
    return Duration.ofSeconds(filling);
  }

  /** The open loop's rate after this steady one. */
  double openRate(double steady) {
    return rate == 0 ? Math.max(1, steady / 2) : rate;
  }
}
