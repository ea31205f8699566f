package io.quantchat.infra.bench.cost;

import io.quantchat.infra.stack.Budgets;
import io.quantchat.infra.stack.Deployment;
import io.quantchat.infra.stack.Stack;
import io.quantchat.infra.stack.Template;
import java.nio.file.Path;
import java.util.Map;

/** The real budgets and the real template, with the standard assumptions. */
final class CostWorld {

  final PriceList prices = PriceList.of("us-east-1");
  final Assumptions assumptions = Assumptions.standard();
  final Budgets budgets = Budgets.besideTemplate(template());
  final Operations operations = new Operations(budgets, stack(), assumptions);

  private static Path template() {
    return Path.of(System.getProperty("quantchat.template"));
  }

  private static Stack stack() {
    return Template.read(template()).resolve(Deployment.onThisMachine(8080, Map.of()));
  }
}
