package io.quantchat.infra.bench;

import java.time.Duration;

/**
 * How long, and with how many.
 *
 * @param seconds of load on each storage, set-up and drains not counted
 * @param clients pairs of a sender and a recipient
 * @param rate the open loop's, in messages a second of all senders together
 */
record Plan(int seconds, int clients, int rate) {

  static final int ROUNDS = 3;

  /** What runs within a minute on two cores, both storages. */
  static final Plan DEFAULT = new Plan(18, 16, 500);

  Duration warmUp() {
    return share(0.25);
  }

  Duration barePuts() {
    return share(0.15 / ROUNDS);
  }

  Duration closedLoop() {
    return share(0.3 / ROUNDS);
  }

  Duration openLoop() {
    return share(0.3 / ROUNDS);
  }

  private Duration share(double part) {
    return Duration.ofNanos((long) (seconds * 1e9 * part));
  }
}
