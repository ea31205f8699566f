package io.quantchat.infra.local.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Prometheus's text format 0.0.4 by its grammar, and fails where a text breaks one of its
 * rules.
 */
public final class ExpositionParser {

  private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
  private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") (.*)");
  private static final Pattern TYPE =
      Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|histogram|summary|untyped)");
  private static final Pattern SAMPLE =
      Pattern.compile("(" + NAME + ")(?:\\{(.*)})? ([-+]?(?:[0-9.]+(?:[eE][-+]?[0-9]+)?|Inf)|NaN)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\n\"])*)\"(,|$)");

  /** One line. */
  public record Sample(String name, Map<String, String> labels, double value) {}

  private final Map<String, String> types = new LinkedHashMap<>();
  private final List<Sample> samples = new ArrayList<>();

  private ExpositionParser() {}

  /** All samples of a text, once it was seen to keep the rules. */
  public static List<Sample> parse(String text) {
    var parser = new ExpositionParser();
    parser.read(text);
    parser.checkHistograms();
    return parser.samples;
  }

  private void read(String text) {
    assertThat(text).endsWith("\n").doesNotContain("\r");
    Set<String> helped = new HashSet<>();
    Set<Object> seen = new HashSet<>();
    String family = "";
    for (String line : text.split("\n", -1)) {
      if (line.isEmpty()) {
        continue;
      }
      Matcher help = HELP.matcher(line);
      Matcher type = TYPE.matcher(line);
      if (help.matches()) {
        assertThat(helped.add(help.group(1))).as("one HELP: " + line).isTrue();
      } else if (type.matches()) {
        family = type.group(1);
        assertThat(types.put(family, type.group(2))).as("one TYPE: " + line).isNull();
      } else {
        Sample sample = sample(line);
        assertThat(belongs(sample.name(), family)).as("in its group: " + line).isTrue();
        assertThat(seen.add(List.of(sample.name(), sample.labels()))).as("once: " + line).isTrue();
        samples.add(sample);
      }
    }
  }

  private boolean belongs(String name, String family) {
    return switch (types.getOrDefault(family, "")) {
      case "histogram" ->
          Set.of(family + "_bucket", family + "_sum", family + "_count").contains(name);
      case "summary" -> Set.of(family, family + "_sum", family + "_count").contains(name);
      default -> name.equals(family);
    };
  }

  private static Sample sample(String line) {
    Matcher sample = SAMPLE.matcher(line);
    assertThat(sample.matches()).as("a sample: " + line).isTrue();
    Map<String, String> labels = new LinkedHashMap<>();
    if (sample.group(2) != null) {
      Matcher label = LABEL.matcher(sample.group(2));
      int end = 0;
      while (label.find()) {
        assertThat(label.start()).as("labels: " + line).isEqualTo(end);
        end = label.end();
        assertThat(labels.put(label.group(1), unescaped(label.group(2)))).isNull();
      }
      assertThat(end).as("labels: " + line).isEqualTo(sample.group(2).length());
    }
    return new Sample(sample.group(1), labels, value(sample.group(3)));
  }

  private static double value(String text) {
    return Double.parseDouble(text.replace("Inf", "Infinity"));
  }

  private static String unescaped(String label) {
    return label.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
  }

  private void checkHistograms() {
    types.forEach(
        (name, type) -> {
          if (type.equals("histogram")) {
            checkHistogram(name);
          }
        });
  }

  /** Buckets grow, the last one is +Inf and has all that is counted. */
  private void checkHistogram(String name) {
    Map<Map<String, String>, Sample> last = new LinkedHashMap<>();
    for (Sample bucket : samples) {
      if (bucket.name().equals(name + "_bucket")) {
        Map<String, String> others = new LinkedHashMap<>(bucket.labels());
        double bound = value(others.remove("le"));
        Sample before = last.put(others, bucket);
        if (before != null) {
          assertThat(bound).isGreaterThan(value(before.labels().get("le")));
          assertThat(bucket.value()).isGreaterThanOrEqualTo(before.value());
        }
      }
    }
    last.forEach(
        (labels, bucket) -> {
          assertThat(bucket.labels()).containsEntry("le", "+Inf");
          assertThat(samples).contains(new Sample(name + "_count", labels, bucket.value()));
          assertThat(samples)
              .anyMatch(sum -> sum.name().equals(name + "_sum") && sum.labels().equals(labels));
        });
  }
}
