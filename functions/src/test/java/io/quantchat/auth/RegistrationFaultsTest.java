package io.quantchat.auth;

import static io.quantchat.auth.AuthFixture.PASSWORD;
import static io.quantchat.auth.AuthFixture.newEmail;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.host.Backoff;
import io.quantchat.infra.database.Fault;
import io.quantchat.infra.database.Faults;
import io.quantchat.infra.database.ScriptedFaults;
import io.quantchat.testing.Answer;
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
  @EnumSource(names = {"THROTTLED", "TIMEOUT_BEFORE", "INTERNAL_ERROR_BEFORE"})
  void aRegistrationThatFailsLeavesTheAddressFree(Fault fault) {
    faults.then("TransactWriteItems", fault);

    assertThat(failing().status()).isEqualTo(503);
  }

  @Test
  void aRegistrationInAnothersWayForLongFailsAndDoesNotSayThatTheAddressIsTaken() {
    for (int tries = 0; tries < Backoff.MOST_TRIES; tries++) {
      faults.then("TransactWriteItems", Fault.CONFLICT);
    }

    assertThat(failing().status()).isEqualTo(503);
  }

  private Answer failing() {
    Answer failed = auth.register(AuthFixture.credentials(email, PASSWORD));
    assertThat(faults.isOver()).isTrue();
    assertThat(auth.logIn(email, PASSWORD).status()).isEqualTo(401);
    auth.registered(email);
    return failed;
  }

  @Test
  void aRegistrationInAnothersWayForAMomentIsTriedAgain() {
    faults.then("TransactWriteItems", Fault.CONFLICT);

    auth.registered(email);

    assertThat(faults.isOver()).isTrue();
    assertThat(auth.logIn(email, PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void whoHasRegisteredWithoutHearingSoLogsIn() {
    faults.then("TransactWriteItems", Fault.TIMEOUT_AFTER);

    assertThat(auth.register(AuthFixture.credentials(email, PASSWORD)).status()).isEqualTo(503);

    assertThat(auth.register(AuthFixture.credentials(email, PASSWORD)).status()).isEqualTo(409);
    assertThat(auth.logIn(email, PASSWORD).status()).isEqualTo(200);
  }
}
