package io.quantchat.infra.bench.cost;

/** The ways by which a message gets from a sender, who is connected, to its recipient. */
enum Delivery {
  /** A client's best. */
  SOCKET_TO_SOCKET("sent, pushed and acknowledged over sockets", true, true, true),

  PUSHED("sent over HTTP, pushed, acknowledged over the socket", true, false, true),

  /** The original client's way. */
  PUSHED_AND_ACKNOWLEDGED_ALONE(
      "sent over HTTP, pushed, acknowledged over HTTP one by one", true, false, false),

  /** The best for a recipient who comes back to several messages. */
  SOCKET_TO_FETCH("sent over the socket, fetched and acknowledged in batches", false, true, true),

  FETCHED("sent over HTTP, fetched and acknowledged in batches", false, false, true),

  /** The original client's way on connecting. */
  FETCHED_AND_ACKNOWLEDGED_ALONE(
      "sent over HTTP, fetched, acknowledged over HTTP one by one", false, false, false);

  static final String RELAY = "RelayFunction";
  static final String CONNECTIONS = "ConnectionsFunction";

  /** Of a small answer or event. */
  static final int ANSWER_BYTES = 250;

  private final String title;
  private final boolean online;
  private final boolean sentOverSocket;
  private final boolean acknowledgedInBatches;

  Delivery(String title, boolean online, boolean sentOverSocket, boolean acknowledgedInBatches) {
    this.title = title;
    this.online = online;
    this.sentOverSocket = sentOverSocket;
    this.acknowledgedInBatches = acknowledgedInBatches;
  }

  String title() {
    return (online ? "online: " : "offline: ") + title;
  }

  /** Everything that one delivered message uses, from the send to the delete. */
  Usage of(Operations operations, Assumptions assumptions, Size size) {
    Usage send = sentOverSocket ? frame(operations, size) : request(operations, size);
    Usage handOver = online ? push(operations, size) : fetch(operations, assumptions, size);
    double sockets = assumptions.of(Assumption.DEVICES);
    // Over a socket the sender's own device learns of it by the answer, over HTTP by a push as
    // well.
    Usage told = operations.push(ANSWER_BYTES).times(sentOverSocket ? sockets - 1 : sockets);
    return send.plus(told)
        .plus(online ? handOver.times(sockets) : handOver)
        .plus(acknowledgement(operations, assumptions))
        .plus(operations.unitsWritten(size.acknowledgeBudget()).times(1.0 / Size.COUNTED_TOGETHER));
  }

  private Usage request(Operations operations, Size size) {
    return operations
        .request(RELAY, Assumption.SEND_MS, ANSWER_BYTES)
        .plus(operations.units(size.sendBudget(online)));
  }

  private static Usage frame(Operations operations, Size size) {
    return operations
        .frame(CONNECTIONS, Assumption.SEND_MS)
        .plus(operations.push(ANSWER_BYTES))
        .plus(operations.units(size.socketSendBudget()));
  }

  private static Usage push(Operations operations, Size size) {
    return operations.push(size.wireBytes());
  }

  private static Usage fetch(Operations operations, Assumptions assumptions, Size size) {
    double batch = assumptions.of(Assumption.BATCH);
    return operations
        .request(RELAY, Assumption.FETCH_MS, batch * size.wireBytes())
        .times(1 / batch)
        .plus(operations.units(size.fetchBudget()).times(1.0 / Size.COUNTED_TOGETHER));
  }

  /** Without the units that are the messages'. In batches it goes over the socket. */
  private Usage acknowledgement(Operations operations, Assumptions assumptions) {
    if (!acknowledgedInBatches) {
      return operations
          .request(RELAY, Assumption.FETCH_MS, ANSWER_BYTES)
          .plus(operations.unitsOnce(Size.KILOBYTE.acknowledgeBudget()));
    }
    return operations
        .frame(CONNECTIONS, Assumption.FETCH_MS)
        .plus(operations.push(ANSWER_BYTES))
        .plus(operations.unitsOnce("socket_acknowledge_10_of_1kb"))
        .times(1 / assumptions.of(Assumption.BATCH));
  }
}
