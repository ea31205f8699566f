package io.quantchat.auth;

import static io.quantchat.auth.AuthFixture.PASSWORD;
import static io.quantchat.auth.AuthFixture.newEmail;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.host.Backoff;
import io.quantchat.http.Json;
import io.quantchat.infra.database.Fault;
import io.quantchat.infra.database.Faults;
import io.quantchat.infra.database.ScriptedFaults;
import io.quantchat.testing.Answer;
import io.quantchat.testing.ProxyEvent;
import io.quantchat.testing.StoreTables;
import org.junit.jupiter.api.Test;

/** Changes of passwords in tables that do what real ones do now and then. */
class PasswordChangeFaultsTest {

  private static final String NEXT = "battery staple correct horse";

  private final ScriptedFaults faults = Faults.scripted();
  private final AuthFixture auth = new AuthFixture(StoreTables.failing(faults));
  private final String email = newEmail();

  @Test
  void aChangeInAnothersWayForLongFailsAndDoesNotSayThatThePasswordIsWrong() {
    Answer account = auth.registered(email);
    for (int tries = 0; tries < Backoff.MOST_TRIES; tries++) {
      faults.then("TransactWriteItems", Fault.CONFLICT);
    }

    assertThat(change(account).status()).isEqualTo(503);

    assertThat(faults.isOver()).isTrue();
    assertThat(auth.logIn(email, PASSWORD).status()).isEqualTo(200);
    assertThat(change(account).status()).isEqualTo(204);
    assertThat(auth.logIn(email, NEXT).status()).isEqualTo(200);
  }

  private Answer change(Answer account) {
    String body = Json.object().put("password", PASSWORD).put("new_password", NEXT).toString();
    return auth.withToken(
        account.text("access_token"), ProxyEvent.of("POST", "/auth/password").put("body", body));
  }
}
