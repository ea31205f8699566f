package io.quantchat.infra.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bounds on what operations ask of DynamoDB: {@code infra/budgets.json}. Each entry names the test
 * that counts the operation's requests and fails where they differ from the entry, in either
 * direction. So what is computed from this file is computed from what was counted.
 */
public final class Budgets {

  private static final String FILE = "infra/budgets.json";

  private final Map<String, Budget> budgets;

  private Budgets(Map<String, Budget> budgets) {
    this.budgets = budgets;
  }

  /**
   * One operation's budget.
   *
   * @param operation its name in the file, such as {@code send_1kb_online}
   * @param requests how often it calls each of DynamoDB's operations
   * @param readUnits read units: half of one for 4 kB read with eventual consistency
   * @param writeUnits write units: one for 1 kB
   * @param sampledWriteUnits what it writes on average besides, for limits and gauges that are
   *     written for one in so many uses: 0 where there are none
   * @param roundTrips how many of its requests wait for one another
   * @param test the method that counts them, such as {@code io.quantchat.BudgetsTest#aSend}
   */
  public record Budget(
      String operation,
      Map<String, Integer> requests,
      double readUnits,
      double writeUnits,
      double sampledWriteUnits,
      int roundTrips,
      String test) {}

  /**
   * Reads the budgets.
   *
   * @param template the template's file; the budgets lie in the same project
   */
  public static Budgets besideTemplate(Path template) {
    Path file = template.toAbsolutePath().resolveSibling(FILE);
    try {
      return parse(Files.readString(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("The budgets " + FILE + " can't be read", unreadable);
    }
  }

  static Budgets parse(String json) throws JsonProcessingException {
    var budgets = new LinkedHashMap<String, Budget>();
    for (Map.Entry<String, JsonNode> entry : new ObjectMapper().readTree(json).properties()) {
      budgets.put(entry.getKey(), budgetOf(entry.getKey(), entry.getValue()));
    }
    return new Budgets(budgets);
  }

  private static Budget budgetOf(String operation, JsonNode entry) {
    var requests = new TreeMap<String, Integer>();
    entry
        .required("requests")
        .properties()
        .forEach(request -> requests.put(request.getKey(), request.getValue().intValue()));
    return new Budget(
        operation,
        requests,
        entry.required("read_units").doubleValue(),
        entry.required("write_units").doubleValue(),
        entry.path("sampled_write_units").doubleValue(),
        entry.required("round_trips").intValue(),
        entry.required("test").textValue());
  }

  /**
   * One operation's budget.
   *
   * @throws IllegalArgumentException if the file has none
   */
  public Budget of(String operation) {
    Budget budget = budgets.get(operation);
    if (budget == null) {
      throw new IllegalArgumentException(FILE + " has no budget for " + operation);
    }
    return budget;
  }

  /** Every budget, in the file's order. */
  public Map<String, Budget> all() {
    return Collections.unmodifiableMap(budgets);
  }
}
