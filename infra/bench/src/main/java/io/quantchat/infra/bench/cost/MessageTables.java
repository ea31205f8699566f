package io.quantchat.infra.bench.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/** The cost of a million delivered messages, of what that is made, and what would lower it. */
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
            "1 kB and 8 kB are the whole request that sends the message, with keys and one"
                + " signature of suite v1; 1 kB of content has these on top, and takes 2 units to"
                + " write.",
            "Suite v2's keys and signatures take 6 kB by themselves: whatever it says, a message of"
                + " v2 costs as much as one of 8 kB.",
            "From the send to the delete, in batches of %s; prices of the first tiers."
                .formatted(Cell.plain(assumptions.of(Assumption.BATCH))),
            verdict()));
  }

  /** Says whether the aim is reached, and by what it is missed. */
  private String verdict() {
    double online = million(usage(Delivery.SOCKET_TO_SOCKET, Size.KILOBYTE));
    double offline = million(usage(Delivery.SOCKET_TO_FETCH, Size.KILOBYTE));
    double rest = prices.entry(Price.REST_REQUEST).tiers().getFirst().dollars() * MILLION;
    return "The aim of $%.0f for 1 kB is %s online ($%.2f) and %s offline ($%.2f) by clients that send over the socket. One that sends over HTTP pays $%.2f for that request alone."
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
    Usage http = usage(Delivery.PUSHED, Size.KILOBYTE);
    Usage socket = usage(Delivery.SOCKET_TO_SOCKET, Size.KILOBYTE);
    Map<String, Usage[]> ideas = new LinkedHashMap<>();
    ideas.put(
        "an HTTP API in the REST API's place",
        new Usage[] {http, http.with(Price.HTTP_REQUEST, Price.REST_REQUEST)});
    ideas.put(
        "sends over the socket that nobody answers",
        new Usage[] {socket, socket.and(Price.SOCKET_MESSAGE, -1)});
    ideas.put(
        "acknowledgements that nobody answers",
        new Usage[] {
          socket, socket.and(Price.SOCKET_MESSAGE, -1 / assumptions.of(Assumption.BATCH))
        });
    ideas.put(
        "no access logs", new Usage[] {socket, socket.and(Price.LOG_GB, -socket.of(Price.LOG_GB))});
    var rows = new ArrayList<List<Cell>>();
    for (Entry<String, Usage[]> idea : ideas.entrySet()) {
      double now = million(idea.getValue()[0]);
      double then = million(idea.getValue()[1]);
      rows.add(
          List.of(
              Cell.text(idea.getKey()),
              Cell.dollars(now),
              Cell.dollars(then),
              Cell.dollars(then - now)));
    }
    return new Table(
        "ideas",
        "What would make it cheaper (1 kB, online; none of it built)",
        List.of("if there were", "now", "then", "change"),
        rows,
        List.of(
            "An HTTP API has no WAF, no X-Ray, no gateway responses of one's own, a 30 s limit and"
                + " another event."));
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
