package io.quantchat.infra.bench.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/** What a million delivered messages cost, of what that is made, and what would lower it. */
record MessageTables(PriceList prices, Operations operations, Assumptions assumptions) {

  static final double MILLION = 1_000_000;

  /** In dollars for a million delivered messages of 1 kB. */
  static final double AIM = 6;

  Table totals() {
    var columns = new ArrayList<>(List.of("a million messages, delivered"));
    for (Size size : Size.values()) {
      columns.add(size.title());
    }
    var rows = new ArrayList<List<Cell>>();
    for (Delivery delivery : Delivery.values()) {
      var row = new ArrayList<>(List.of(Cell.text(delivery.title())));
      for (Size size : Size.values()) {
        row.add(Cell.dollars(million(usage(delivery, size))));
      }
      rows.add(row);
    }
    return new Table(
        "dollars_per_million_delivered",
        "A million delivered messages",
        columns,
        rows,
        List.of(
            "Sizes are of the content as it travels; keys and one signature of suite v1 come on"
                + " top.",
            "From the send to the delete, with message_sent to the sender's own sockets; first"
                + " tiers.",
            verdict()));
  }

  /** Says whether the aim is reached, and by what it is missed. */
  private String verdict() {
    double online = million(usage(Delivery.PUSHED, Size.KILOBYTE));
    double offline = million(usage(Delivery.FETCHED, Size.KILOBYTE));
    double rest = prices.entry(Price.REST_REQUEST).tiers().getFirst().dollars() * MILLION;
    return "The aim of $%.0f for 1 kB is %s online ($%.2f) and %s offline ($%.2f); the REST API's one request to send is $%.2f of it."
        .formatted(AIM, reached(online), online, reached(offline), offline, rest);
  }

  private static String reached(double dollars) {
    return dollars <= AIM ? "reached" : "missed";
  }

  Table parts() {
    var columns = new ArrayList<>(List.of("1 kB, of which"));
    for (Price.Group group : Price.Group.values()) {
      columns.add(group.title());
    }
    columns.add("all");
    var rows = new ArrayList<List<Cell>>();
    for (Delivery delivery : Delivery.values()) {
      Usage usage = usage(delivery, Size.KILOBYTE);
      var row = new ArrayList<>(List.of(Cell.text(delivery.title())));
      for (Price.Group group : Price.Group.values()) {
        row.add(Cell.dollars(million(only(group, usage))));
      }
      row.add(Cell.dollars(million(usage)));
      rows.add(row);
    }
    return new Table("parts_of_1kb", "What it is made of", columns, rows, List.of());
  }

  /** None of this is built; each changes the contract or the template. */
  Table ideas() {
    Usage now = usage(Delivery.PUSHED, Size.KILOBYTE);
    double devices = assumptions.of(Assumption.DEVICES);
    Map<String, Usage> ideas = new LinkedHashMap<>();
    ideas.put("as it is", now);
    ideas.put(
        "no message_sent to the device that sent", now.plus(Usage.of(Price.SOCKET_MESSAGE, -1)));
    ideas.put(
        "sends over the socket, answered there",
        now.and(Price.REST_REQUEST, -1)
            .and(Price.TRACE, -now.of(Price.TRACE))
            .and(Price.SOCKET_MESSAGE, 1));
    Usage cheaperApi =
        now.with(Price.HTTP_REQUEST, Price.REST_REQUEST).and(Price.TRACE, -now.of(Price.TRACE));
    ideas.put("an HTTP API in the REST API's place", cheaperApi);
    ideas.put("no logs", now.and(Price.LOG_GB, -now.of(Price.LOG_GB)));
    Usage withoutEcho = cheaperApi.and(Price.SOCKET_MESSAGE, -1);
    ideas.put("an HTTP API, and no message_sent to the device that sent", withoutEcho);
    ideas.put("these two, and no logs", withoutEcho.and(Price.LOG_GB, -now.of(Price.LOG_GB)));
    var rows = new ArrayList<List<Cell>>();
    for (Entry<String, Usage> idea : ideas.entrySet()) {
      rows.add(
          List.of(
              Cell.text(idea.getKey()),
              Cell.dollars(million(idea.getValue())),
              Cell.dollars(million(idea.getValue()) - million(now))));
    }
    return new Table(
        "ideas",
        "What would make it cheaper (1 kB, online, none of it built)",
        List.of("if there were", "a million", "change"),
        rows,
        List.of(
            "An HTTP API has no WAF, no X-Ray, no gateway responses of one's own, a 30 s limit and"
                + " another event.",
            "With %s on each side.".formatted(devices == 1 ? "one socket" : devices + " sockets")));
  }

  private Usage usage(Delivery delivery, Size size) {
    return delivery.of(operations, assumptions, size);
  }

  private double million(Usage usage) {
    return prices.atListPrice(usage.times(MILLION));
  }

  static Usage only(Price.Group group, Usage usage) {
    Usage part = Usage.NOTHING;
    for (Entry<Price, Double> used : usage.quantities().entrySet()) {
      if (used.getKey().group() == group) {
        part = part.and(used.getKey(), used.getValue());
      }
    }
    return part;
  }
}
