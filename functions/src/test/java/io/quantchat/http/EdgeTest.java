package io.quantchat.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Environment;
import io.quantchat.testing.ProxyEvent;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EdgeTest {

  private static final String SECRET = "aB3".repeat(20);
  private static final String GATEWAY_SAW = "198.51.100.7";

  private final Edge edge = Edge.of(new Environment(Map.of("EDGE_PROOF", SECRET)));

  @ParameterizedTest
  @CsvSource({
    "203.0.113.9,                    203.0.113.9",
    "2001:db8:0:1:ffff::1,           20010db800000001/64",
    "::ffff:203.0.113.9,             203.0.113.9"
  })
  void whoAskedTheDistributionIsWhoAsks(String viewer, String source) {
    assertThat(sourceOf(edge, event(SECRET, viewer))).isEqualTo(source);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "unknown",
        "localhost",
        "203.0.113.9:46532",
        "[2001:db8::1]:46532",
        "203.0.113.9, 192.0.2.1",
        "300.1.1.1",
        "2001:db8::1::2"
      })
  void whatIsNoAddressLeavesTheOneThatTheGatewaySaw(String viewer) {
    assertThat(sourceOf(edge, event(SECRET, viewer))).isEqualTo(GATEWAY_SAW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "aB3", "{{resolve:secretsmanager:edge}}", "é"})
  void whoeverDoesNotProveItIsTakenForNobodyElse(String proof) {
    assertThat(sourceOf(edge, event(proof, "203.0.113.9"))).isEqualTo(GATEWAY_SAW);
    assertThat(sourceOf(edge, event(SECRET + proof + "x", "203.0.113.9"))).isEqualTo(GATEWAY_SAW);
  }

  @Test
  void aProofOrAnAddressThatIsMissingOrThereTwiceIsNone() {
    ObjectNode unproved = event(SECRET, "203.0.113.9");
    headers(unproved).remove(Edge.PROOF);
    ObjectNode twiceProved = event(SECRET, "203.0.113.9");
    ((ArrayNode) headers(twiceProved).get(Edge.PROOF)).add(SECRET);
    ObjectNode otherCase = event(SECRET, "203.0.113.9");
    headers(otherCase).putArray("x-quantchat-viewer").add("192.0.2.1");
    ObjectNode unnamed = event(SECRET, "203.0.113.9");
    headers(unnamed).remove(Edge.VIEWER);
    ObjectNode without = event(SECRET, "203.0.113.9");
    without.putNull("multiValueHeaders");

    assertThat(sourceOf(edge, unproved)).isEqualTo(GATEWAY_SAW);
    assertThat(sourceOf(edge, twiceProved)).isEqualTo(GATEWAY_SAW);
    assertThat(sourceOf(edge, otherCase)).isEqualTo(GATEWAY_SAW);
    assertThat(sourceOf(edge, unnamed)).isEqualTo(GATEWAY_SAW);
    assertThat(sourceOf(edge, without)).isEqualTo(GATEWAY_SAW);
  }

  /** On one machine nothing resolves the reference, and everybody can read it in the template. */
  @ParameterizedTest
  @ValueSource(strings = {"", "short", "{{resolve:secretsmanager:arn:SecretString:proof}}"})
  void withoutASecretNothingProvesAnything(String configured) {
    Edge none = Edge.of(new Environment(Map.of("EDGE_PROOF", configured)));

    assertThat(sourceOf(none, event(configured, "203.0.113.9"))).isEqualTo(GATEWAY_SAW);
    assertThat(sourceOf(Edge.of(new Environment(Map.of())), event("", "203.0.113.9")))
        .isEqualTo(GATEWAY_SAW);
  }

  private static String sourceOf(Edge edge, ObjectNode event) {
    return RestRequest.of(event, edge).source().text();
  }

  private static ObjectNode event(String proof, String viewer) {
    ObjectNode event = ProxyEvent.from(GATEWAY_SAW, ProxyEvent.of("POST", "/auth/login"));
    headers(event).putArray(Edge.PROOF).add(proof);
    headers(event).putArray(Edge.VIEWER).add(viewer);
    return event;
  }

  private static ObjectNode headers(ObjectNode event) {
    return event.withObject("/multiValueHeaders");
  }
}
