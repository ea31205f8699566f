package io.quantchat.infra.local.metrics;

import java.util.Locale;

/**
 * Metrics in Prometheus's text format, version 0.0.4.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition
 *     formats</a>
 */
public final class Exposition {

  /** The format's media type. */
  static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder();

  /** A family of counters, which only grow; its name ends in {@code _total}. */
  public Family counter(String name, String help) {
    return family(name, "counter", help);
  }

  /** A family of values that come and go. */
  public Family gauge(String name, String help) {
    return family(name, "gauge", help);
  }

  /** A family of counts and sums without quantiles. */
  Family summary(String name, String help) {
    return family(name, "summary", help);
  }

  /** A family of counts by buckets. */
  Family histogram(String name, String help) {
    return family(name, "histogram", help);
  }

  private Family family(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ');
    text.append(help.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    return new Family(name);
  }

  /** All that was written. */
  @Override
  public String toString() {
    return text.toString();
  }

  /** The samples of one name; all of them are written before the next family begins. */
  public final class Family {

    private final String name;

    private Family(String name) {
      this.name = name;
    }

    /**
     * Writes one sample.
     *
     * @param labels names and values by turns
     */
    public Family sample(double value, String... labels) {
      return sampleOf("", value, labels);
    }

    /** The same, of a whole number. */
    public Family sample(long value, String... labels) {
      return sampleOf("", value, labels);
    }

    /** The same, of a name with something behind it. */
    Family sampleOf(String suffix, double value, String... labels) {
      return write(suffix, number(value), labels);
    }

    /** The same, of a whole number. */
    Family sampleOf(String suffix, long value, String... labels) {
      return write(suffix, Long.toString(value), labels);
    }

    private Family write(String suffix, String value, String... labels) {
      text.append(name).append(suffix);
      for (int i = 0; i < labels.length; i += 2) {
        text.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"");
        text.append(escaped(labels[i + 1])).append('"');
      }
      text.append(labels.length == 0 ? " " : "} ").append(value).append('\n');
      return this;
    }
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return Double.toString(value);
  }
}
