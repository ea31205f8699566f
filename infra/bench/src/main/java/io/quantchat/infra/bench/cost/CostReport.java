package io.quantchat.infra.bench.cost;

import io.quantchat.infra.bench.report.ReportJson;
import io.quantchat.infra.stack.Budgets;
import io.quantchat.infra.stack.Stack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Every table, for people and for programs. */
record CostReport(PriceList prices, List<Table> tables) {

  static CostReport of(PriceList prices, Budgets budgets, Stack stack, Assumptions assumptions) {
    var operations = new Operations(budgets, stack, assumptions);
    var messages = new MessageTables(prices, operations, assumptions);
    var fleet = new FleetTables(prices, new UserMonth(operations, assumptions));
    var tables = new ArrayList<Table>();
    tables.add(messages.totals());
    tables.add(messages.parts());
    tables.add(messages.ideas());
    tables.add(new MediaTable(prices, operations, assumptions).table());
    tables.add(fleet.aroundMessages());
    tables.add(fleet.sizes());
    tables.add(fleet.quotas());
    tables.add(fleet.firstToBreak());
    tables.add(new HotInboxTable(budgets).table());
    tables.add(new AttackTable(prices, operations, assumptions).table());
    tables.addAll(new SourceTables(prices, budgets, assumptions).all());
    return new CostReport(prices, tables);
  }

  String toMarkdown() {
    return "\nDollars at AWS's list prices of %s in %s, without free allowances and taxes.\n"
            .formatted(prices.asOf(), prices.region())
        + tables.stream().map(Table::toMarkdown).collect(Collectors.joining());
  }

  String toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("as_of", prices.asOf().toString());
    json.put("region", prices.region());
    tables.forEach(table -> json.put(table.name(), table.toJson()));
    return ReportJson.of(json);
  }
}
