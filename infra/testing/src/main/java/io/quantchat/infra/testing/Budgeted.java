package io.quantchat.infra.testing;

import io.quantchat.infra.stack.Budgets;
import io.quantchat.infra.stack.Budgets.Budget;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.TestInfo;

/** Holds what an operation cost against its entry in {@code infra/budgets.json}. */
public final class Budgeted {

  private static final Budgets BUDGETS =
      Budgets.besideTemplate(Path.of(System.getProperty("quantchat.template")));

  private Budgeted() {}

  /** Every budget there is. */
  public static Budgets budgets() {
    return BUDGETS;
  }

  /**
   * Fails unless this is exactly what the budget says, and the budget says that this test holds it.
   *
   * @param operation the budget's name
   * @param spent what was counted
   * @param test the running test
   */
  public static void holds(String operation, Spent spent, TestInfo test) {
    var counted =
        new Budget(
            operation,
            new TreeMap<>(spent.requestsByOperation()),
            spent.readUnits(),
            spent.writeUnits(),
            spent.sequentialRoundTrips(),
            nameOf(test));
    Budget budget = BUDGETS.of(operation);
    if (!counted.equals(budget)) {
      throw new AssertionError("Counted:  " + counted + "\nBudgeted: " + budget);
    }
  }

  private static String nameOf(TestInfo test) {
    return test.getTestClass().orElseThrow().getName()
        + "#"
        + test.getTestMethod().orElseThrow().getName();
  }
}
