package io.quantchat.infra.bench.cost;

/** Quotas that growth meets, each with AWS's default for an account in one region. */
enum Quota {
  API_REQUESTS(
      "requests, frames and pushes a second, both APIs",
      10_000,
      "ask for more (API Gateway, by request); then an account, or a region, for each part of the"
          + " users") {
    @Override
    double used(UserMonth user) {
      Usage typical = user.typical();
      return (typical.of(Price.REST_REQUEST) + typical.of(Price.SOCKET_MESSAGE))
          / UserMonth.SECONDS;
    }
  },
  NEW_SOCKETS(
      "new sockets a second",
      500,
      "ask for more (API Gateway, by request); clients wait a random time before they reconnect") {
    @Override
    double used(UserMonth user) {
      return user.openings() / UserMonth.SECONDS;
    }
  },
  CONCURRENCY(
      "invocations at once, all functions",
      1_000,
      "ask for more (Lambda, by request, to tens of thousands)") {
    @Override
    double used(UserMonth user) {
      return user.typical().of(Price.LAMBDA_GB_SECOND) / UserMonth.SECONDS;
    }
  },
  INVOCATIONS(
      "invocations a second, ten for each of those at once", 10_000, "rises with the concurrency") {
    @Override
    double used(UserMonth user) {
      return user.typical().of(Price.LAMBDA_REQUEST) / UserMonth.SECONDS;
    }
  },
  TABLE_WRITES(
      "write units a second, all tables as if they were one",
      40_000,
      "ask for more (DynamoDB, for the table of messages), and warm the table up first") {
    @Override
    double used(UserMonth user) {
      return user.typical().of(Price.WRITE_UNIT) / UserMonth.SECONDS;
    }
  },
  TABLE_READS(
      "read units a second, all tables as if they were one",
      40_000,
      "ask for more (DynamoDB, for the tables of accounts and contacts)") {
    @Override
    double used(UserMonth user) {
      return user.typical().of(Price.READ_UNIT) / UserMonth.SECONDS;
    }
  };

  private final String title;
  private final double limit;
  private final String remedy;

  Quota(String title, double limit, String remedy) {
    this.title = title;
    this.limit = limit;
    this.remedy = remedy;
  }

  String title() {
    return title;
  }

  double limit() {
    return limit;
  }

  String remedy() {
    return remedy;
  }

  /** How much of it one user takes on average. */
  abstract double used(UserMonth user);

  /** The share of the quota that so many users take at the busiest second; over 1 it is broken. */
  double share(UserMonth user, double users) {
    return users * used(user) * user.assumptions().of(Assumption.PEAK) / limit;
  }

  /** How many users break it. */
  double breaksAt(UserMonth user) {
    return 1 / share(user, 1);
  }
}
