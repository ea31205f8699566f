package io.quantchat.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.testing.Budgeted;
import io.quantchat.testing.ProxyEvent;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Counts what sessions ask of DynamoDB; see {@link io.quantchat.BudgetsTest}. */
class AuthBudgetTest {

  private final StoreTables tables = StoreTables.embedded();
  private final AuthFixture auth = new AuthFixture(tables);
  private final World world = auth.world;
  private final AuthHandler handler = auth.handlerOn(world.counted());

  @AfterEach
  void dropTheTables() {
    tables.close();
  }

  @Test
  void loggingIn(TestInfo test) throws Exception {
    String email = AuthFixture.newEmail();
    auth.registered(email);
    var event =
        ProxyEvent.of("POST", "/auth/login")
            .put("body", AuthFixture.credentials(email, AuthFixture.PASSWORD).toString());
    assertThat(world.call(handler, event).status()).isEqualTo(200);

    Budgeted.holds("login", world, handler, event, test);
  }

  @Test
  void refreshingASession(TestInfo test) throws Exception {
    var first = world.call(handler, refresh(auth.registered().text("refresh_token")));
    assertThat(first.status()).isEqualTo(200);

    Budgeted.holds("refresh", world, handler, refresh(first.text("refresh_token")), test);
  }

  private static JsonNode refresh(String token) {
    return ProxyEvent.of("POST", "/auth/refresh")
        .put("body", "{\"refresh_token\":\"%s\"}".formatted(token));
  }
}
