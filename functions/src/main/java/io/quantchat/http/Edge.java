package io.quantchat.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The distribution (CloudFront) in front of the REST API, where there is one: of what comes through
 * it, the gateway sees the address of its server alone, which many share. It says who asked in
 * {@value #VIEWER}, and proves by a secret in {@value #PROOF} that it is the one who says so. It
 * replaces both where callers send them; whoever goes past it doesn't know the secret.
 */
final class Edge {

  /** The header with the secret. */
  static final String PROOF = "X-QuantChat-Edge";

  /** The header with the address of who asked, without a port. */
  static final String VIEWER = "X-QuantChat-Viewer";

  /** No distribution: addresses are what the gateway saw. */
  static final Edge NONE = new Edge(Optional.empty());

  /** What a secret looks like; anything else, such as a reference unresolved, is none. */
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9]{32,256}");

  private final Optional<byte[]> secret;

  private Edge(Optional<byte[]> secret) {
    this.secret = secret;
  }

  /** The one that a function is told of. */
  static Edge of(Environment environment) {
    return environment.find(Variable.EDGE_PROOF).map(Edge::provedBy).orElse(NONE);
  }

  private static Edge provedBy(String secret) {
    return SECRET.matcher(secret).matches()
        ? new Edge(Optional.of(secret.getBytes(StandardCharsets.US_ASCII)))
        : NONE;
  }

  /**
   * Who sent a request to the distribution; nobody where it didn't come through it, or where that
   * is no address.
   */
  Optional<SourceAddress> viewerOf(JsonNode event) {
    boolean proved =
        secret.isPresent()
            && only(event, PROOF)
                .map(proof -> proof.getBytes(StandardCharsets.UTF_8))
                .filter(proof -> MessageDigest.isEqual(secret.get(), proof))
                .isPresent();
    return proved ? only(event, VIEWER).flatMap(SourceAddress::find) : Optional.empty();
  }

  /** A header's value, where it has one alone: of several, any could be the caller's. */
  private static Optional<String> only(JsonNode event, String header) {
    List<String> values = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : event.path("multiValueHeaders").properties()) {
      if (entry.getKey().equalsIgnoreCase(header)) {
        entry.getValue().forEach(value -> values.add(value.asText()));
      }
    }
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }
}
