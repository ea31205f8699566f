package io.quantchat.infra.bench.cost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The cost of users in a month, one and many, and which quota they break first. */
record FleetTables(PriceList prices, UserMonth user) {

  private static final List<Double> SIZES = List.of(1e3, 1e4, 1e5, 1e6, 1e7, 1e8);

  Table aroundMessages() {
    Assumptions assumptions = user.assumptions();
    double online = assumptions.share(Assumption.ONLINE);
    Map<String, Cell> items = new LinkedHashMap<>();
    items.put("a million typing frames", Cell.dollars(list(user.signal("typing", online)) * 1e6));
    items.put("a million receipts", Cell.dollars(list(user.signal("receipt", online)) * 1e6));
    items.put(
        "a million one-time prekeys, uploaded and handed out",
        Cell.dollars(list(user.prekey()) * 1e6));
    items.put(
        "a user connected all month who says nothing",
        Cell.smallDollars(list(user.alwaysConnected())));
    items.put("a user's month, all as assumed", Cell.smallDollars(list(user.typical())));
    items.put("a million logins", Cell.dollars(list(user.login()) * 1e6));
    items.put(
        "what is fixed each month: alarms, dashboards, keys, a look each minute",
        Cell.dollars(list(fixed())));
    return new Table(
        "around_messages",
        "What isn't a message",
        List.of("what", "dollars"),
        items.entrySet().stream()
            .map(item -> List.of(Cell.text(item.getKey()), item.getValue()))
            .toList(),
        List.of(
            "A message that no later theft of keys opens uses up a prekey: uploaded with a hundred,"
                + " taken with five.",
            "A user who is connected all month pays for minutes, pings, a new socket every two"
                + " hours and refreshes."));
  }

  Table sizes() {
    var rows = new ArrayList<List<Cell>>();
    for (double users : SIZES) {
      Usage usage = user.typical().times(users).plus(fixed());
      double dollars = prices.inOneMonth(usage);
      double delivered = users * user.messages();
      rows.add(
          List.of(
              Cell.number(users),
              Cell.number(delivered),
              Cell.dollars(dollars),
              Cell.smallDollars(dollars / users),
              Cell.dollars(dollars / delivered * MessageTables.MILLION),
              Cell.text(largest(usage))));
    }
    return new Table(
        "users",
        "A month, by users",
        List.of(
            "users",
            "messages a month",
            "a month",
            "a user",
            "a million messages, all in",
            "largest part"),
        rows,
        List.of(
            "With the tiers that each amount reaches; all in: presence, typing, receipts and being"
                + " connected as well."));
  }

  Table quotas() {
    var columns = new ArrayList<>(List.of("quota", "default"));
    SIZES.forEach(users -> columns.add(Cell.plain(users)));
    columns.add("breaks at");
    columns.add("then");
    var rows = new ArrayList<List<Cell>>();
    for (Quota quota : Quota.values()) {
      var row = new ArrayList<>(List.of(Cell.text(quota.title()), Cell.number(quota.limit())));
      SIZES.forEach(users -> row.add(Cell.ofLimit(quota.share(user, users))));
      row.add(Cell.number(quota.breaksAt(user)));
      row.add(Cell.text(quota.remedy()));
      rows.add(row);
    }
    return new Table(
        "quotas",
        "Quotas, used at the busiest second",
        columns,
        rows,
        List.of(
            "Defaults of an account in one region; some regions begin at 2,500 requests a second,"
                + " and new accounts may begin lower.",
            "Frames that answer a frame are counted as well, so the first row is an upper bound.",
            "The template's own limits, RestRequestsPerSecond and SocketEventsPerSecond, come"
                + " before any of these: they cap what a flood can cost. Raise them with the"
                + " users."));
  }

  Table firstToBreak() {
    var rows = new ArrayList<List<Cell>>();
    for (double users : SIZES) {
      List<Quota> broken =
          Arrays.stream(Quota.values())
              .filter(quota -> quota.share(user, users) > 1)
              .sorted(Comparator.comparingDouble(quota -> quota.breaksAt(user)))
              .toList();
      rows.add(
          List.of(
              Cell.number(users),
              Cell.text(
                  broken.isEmpty()
                      ? "none"
                      : broken.getFirst().title()
                          + " ("
                          + Cell.plain(broken.getFirst().share(user, users))
                          + " times the default)"),
              Cell.text(broken.isEmpty() ? "nothing to do" : broken.getFirst().remedy()),
              Cell.number(broken.size())));
    }
    return new Table(
        "first_to_break",
        "Which quota breaks first",
        List.of("users", "first", "what to do", "broken in all"),
        rows,
        List.of());
  }

  private Usage fixed() {
    Assumptions assumptions = user.assumptions();
    return Usage.of(Price.ALARM_MONTH, assumptions.of(Assumption.ALARM_METRICS))
        .and(Price.DASHBOARD_MONTH, assumptions.of(Assumption.DASHBOARDS))
        .and(Price.KEY_MONTH, assumptions.of(Assumption.KEYS))
        .and(Price.KEY_REQUEST, assumptions.of(Assumption.KEY_REQUESTS))
        .plus(user.looks());
  }

  private String largest(Usage usage) {
    Price.Group largest =
        Arrays.stream(Price.Group.values())
            .max(Comparator.comparingDouble(group -> inOneMonth(group, usage)))
            .orElseThrow();
    double share = inOneMonth(largest, usage) / prices.inOneMonth(usage);
    return largest.title() + ", " + Cell.percent(share).shown();
  }

  private double inOneMonth(Price.Group group, Usage usage) {
    return prices.inOneMonth(MessageTables.only(group, usage));
  }

  private double list(Usage usage) {
    return prices.atListPrice(usage);
  }
}
