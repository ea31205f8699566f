package io.quantchat.infra.bench.cost;

import io.quantchat.limits.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What somebody costs in a day who does as much as is let through. */
record AttackTable(PriceList prices, Operations operations, Assumptions assumptions) {

  private static final double SECONDS = 86_400;
  private static final double LIFE_DAYS = 7;
  private static final double BYTES_OF_MEGABIT = 125_000;
  private static final String AUTH = "AuthFunction";

  Table table() {
    var user = new UserMonth(operations, assumptions);
    var rows = new ArrayList<List<Cell>>();
    rows.add(
        row(
            "sends 8 kB to contacts",
            Limit.SENDS_OF_DAY,
            Delivery.FETCHED.of(operations, assumptions, Size.EIGHT_KILOBYTES)));
    rows.add(
        row(
            "sends 1 kB to strangers",
            Limit.SENDS_OF_DAY,
            relayed(Assumption.SEND_MS).plus(operations.units("send_1kb_stranger"))));
    rows.add(row("makes accounts", Limit.REGISTRATIONS, user.login()));
    rows.add(row("guesses passwords", Limit.LOGINS_OF_ADDRESS, user.login()));
    rows.add(
        row(
            "polls for messages",
            Limit.READS,
            relayed(Assumption.FETCH_MS).plus(operations.units("pending_none"))));
    rows.add(
        row(
            "lists its contacts, fifty of them",
            Limit.READS,
            operations
                .request("ContactsFunction", Assumption.FETCH_MS, 50 * 500)
                .plus(operations.units("list_50_contacts"))));
    rows.add(row("types, or sends receipts", Limit.SIGNALS, user.signal("typing", 1)));
    rows.add(
        row(
            "opens sockets",
            Limit.CONNECTS,
            authorized()
                .plus(
                    operations.invocation(
                        Delivery.CONNECTIONS, assumptions.of(Assumption.OPEN_MS) * 0.9))
                .plus(operations.units("authorize_by_token"))
                .plus(operations.units("connect_50_contacts"))
                .plus(operations.units("disconnect_50_contacts"))));
    rows.add(
        row(
            "takes prekeys one by one",
            Limit.PREKEYS_OF_REQUESTER,
            operations
                .request("KeysFunction", Assumption.TAKE_MS, 15_000)
                .plus(operations.units("take_1"))));
    rows.add(
        row(
            "publishes a hundred prekeys",
            Limit.KEY_UPLOADS,
            operations
                .request("KeysFunction", Assumption.UPLOAD_MS, Delivery.ANSWER_BYTES)
                .plus(operations.units("publish_100_prekeys"))));
    rows.add(
        row(
            "uploads attachments, as large as may be",
            Limit.MEDIA_UPLOADS,
            uploaded().uploaded(operations).plus(uploaded().kept(operations, LIFE_DAYS))));
    rows.add(
        row(
            "downloads attachments of 1 MB, once each",
            Limit.MEDIA_DOWNLOAD_MEBIBYTES,
            Attachment.PICTURE.downloaded(operations)));
    rows.add(
        row(
            "downloads 1 MB by links that are good, again and again",
            "its line",
            assumptions.of(Assumption.MEDIA_LINE)
                * BYTES_OF_MEGABIT
                / Attachment.MEGABYTE
                * SECONDS,
            operations.transfer(Attachment.MEGABYTE).and(Price.OBJECT_READ, 1)));
    rows.add(
        row(
            "floods sockets with frames that are refused",
            "SocketEventsPerSecond",
            assumptions.of(Assumption.SOCKET_LIMIT) * SECONDS,
            operations
                .frame(Delivery.CONNECTIONS, Assumption.PING_MS)
                .plus(operations.push(Delivery.ANSWER_BYTES))));
    rows.add(
        row(
            "floods handshakes without a token",
            "SocketEventsPerSecond",
            assumptions.of(Assumption.SOCKET_LIMIT) * SECONDS,
            authorized()));
    rows.add(
        row(
            "floods the REST API without a token",
            "RestRequestsPerSecond",
            assumptions.of(Assumption.REST_LIMIT) * SECONDS,
            relayed(Assumption.PING_MS)));
    rows.add(
        row(
            "floods it with what a limit refuses",
            "RestRequestsPerSecond",
            assumptions.of(Assumption.REST_LIMIT) * SECONDS,
            operations
                .request(AUTH, Assumption.FETCH_MS, Delivery.ANSWER_BYTES)
                .and(Price.WRITE_UNIT, 1)));
    return new Table(
        "attacks",
        "A day of an attack",
        List.of("somebody who", "bound by", "times a day", "dollars a day"),
        rows,
        List.of(
            "Each from one account or one address, as often as its limit lets through by default;"
                + " the floods from wherever they like.",
            "Refused requests cost what the last rows say, each. A handshake is counted as a"
                + " message of the gateway, which AWS doesn't say."));
  }

  /** Of both limits' most. */
  private static Attachment uploaded() {
    return new Attachment(
        Attachment.MEGABYTE * Limit.MEDIA_UPLOAD_MEBIBYTES.most() / Limit.MEDIA_UPLOADS.most(), 0);
  }

  private Usage relayed(Assumption milliseconds) {
    return operations.request(Delivery.RELAY, milliseconds, Delivery.ANSWER_BYTES);
  }

  /** A handshake and the function that asks for its token. */
  private Usage authorized() {
    return operations
        .invocation("SocketAuthorizerFunction", assumptions.of(Assumption.OPEN_MS) * 0.1)
        .plus(operations.accessLog())
        .and(Price.SOCKET_MESSAGE, 1);
  }

  private List<Cell> row(String attack, Limit limit, Usage once) {
    double times = limit.most() * SECONDS / limit.window().toSeconds();
    return row(attack, limit.name().toLowerCase(Locale.ROOT).replace('_', '-'), times, once);
  }

  private List<Cell> row(String attack, String bound, double times, Usage once) {
    return List.of(
        Cell.text(attack),
        Cell.text("`" + bound + "`"),
        Cell.number(times),
        Cell.dollars(prices.atListPrice(once.times(times))));
  }
}
