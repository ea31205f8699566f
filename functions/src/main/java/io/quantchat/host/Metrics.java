package io.quantchat.host;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Environment.Variable;
import java.io.PrintStream;
import java.time.Clock;

/**
 * Counts what AWS can't see, as lines of JSON in the function's log that CloudWatch reads metrics
 * from (CloudWatch User Guide, embedded metric format). Nothing is written, nor paid for, while
 * nothing goes wrong. A line names the function and its version, and nobody who used it.
 *
 * <p>The line goes to standard output: what the context's logger writes is wrapped into the
 * runtime's own JSON, where CloudWatch doesn't look.
 */
public final class Metrics {

  /** Everything that is counted. Alarms and the dashboard of the template use these names. */
  public enum Metric {
    /** Requests and frames that were answered with a fault of ours. */
    FAILURES("Failures"),
    /** Pushes that an open socket, as far as anyone knows, didn't get. */
    FAILED_PUSHES("FailedPushes"),
    /** Uses that were let through because their limit's table failed. */
    UNCOUNTED("Uncounted");

    private final String wireName;

    Metric(String wireName) {
      this.wireName = wireName;
    }
  }

  private static final String NAMESPACE = "QuantChat";
  private static final String FUNCTION = "FunctionName";
  private static final String VERSION = "FunctionVersion";

  private final PrintStream out;
  private final Clock clock;
  private final String function;
  private final String version;

  /** The metrics of one version of a function, written to this stream. */
  public Metrics(PrintStream out, Clock clock, String function, String version) {
    this.out = out;
    this.clock = clock;
    this.function = function;
    this.version = version;
  }

  /** The metrics of the function that stands on this host. */
  public static Metrics of(Host host) {
    return new Metrics(
        System.out,
        host.clock(),
        host.get(Variable.AWS_LAMBDA_FUNCTION_NAME),
        host.get(Variable.AWS_LAMBDA_FUNCTION_VERSION));
  }

  /** Adds to a metric, of the function as a whole and of this version of it. */
  public void count(Metric metric, int count) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    ObjectNode header = line.putObject("_aws").put("Timestamp", clock.millis());
    ObjectNode directive =
        header.putArray("CloudWatchMetrics").addObject().put("Namespace", NAMESPACE);
    var dimensions = directive.putArray("Dimensions");
    dimensions.addArray().add(FUNCTION);
    dimensions.addArray().add(FUNCTION).add(VERSION);
    directive.putArray("Metrics").addObject().put("Name", metric.wireName).put("Unit", "Count");
    line.put(FUNCTION, function).put(VERSION, version).put(metric.wireName, count);
    out.println(line);
  }
}
