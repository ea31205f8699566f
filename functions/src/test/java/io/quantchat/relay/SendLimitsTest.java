package io.quantchat.relay;

import static io.quantchat.relay.RelayFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.testing.Answer;
import io.quantchat.testing.BeforeRequest;
import io.quantchat.testing.ProxyEvent;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How much one account may send, and what becomes of that when nobody can count. */
class SendLimitsTest {

  private static final int SENDS = 600;
  private static final int STEP = 32;

  private final StoreTables tables = StoreTables.embedded();
  private final RelayFixture relay = new RelayFixture(tables);
  private final String ada = relay.account();
  private final String bob = relay.account();

  @Test
  void whoSendsWithoutEndIsRefusedUntilTheMinuteIsOverAndNobodyElseIs() {
    relay.hasAdded(bob, ada);
    int sent = 0;
    Answer answer = send(ada);
    while (answer.status() == 201) {
      sent++;
      answer = send(ada);
    }

    answer.expect(429);
    assertThat(sent).isBetween(SENDS - STEP, SENDS + 2 * STEP);
    assertThat(answer.headers().path("RateLimit").asText()).startsWith("\"sends\";r=0;t=");
    assertThat(send(bob).status()).isEqualTo(201);
    relay.world.clock.advance(Duration.ofSeconds(answer.headers().path("Retry-After").asInt()));
    assertThat(send(ada).status()).isEqualTo(201);
  }

  @Test
  void withoutTheTableOfLimitsMessagesAreSentFetchedAndAcknowledged() {
    var cutOff =
        new RelayHandler(
            relay
                .world
                .hostOf(RelayHandler.class)
                .with(tables.client(BeforeRequest.refusing("LimitsTable"))));

    relay.hasAdded(bob, ada);
    for (int i = 0; i < 2 * STEP; i++) {
      var send = ProxyEvent.of("POST", "/relay/send").put("body", message(bob, "hello").toString());
      assertThat(relay.world.call(cutOff, World.withToken(send, tokenOf(ada))).status())
          .isEqualTo(201);
      var pending = World.withToken(ProxyEvent.of("GET", "/relay/pending"), tokenOf(bob));
      assertThat(relay.world.call(cutOff, pending).status()).isEqualTo(200);
      var acknowledge =
          ProxyEvent.of("POST", "/relay/acknowledge")
              .put("body", "{\"message_ids\":[\"%s\"]}".formatted(relay.messageId()));
      assertThat(relay.world.call(cutOff, World.withToken(acknowledge, tokenOf(bob))).status())
          .isEqualTo(200);
    }
    assertThat(relay.pending(bob, Map.of()).status()).isEqualTo(200);
  }

  private String tokenOf(String userId) {
    return relay.world.tokenOf(userId);
  }

  private Answer send(String userId) {
    return relay.post(
        userId, "/relay/send", message(userId.equals(ada) ? bob : ada, "hello").toString());
  }
}
