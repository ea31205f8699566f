package io.quantchat.infra.bench.cost;

import io.quantchat.infra.stack.Budgets;
import io.quantchat.infra.stack.Budgets.Budget;
import io.quantchat.infra.stack.Stack;

/** The usage of single operations: the units that tests count, and what the gateways add. */
final class Operations {

  /** Of a socket's message: billed in steps of so much (API Gateway pricing). */
  private static final int SOCKET_UNIT_BYTES = 32 * 1024;

  private static final double BYTES_IN_GB = 1024.0 * 1024 * 1024;
  private static final double MEGABYTES_IN_GB = 1024;
  private static final double DAYS_IN_MONTH = 30;

  /** Headers of an answer of the REST API, with CORS. */
  private static final int HEADER_BYTES = 600;

  private final Budgets budgets;
  private final Stack stack;
  private final Assumptions assumptions;

  Operations(Budgets budgets, Stack stack, Assumptions assumptions) {
    this.budgets = budgets;
    this.stack = stack;
    this.assumptions = assumptions;
  }

  /** The units of DynamoDB that an operation takes. */
  Usage units(String operation) {
    return unitsOnce(operation).plus(unitsWritten(operation));
  }

  /** What a request takes once, however many messages it is about. */
  Usage unitsOnce(String operation) {
    Budget budget = budgets.of(operation);
    return Usage.of(Price.READ_UNIT, budget.readUnits())
        .and(Price.WRITE_UNIT, budget.sampledWriteUnits());
  }

  /** What an operation writes of what it is about. */
  Usage unitsWritten(String operation) {
    return Usage.of(Price.WRITE_UNIT, budgets.of(operation).writeUnits());
  }

  /**
   * A request through the REST API.
   *
   * @param function logical id in the template, which gives its memory
   * @param answerBytes the answer's body
   */
  Usage request(String function, Assumption milliseconds, double answerBytes) {
    return invocation(function, assumptions.of(milliseconds))
        .plus(accessLog())
        .and(Price.REST_REQUEST, 1)
        .and(Price.TRACE, assumptions.share(Assumption.TRACED))
        .plus(transfer(HEADER_BYTES + answerBytes));
  }

  /** A frame from a client. */
  Usage frame(String function, Assumption milliseconds) {
    return invocation(function, assumptions.of(milliseconds))
        .plus(accessLog())
        .and(Price.SOCKET_MESSAGE, 1);
  }

  /** A message to one socket: a push, or a route's answer. */
  Usage push(int bytes) {
    return Usage.of(Price.SOCKET_MESSAGE, Math.ceilDiv(bytes, SOCKET_UNIT_BYTES))
        .plus(transfer(bytes));
  }

  /** An invocation that no request or frame stands for: a socket opens or closes. */
  Usage invocation(String function, double milliseconds) {
    double gigabytes = stack.functions().get(function).memoryMegabytes() / MEGABYTES_IN_GB;
    return Usage.of(Price.LAMBDA_REQUEST, 1)
        .and(Price.LAMBDA_GB_SECOND, gigabytes * milliseconds / 1000)
        .and(Price.LOG_GB, assumptions.of(Assumption.LOG_BYTES) / BYTES_IN_GB);
  }

  Usage accessLog() {
    return Usage.of(Price.LOG_GB, assumptions.of(Assumption.ACCESS_LOG_BYTES) / BYTES_IN_GB);
  }

  /** Bytes that lie in tables for a month. */
  Usage stored(double bytes) {
    return Usage.of(Price.TABLE_GB_MONTH, bytes / BYTES_IN_GB);
  }

  /** Bytes in tables with point-in-time recovery for a month. */
  Usage storedAndBackedUp(double bytes) {
    return stored(bytes).and(Price.BACKUP_GB_MONTH, bytes / BYTES_IN_GB);
  }

  /** Bytes that lie in the bucket for so many days. */
  Usage kept(double bytes, double days) {
    return Usage.of(Price.OBJECT_GB_MONTH, bytes / BYTES_IN_GB * days / DAYS_IN_MONTH);
  }

  /** Bytes that go out to the internet. */
  Usage transfer(double bytes) {
    return Usage.of(Price.TRANSFER_GB, bytes / BYTES_IN_GB);
  }
}
