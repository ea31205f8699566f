package io.quantchat.infra.local.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.infra.stack.Deployment;
import io.quantchat.infra.stack.Stack;
import io.quantchat.infra.stack.Template;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is promised is what runs: the contract and the template have the same routes. */
class TemplateAgreementTest {
  private static final Stack STACK =
      Template.read(Path.of(System.getProperty("quantchat.template")))
          .resolve(Deployment.onThisMachine(8080, Map.of()));

  @Test
  void theRestRoutesAreThoseOfTheTemplate() {
    Set<String> documented = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path :
        ContractDocument.openApi().root().path("paths").properties()) {
      path.getValue()
          .fieldNames()
          .forEachRemaining(name -> documented.add(name.toUpperCase(Locale.ROOT) + path.getKey()));
    }
    documented.removeIf(route -> route.startsWith("PARAMETERS"));

    assertThat(documented)
        .isEqualTo(
            STACK.rest().routes().stream()
                .map(route -> route.method() + route.resource())
                .collect(Collectors.toSet()));
  }

  /** Those that begin with a dollar sign are the gateway's own. */
  @Test
  void theFramesThatClientsSendAreTheSocketRoutesOfTheTemplate() {
    assertThat(new SocketFrames(ContractDocument.asyncApi()).typesSentByClients())
        .isEqualTo(
            STACK.socket().routes().keySet().stream()
                .filter(key -> !key.startsWith("$"))
                .collect(Collectors.toSet()));
  }

  /** A reply comes over the socket that asked, so its route must be able to answer. */
  @Test
  void theFramesWithAReplyAreTheTwoWayRoutesOfTheTemplate() {
    Set<String> replied = new TreeSet<>();
    for (JsonNode operation : ContractDocument.asyncApi().root().path("operations")) {
      if (operation.has("reply")) {
        String message = operation.at("/messages/0/$ref").asText();
        replied.add(message.substring(message.lastIndexOf('/') + 1));
      }
    }

    assertThat(replied)
        .isEqualTo(
            STACK.socket().routes().values().stream()
                .filter(route -> route.twoWay() && !route.key().startsWith("$"))
                .map(route -> route.key())
                .collect(Collectors.toSet()));
  }
}
