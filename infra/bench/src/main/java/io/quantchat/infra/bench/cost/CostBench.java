package io.quantchat.infra.bench.cost;

import io.quantchat.infra.stack.Budgets;
import io.quantchat.infra.stack.Deployment;
import io.quantchat.infra.stack.Stack;
import io.quantchat.infra.stack.Template;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code ./quantchat bench cost}: what QuantChat costs, and which quota breaks first. */
public final class CostBench {

  private CostBench() {}

  /** Exits 0, or 2 if the arguments can't be read. */
  public static int run(List<String> arguments, PrintStream out) {
    CostOptions options;
    PriceList prices;
    try {
      options = CostOptions.parse(arguments);
      prices = PriceList.of(options.region());
    } catch (IllegalArgumentException unreadable) {
      out.println(unreadable.getMessage());
      out.print(CostOptions.usage());
      return 2;
    }
    if (options.help()) {
      out.print(CostOptions.usage());
      return 0;
    }
    Path template = Path.of(System.getProperty("quantchat.template"));
    CostReport report =
        CostReport.of(
            prices,
            Budgets.besideTemplate(template),
            stack(template, options.region()),
            options.assumptions());
    out.print(options.json() ? report.toJson() + "\n" : report.toMarkdown());
    return 0;
  }

  private static Stack stack(Path template, String region) {
    return Template.read(template)
        .resolve(
            new Deployment(
                region,
                "000000000000",
                "quantchat",
                Map.of(),
                "ws://localhost:8080",
                "http://localhost:8080"));
  }
}
