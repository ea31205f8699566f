package io.quantchat.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.infra.stack.Budgets;
import io.quantchat.infra.stack.Budgets.Budget;
import java.nio.file.Path;
import java.util.ArrayList;
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
   * Fails unless the function answers, and asks of DynamoDB exactly what the budget says, and the
   * budget says that this test holds it.
   *
   * @param operation the budget's name
   * @param function on the world's counted client
   * @param test the running test
   */
  public static void holds(
      String operation, World world, RequestStreamHandler function, JsonNode event, TestInfo test)
      throws Exception {
    var answers = new ArrayList<JsonNode>();
    Spent spent = world.counter.during(() -> answers.add(world.answer(function, event)));
    assertThat(answers.getFirst().path("statusCode").asInt(200)).isBetween(200, 304);
    assertThat(
            new Budget(
                operation,
                spent.requestsByOperation(),
                spent.readUnits(),
                spent.writeUnits(),
                BUDGETS.of(operation).sampledWriteUnits(),
                spent.sequentialRoundTrips(),
                nameOf(test)))
        .isEqualTo(BUDGETS.of(operation));
  }

  private static String nameOf(TestInfo test) {
    return test.getTestClass().orElseThrow().getName()
        + "#"
        + test.getTestMethod().orElseThrow().getName();
  }
}
