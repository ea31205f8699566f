package io.quantchat.infra.bench.cost;

import java.util.Locale;

/** The tables' assumptions, each with its default and its bounds. An option changes it. */
enum Assumption {
  MESSAGES(40, 0, 100_000, "messages a user sends a day"),
  ONLINE(50, 0, 100, "% of messages that find their recipient connected"),
  POST_QUANTUM(100, 0, 100, "% of messages of suite v2: of 8 kB, each with a prekey of its own"),
  DEVICES(1, 1, 20, "sockets of a user who is connected"),
  HOURS(2, 0, 24, "hours a day that a user is connected"),
  OPENINGS(6, 0, 1_000, "sockets a user opens a day"),
  CONTACTS(50, 0, 5_000, "contacts of a user; one in five of them is online"),
  BATCH(10, 1, 100, "messages that are fetched, or acknowledged, together"),
  RECEIPTS(1, 0, 10, "receipts for a message that finds its recipient connected"),
  TYPING(1, 0, 100, "typing frames for a message"),
  PING_MINUTES(8, 1, 10, "minutes between a client's pings"),
  WAITING_HOURS(12, 0, 168, "hours that a message waits for a recipient who is away"),
  PEAK(4, 1, 100, "times the average, at the busiest second"),
  SEND_MS(25, 1, 15_000, "ms billed for a send"),
  FETCH_MS(15, 1, 15_000, "ms billed for a fetch or an acknowledgement"),
  FRAME_MS(15, 1, 15_000, "ms billed for a frame that DynamoDB is asked about"),
  PING_MS(2, 1, 15_000, "ms billed for a ping"),
  OPEN_MS(50, 1, 15_000, "ms billed to open a socket and to close it, authorizer included"),
  REFRESH_MS(20, 1, 15_000, "ms billed for a refresh of tokens, every 15 minutes of a connection"),
  TAKE_MS(25, 1, 15_000, "ms billed to hand out one-time prekeys, five at a time"),
  UPLOAD_MS(60, 1, 15_000, "ms billed to verify and store a hundred prekeys"),
  MEDIA_MS(25, 1, 15_000, "ms billed for a request about an attachment"),
  MEDIA_LINE(1_000, 1, 100_000, "Mbit/s of somebody who downloads the same again and again"),
  HASH_MS(400, 1, 15_000, "ms billed to hash a password: a login, a registration"),
  ERASE_MS(20, 1, 60_000, "ms billed each minute to look whether an account has left"),
  REST_LIMIT(1_000, 0, 1e6, "requests a second: RestRequestsPerSecond, where it is fought"),
  SOCKET_LIMIT(1_000, 0, 1e6, "events of sockets a second: SocketEventsPerSecond, likewise"),
  LOG_BYTES(0, 0, 100_000, "bytes that an invocation logs; only faults are logged"),
  ACCESS_LOG_BYTES(350, 0, 100_000, "bytes of access log for a request or a frame"),
  TRACED(0, 0, 100, "% of requests to the REST API that X-Ray traces; off by default"),
  ALARM_METRICS(152, 0, 10_000, "metrics that alarms watch"),
  DASHBOARDS(1, 0, 100, "dashboards"),
  KEYS(1, 0, 100, "keys of KMS: the alarms' topic has one"),
  KEY_REQUESTS(
      200_000, 0, 1e12, "requests to KMS a month: for each table and function, every 5 minutes");

  private final double standard;
  private final double least;
  private final double most;
  private final String meaning;

  Assumption(double standard, double least, double most, String meaning) {
    this.standard = standard;
    this.least = least;
    this.most = most;
    this.meaning = meaning;
  }

  double standard() {
    return standard;
  }

  double least() {
    return least;
  }

  double most() {
    return most;
  }

  String meaning() {
    return meaning;
  }

  /** As it is typed, such as {@code --ping-minutes}. */
  String option() {
    return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
