package io.quantchat.infra.local.metrics;

/** Something that can be counted. */
@FunctionalInterface
public interface MetricsSource {

  /** Writes its families, as they stand now. Any thread may ask, at any time. */
  void writeTo(Exposition out);
}
