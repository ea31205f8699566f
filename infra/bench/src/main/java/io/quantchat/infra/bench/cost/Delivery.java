package io.quantchat.infra.bench.cost;

/** The ways by which a message gets from a sender, who is connected, to its recipient. */
enum Delivery {
  /** What a client of today's contract does at best. */
  PUSHED("pushed, acknowledged over the socket in batches", true) {
    @Override
    Usage handOver(Operations operations, Assumptions assumptions, Size size) {
      Usage acknowledgement =
          operations
              .frame(CONNECTIONS, Assumption.FETCH_MS)
              .plus(operations.push(ANSWER_BYTES))
              .times(1 / assumptions.of(Assumption.BATCH));
      return operations
          .push(size.wireBytes())
          .times(assumptions.of(Assumption.DEVICES))
          .plus(acknowledgement);
    }
  },

  /** What the original client does. */
  PUSHED_AND_ACKNOWLEDGED_ALONE("pushed, acknowledged over HTTP one by one", true) {
    @Override
    Usage handOver(Operations operations, Assumptions assumptions, Size size) {
      return operations
          .push(size.wireBytes())
          .times(assumptions.of(Assumption.DEVICES))
          .plus(operations.request(RELAY, Assumption.FETCH_MS, ANSWER_BYTES));
    }
  },

  FETCHED("fetched and acknowledged over HTTP in batches", false) {
    @Override
    Usage handOver(Operations operations, Assumptions assumptions, Size size) {
      return fetch(operations, assumptions, size)
          .plus(
              operations
                  .request(RELAY, Assumption.FETCH_MS, ANSWER_BYTES)
                  .times(1 / assumptions.of(Assumption.BATCH)));
    }
  },

  /** What the original client does on connecting. */
  FETCHED_AND_ACKNOWLEDGED_ALONE("fetched in batches, acknowledged over HTTP one by one", false) {
    @Override
    Usage handOver(Operations operations, Assumptions assumptions, Size size) {
      return fetch(operations, assumptions, size)
          .plus(operations.request(RELAY, Assumption.FETCH_MS, ANSWER_BYTES));
    }
  };

  static final String RELAY = "RelayFunction";
  static final String CONNECTIONS = "ConnectionsFunction";

  /** Of a small answer or event. */
  static final int ANSWER_BYTES = 250;

  private final String title;
  private final boolean online;

  Delivery(String title, boolean online) {
    this.title = title;
    this.online = online;
  }

  String title() {
    return (online ? "online: " : "offline: ") + title;
  }

  boolean online() {
    return online;
  }

  /** Everything that one delivered message uses, from the send to the delete. */
  Usage of(Operations operations, Assumptions assumptions, Size size) {
    return send(operations, assumptions, size)
        .plus(handOver(operations, assumptions, size))
        .plus(operations.units(size.acknowledgeBudget()).times(1.0 / Size.COUNTED_TOGETHER));
  }

  /** The send, and {@code message_sent} to each of the sender's sockets. */
  private Usage send(Operations operations, Assumptions assumptions, Size size) {
    return operations
        .request(RELAY, Assumption.SEND_MS, ANSWER_BYTES)
        .plus(operations.units(size.sendBudget(online)))
        .plus(operations.push(ANSWER_BYTES).times(assumptions.of(Assumption.DEVICES)));
  }

  abstract Usage handOver(Operations operations, Assumptions assumptions, Size size);

  private static Usage fetch(Operations operations, Assumptions assumptions, Size size) {
    double batch = assumptions.of(Assumption.BATCH);
    return operations
        .request(RELAY, Assumption.FETCH_MS, batch * size.wireBytes())
        .times(1 / batch)
        .plus(operations.units(size.fetchBudget()).times(1.0 / Size.COUNTED_TOGETHER));
  }
}
