package io.quantchat.infra.bench.cost;

import static io.quantchat.infra.bench.cost.Delivery.ANSWER_BYTES;
import static io.quantchat.infra.bench.cost.Delivery.CONNECTIONS;

/** One user's usage in a month of 30 days. */
record UserMonth(Operations operations, Assumptions assumptions) {

  static final int DAYS = 30;
  static final double SECONDS = DAYS * 86_400.0;

  private static final String AUTH = "AuthFunction";
  private static final String ERASURE = "ErasureFunction";
  private static final String KEYS = "KeysFunction";
  private static final String AUTHORIZER = "SocketAuthorizerFunction";

  /** Contacts of whom the budgets were counted, and how many of them for each who is online. */
  private static final double COUNTED_CONTACTS = 50;

  private static final double CONTACTS_FOR_EACH_ONLINE = 5;

  /** The gateway closes a socket after two hours. */
  private static final double LONGEST_SOCKET_HOURS = 2;

  /** An access token is good for 15 minutes. */
  private static final double REFRESHES_AN_HOUR = 4;

  private static final double ACCOUNT_BYTES = 2_000;
  private static final double CONTACT_BYTES = 130;
  private static final double CONTACT_ANSWER_BYTES = 500;

  /** An answer with five prekeys, and one in four with the bundle, which changes once a week. */
  private static final double TAKEN_BYTES = 14_500 + 9_800 / 4.0;

  private static final double STORED_OVERHEAD_BYTES = 250;

  /** Messages by clients that do their best, and everything around them, as assumed. */
  Usage typical() {
    double online = assumptions.share(Assumption.ONLINE);
    Usage deliveries =
        deliver(Delivery.SOCKET_TO_SOCKET)
            .times(online)
            .plus(deliver(Delivery.SOCKET_TO_FETCH).times(1 - online));
    return deliveries
        .plus(signals(online))
        .plus(prekey().times(assumptions.share(Assumption.POST_QUANTUM)))
        .times(messages())
        .plus(connected(assumptions.of(Assumption.HOURS), assumptions.of(Assumption.OPENINGS)))
        .plus(stored());
  }

  /**
   * A one-time prekey from its upload to its hand-over, as a message that has one of its own takes
   * it: uploaded with a hundred, taken with five.
   */
  Usage prekey() {
    Usage upload =
        operations
            .request(KEYS, Assumption.UPLOAD_MS, Delivery.ANSWER_BYTES)
            .plus(operations.units("publish_100_prekeys"));
    Usage take =
        operations.request(KEYS, Assumption.TAKE_MS, TAKEN_BYTES).plus(operations.units("take_5"));
    return upload.times(1.0 / 100).plus(take.times(1.0 / 5));
  }

  /** A login with its password. */
  Usage login() {
    return operations
        .request(AUTH, Assumption.HASH_MS, 4 * Delivery.ANSWER_BYTES)
        .plus(operations.units("login"));
  }

  /** The schedule of a month: each minute a worker looks whether there is an account to erase. */
  Usage looks() {
    return operations
        .invocation(ERASURE, assumptions.of(Assumption.ERASE_MS))
        .and(Price.READ_UNIT, 1)
        .times(SECONDS / 60);
  }

  /** Being connected day and night, and saying nothing. */
  Usage alwaysConnected() {
    return connected(24, 24 / LONGEST_SOCKET_HOURS);
  }

  /** Messages that one user sends in a month. */
  double messages() {
    return assumptions.of(Assumption.MESSAGES) * DAYS;
  }

  /** Sockets that one user opens in a month. */
  double openings() {
    return assumptions.of(Assumption.OPENINGS) * assumptions.of(Assumption.DEVICES) * DAYS;
  }

  private Usage deliver(Delivery delivery) {
    double postQuantum = assumptions.share(Assumption.POST_QUANTUM);
    return delivery
        .of(operations, assumptions, Size.EIGHT_KILOBYTES)
        .times(postQuantum)
        .plus(delivery.of(operations, assumptions, Size.KILOBYTE).times(1 - postQuantum));
  }

