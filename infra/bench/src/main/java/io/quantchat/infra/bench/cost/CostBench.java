package io.quantchat.infra.bench.cost;

import io.quantchat.infra.local.terminal.Typed;
import io.quantchat.infra.stack.Budgets;
import io.quantchat.infra.stack.Deployment;
import io.quantchat.infra.stack.Stack;
import io.quantchat.infra.stack.Template;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./quantchat bench cost}: what QuantChat costs, and which quota breaks first. */
@Command(
    name = "cost",
    description = "What QuantChat costs on AWS, and which quota breaks first.",
    abbreviateSynopsis = true,
    separator = " ")
public final class CostBench implements Callable<Integer> {

  private static final String REGION = "us-east-1";

  @Spec private CommandSpec spec;

  private final PrintStream out;
  private String region;
  private Assumptions assumptions = Assumptions.standard();

  @Option(names = "--json", description = "for programs")
  private boolean json;

  public CostBench(PrintStream out) {
    this.out = out;
  }

  /** The command, with an option for each assumption. */
  public CommandSpec command() {
    CommandSpec command = CommandSpec.forAnnotatedObject(this);
    command.addOption(
        OptionSpec.builder("--region")
            .paramLabel("REGION")
            .type(String.class)
            .defaultValue(REGION)
            .description(
                "whose prices: %s (default %s)"
                    .formatted(String.join(", ", PriceList.regions()), REGION))
            .setter(typed(text -> region = text))
            .build());
    for (Assumption each : Assumption.values()) {
      command.addOption(
          OptionSpec.builder(each.option())
              .paramLabel("N")
              .type(String.class)
              // To picocli a lone % begins a format.
              .description(
                  each.meaning().replace("%", "%%") + " (" + Cell.plain(each.standard()) + ")")
              .setter(typed(text -> assume(each, text)))
              .build());
    }
    return command;
  }

  /** As picocli sets a value: it wants the one before, and sets none where there is no default. */
  private static ISetter typed(Consumer<String> taken) {
    return new ISetter() {
      @Override
      public <T> T set(T value) {
        if (value != null) {
          taken.accept(value.toString());
        }
        return null;
      }
    };
  }

  private void assume(Assumption assumption, String typed) {
    try {
      assumptions = assumptions.with(assumption, Double.parseDouble(typed));
    } catch (NumberFormatException noNumber) {
      throw Typed.unusable(spec, assumption.option() + " needs a number.");
    } catch (IllegalArgumentException outOfBounds) {
      throw Typed.unusable(spec, outOfBounds.getMessage());
    }
  }

  @Override
  public Integer call() {
    Path template = Path.of(System.getProperty("quantchat.template"));
    CostReport report =
        CostReport.of(
            prices(), Budgets.besideTemplate(template), stack(template, region), assumptions);
    out.print(json ? report.toJson() + "\n" : report.toMarkdown());
    return 0;
  }

  private PriceList prices() {
    try {
      return PriceList.of(region);
    } catch (IllegalArgumentException unknown) {
      throw Typed.unusable(spec, unknown.getMessage());
    }
  }

  private static Stack stack(Path template, String region) {
    return Template.read(template).resolve(Deployment.onThisMachine(8080, Map.of()).in(region));
  }
}
