package io.quantchat.infra.bench.relay;

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

  static final int DEFAULT_SECONDS = 40;
  static final int DEFAULT_CLIENTS = 16;
  static final int DEFAULT_RATE = 500;

  /**
   * Two minutes for both storages. Much of it warms up: two cores take long to compile the code.
   */
  static final Plan DEFAULT = new Plan(DEFAULT_SECONDS, DEFAULT_CLIENTS, DEFAULT_RATE);

  Duration warmUp() {
    return share(0.4);
  }

  Duration barePuts() {
    return share(0.15 / ROUNDS);
  }

  Duration closedLoop() {
    return share(0.22 / ROUNDS);
  }

  Duration openLoop() {
    return share(0.22 / ROUNDS);
  }

  private Duration share(double part) {
    return Duration.ofNanos((long) (seconds * 1e9 * part));
  }
}
