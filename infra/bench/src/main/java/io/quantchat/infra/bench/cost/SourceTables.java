package io.quantchat.infra.bench.cost;

import io.quantchat.infra.stack.Budgets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Where the figures come from. */
record SourceTables(PriceList prices, Budgets budgets, Assumptions assumptions) {

  List<Table> all() {
    return List.of(assumed(), counted(), priced());
  }

  private Table assumed() {
    var rows = new ArrayList<List<Cell>>();
    for (Assumption each : Assumption.values()) {
      rows.add(
          List.of(
              Cell.text("`" + each.option() + "`"),
              Cell.number(assumptions.of(each)),
              Cell.text(each.meaning())));
    }
    return new Table(
        "assumptions",
        "Assumptions",
        List.of("option", "value", "meaning"),
        rows,
        List.of(
            "Milliseconds are not measured on AWS. Memory is the template's.",
            "SnapStart costs nothing extra for Java. A browser's preflights, WAF (about $8 and"
                + " $0.60 for a million requests) and a custom domain are left out, and so are"
                + " taxes."));
  }

  private Table counted() {
    return new Table(
        "units",
        "Units of DynamoDB, and the tests that hold them",
        List.of(
            "operation", "read units", "write units", "sampled besides", "round trips", "held by"),
        budgets.all().values().stream()
            .map(
                budget ->
                    List.of(
                        Cell.text(budget.operation()),
                        Cell.number(budget.readUnits()),
                        Cell.number(budget.writeUnits()),
                        Cell.text(String.format(Locale.ROOT, "%.3f", budget.sampledWriteUnits())),
                        Cell.number(budget.roundTrips()),
                        Cell.text("`" + budget.test() + "`")))
            .toList(),
        List.of());
  }

  private Table priced() {
    var rows = new ArrayList<List<Cell>>();
    for (Price price : Price.values()) {
      PriceList.Entry entry = prices.entry(price);
      rows.add(
          List.of(
              Cell.text(entry.unit()),
              Cell.text(
                  entry.tiers().stream()
                      .map(SourceTables::shown)
                      .collect(Collectors.joining(", "))),
              Cell.text(entry.source()),
              Cell.text(entry.certainty())));
    }
    return new Table(
        "prices",
        "Prices of " + prices.asOf() + " in " + prices.region(),
        List.of("for one", "dollars", "published at", "checked"),
        rows,
        List.of());
  }

  private static String shown(PriceList.Tier tier) {
    double million = tier.dollars() * MessageTables.MILLION;
    String dollars =
        tier.dollars() < 0.001
            ? String.format(Locale.ROOT, "$%.4f a million", million)
            : String.format(Locale.ROOT, "$%.3f", tier.dollars());
    return Double.isInfinite(tier.upTo()) ? dollars : dollars + " to " + Cell.plain(tier.upTo());
  }
}
