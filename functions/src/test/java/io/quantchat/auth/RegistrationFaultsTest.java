package io.quantchat.auth;

import static io.quantchat.auth.AuthFixture.PASSWORD;
import static io.quantchat.auth.AuthFixture.newEmail;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.database.Fault;
import io.quantchat.infra.database.Faults;
import io.quantchat.infra.database.ScriptedFaults;
import io.quantchat.testing.StoreTables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Registrations in tables that do what real ones do now and then. */
class RegistrationFaultsTest {

  private final ScriptedFaults faults = Faults.scripted();
  private final AuthFixture auth = new AuthFixture(StoreTables.failing(faults));
  private final String email = newEmail();

  @ParameterizedTest
  @EnumSource(names = {"CONFLICT", "THROTTLED", "TIMEOUT_BEFORE", "INTERNAL_ERROR_BEFORE"})
  void aRegistrationThatFailsLeavesTheAddressFree(Fault fault) {
    faults.then("TransactWriteItems", fault);

    int failed = auth.register(AuthFixture.credentials(email, PASSWORD)).status();

    assertThat(faults.isOver()).isTrue();
    assertThat(failed).isGreaterThanOrEqualTo(400);
    assertThat(auth.logIn(email, PASSWORD).status()).isEqualTo(401);
    auth.registered(email);
  }

  @Test
  void whoHasRegisteredWithoutHearingSoLogsIn() {
    faults.then("TransactWriteItems", Fault.TIMEOUT_AFTER);

    assertThat(auth.register(AuthFixture.credentials(email, PASSWORD)).status()).isEqualTo(503);

    assertThat(auth.register(AuthFixture.credentials(email, PASSWORD)).status()).isEqualTo(409);
    assertThat(auth.logIn(email, PASSWORD).status()).isEqualTo(200);
  }
}
