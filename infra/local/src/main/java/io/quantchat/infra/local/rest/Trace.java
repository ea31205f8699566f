package io.quantchat.infra.local.rest;

import io.quantchat.infra.local.gateway.RequestIds;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The X-Ray trace of a request. A client that sends a trace gets its {@code Root} and {@code
 * Parent} back; without one the gateway's own stand there.
 */
record Trace(String root, Optional<String> sentParent, String ownParent, String lineage) {

  static final String HEADER = "X-Amzn-Trace-Id";

  private static final Pattern ROOT =
      Pattern.compile("(?:^|;)\\s*Root=(1-[0-9a-fA-F]{8}-[0-9a-fA-F]{24})(?:;|$)");
  private static final Pattern PARENT =
      Pattern.compile("(?:^|;)\\s*Parent=([0-9a-fA-F]{16})(?:;|$)");

  static Trace of(Optional<String> sent, RequestIds ids) {
    Optional<String> root = sent.flatMap(value -> find(ROOT, value));
    Optional<String> parent =
        root.isEmpty() ? Optional.empty() : sent.flatMap(value -> find(PARENT, value));
    return new Trace(root.orElse(ids.traceRoot()), parent, ids.traceParent(), ids.lineage());
  }

  private static Optional<String> find(Pattern pattern, String value) {
    Matcher matcher = pattern.matcher(value);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** As the function sees it. */
  String inEvent() {
    return "Root=" + root + sentParent.map(parent -> ";Parent=" + parent).orElse("");
  }

  /** As the client gets it back. */
  String inAnswer() {
    return "Root=%s;Parent=%s;Sampled=0;Lineage=%s"
        .formatted(root, sentParent.orElse(ownParent), lineage);
  }
}
