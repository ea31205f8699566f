package io.quantchat.infra.bench.cost;

import java.util.Locale;

/** Everything that AWS bills QuantChat for. Each has an entry in {@code prices.json}. */
enum Price {
  REST_REQUEST(Group.REST_API),
  HTTP_REQUEST(Group.REST_API),
  SOCKET_MESSAGE(Group.SOCKET_API),
  SOCKET_MINUTE(Group.SOCKET_API),
  LAMBDA_REQUEST(Group.LAMBDA),
  LAMBDA_GB_SECOND(Group.LAMBDA),
  READ_UNIT(Group.DYNAMO_DB),
  WRITE_UNIT(Group.DYNAMO_DB),
  TABLE_GB_MONTH(Group.DYNAMO_DB),
  BACKUP_GB_MONTH(Group.DYNAMO_DB),
  OBJECT_WRITE(Group.S3),
  OBJECT_READ(Group.S3),
  OBJECT_GB_MONTH(Group.S3),
  LOG_GB(Group.OBSERVING),
  TRACE(Group.OBSERVING),
  ALARM_MONTH(Group.OBSERVING),
  DASHBOARD_MONTH(Group.OBSERVING),
  KEY_MONTH(Group.KEYS),
  KEY_REQUEST(Group.KEYS),
  TRANSFER_GB(Group.TRANSFER);

  /** Prices that make one row of a table. */
  enum Group {
    REST_API("REST API"),
    SOCKET_API("WebSocket API"),
    LAMBDA("Lambda"),
    DYNAMO_DB("DynamoDB"),
    S3("S3"),
    OBSERVING("logs, traces, alarms"),
    KEYS("KMS"),
    TRANSFER("data out");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  private final Group group;

  Price(Group group) {
    this.group = group;
  }

  Group group() {
    return group;
  }

  /** Its name in the price file. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
