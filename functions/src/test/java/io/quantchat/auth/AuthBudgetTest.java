package io.quantchat.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.http.ProxyEvent;
import io.quantchat.infra.testing.Budgeted;
import io.quantchat.infra.testing.CapacityCounter;
import io.quantchat.infra.testing.Spent;
import io.quantchat.infra.testing.StoreTables;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Counts what sessions ask of DynamoDB; see {@link io.quantchat.BudgetsTest}. */
class AuthBudgetTest {

  private final StoreTables tables = StoreTables.embedded();
  private final CapacityCounter counter = new CapacityCounter(Duration.ofMillis(100));
  private final DynamoDbClient counted = tables.client(counter);
  private final AuthWorld world = new AuthWorld(tables);
  private final AuthHandler handler = world.handlerOn(counted);

  @AfterEach
  void dropTheTables() {
    counted.close();
    tables.close();
  }

  @Test
  void loggingIn(TestInfo test) throws Exception {
    String email = AuthWorld.newEmail();
    world.registered(email);
    var event =
        ProxyEvent.of("POST", "/auth/login")
            .put("body", AuthWorld.credentials(email, AuthWorld.PASSWORD).toString());
    assertThat(world.call(handler, event).status()).isEqualTo(200);

    Spent spent = counter.during(() -> world.call(handler, event));

    Budgeted.holds("login", spent, test);
  }

  @Test
  void refreshingASession(TestInfo test) throws Exception {
    var first = world.call(handler, refresh(world.registered().text("refresh_token")));
    assertThat(first.status()).isEqualTo(200);

    Spent spent = counter.during(() -> world.call(handler, refresh(first.text("refresh_token"))));

    Budgeted.holds("refresh", spent, test);
  }

  private static JsonNode refresh(String token) {
    return ProxyEvent.of("POST", "/auth/refresh")
        .put("body", "{\"refresh_token\":\"%s\"}".formatted(token));
  }
}