  /** Receipts and typing around one message. */
  Usage signals(double online) {
    return signal("receipt", online)
        .times(online * assumptions.of(Assumption.RECEIPTS))
        .plus(signal("typing", online).times(assumptions.of(Assumption.TYPING)));
  }

  /** One frame, and its push where the other is connected. */
  Usage signal(String operation, double online) {
    return operations
        .frame(CONNECTIONS, Assumption.FRAME_MS)
        .plus(operations.units(operation))
        .plus(operations.push(ANSWER_BYTES).times(online * assumptions.of(Assumption.DEVICES)));
  }

  private Usage connected(double hoursADay, double openingsADay) {
    double devices = assumptions.of(Assumption.DEVICES);
    double minutes = hoursADay * 60 * devices;
    Usage ping = operations.frame(CONNECTIONS, Assumption.PING_MS).plus(operations.units("ping"));
    return Usage.of(Price.SOCKET_MINUTE, minutes)
        .plus(
            ping.plus(operations.push(30)).times(minutes / assumptions.of(Assumption.PING_MINUTES)))
        .plus(opening().times(openingsADay * devices))
        .plus(
            operations
                .request(AUTH, Assumption.REFRESH_MS, 4 * ANSWER_BYTES)
                .plus(operations.units("refresh"))
                .times(hoursADay * REFRESHES_AN_HOUR * devices))
        .times(DAYS);
  }

  /** A socket opens and closes; its client fetches contacts and what is pending. */
  private Usage opening() {
    double contacts = assumptions.of(Assumption.CONTACTS);
    double milliseconds = assumptions.of(Assumption.OPEN_MS);
    return operations
        .invocation(AUTHORIZER, milliseconds * 0.1)
        .plus(operations.units("authorize_by_token"))
        .plus(operations.invocation(CONNECTIONS, milliseconds * 0.5))
        .plus(operations.invocation(CONNECTIONS, milliseconds * 0.4))
        .plus(operations.accessLog().times(2))
        .plus(withContacts("connect", contacts))
        .plus(withContacts("disconnect", contacts))
        .plus(operations.push(ANSWER_BYTES).times(2 * contacts / CONTACTS_FOR_EACH_ONLINE))
        .plus(
            operations.request(
                "ContactsFunction", Assumption.FETCH_MS, contacts * CONTACT_ANSWER_BYTES))
        .plus(operations.units("list_50_contacts").times(contacts / COUNTED_CONTACTS))
        .plus(operations.request(Delivery.RELAY, Assumption.FETCH_MS, ANSWER_BYTES))
        .plus(operations.units("pending_none"));
  }

  /** Units between those that were counted without contacts and with fifty. */
  private Usage withContacts(String operation, double contacts) {
    Usage alone = operations.units(operation + "_0_contacts");
    Usage counted = operations.units(operation + "_50_contacts");
    double share = contacts / COUNTED_CONTACTS;
    return alone.times(1 - share).plus(counted.times(share));
  }

  private Usage stored() {
    double waiting =
        assumptions.of(Assumption.MESSAGES)
            * (1 - assumptions.share(Assumption.ONLINE))
            * assumptions.of(Assumption.WAITING_HOURS)
            / 24;
    double postQuantum = assumptions.share(Assumption.POST_QUANTUM);
    double messageBytes =
        postQuantum * Size.EIGHT_KILOBYTES.wireBytes()
            + (1 - postQuantum) * Size.KILOBYTE.wireBytes();
    return operations
        .stored(waiting * (messageBytes + STORED_OVERHEAD_BYTES))
        .plus(
            operations.storedAndBackedUp(
                ACCOUNT_BYTES + assumptions.of(Assumption.CONTACTS) * CONTACT_BYTES));
  }
}
