package io.quantchat.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.accounts.Account;
import io.quantchat.accounts.Presence;
import io.quantchat.push.Connection;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@StoreTest
class ShownPresenceTest {

  private final World world;
  private final ContactCalls contacts;
  private final Account ada;
  private final Account bob;

  ShownPresenceTest(StoreTables tables) {
    world = new World(tables);
    contacts = new ContactCalls(world);
    ada = world.account("ada");
    bob = world.account("bob");
  }

  @Test
  void presenceIsShownToWhomTheContactHasAddedToo() {
    world.hasAdded(ada, bob);
    world.socketOf(bob);
    assertThat(contacts.listOf(ada).getFirst().path("is_online").asBoolean()).isFalse();

    world.hasAdded(bob, ada);
    assertThat(contacts.listOf(ada).getFirst().path("is_online").asBoolean()).isTrue();
    assertThat(contacts.listOf(ada).getFirst().path("contact_last_seen").isNull()).isTrue();
  }

  @Test
  void whenAContactWasLastSeenIsShownToWhomTheContactHasAddedToo() {
    world.hasAdded(ada, bob);
    goOffline(bob);
    assertThat(contacts.listOf(ada).getFirst().path("contact_last_seen").isNull()).isTrue();

    world.hasAdded(bob, ada);
    assertThat(contacts.listOf(ada).getFirst().path("contact_last_seen").asText())
        .isEqualTo("2026-02-02T10:00:00.123Z");
    assertThat(contacts.listOf(ada).getFirst().path("is_online").asBoolean()).isFalse();
  }

  @Test
  void aSocketWhoseEndWasNeverReportedShowsItsAccountOnlineNoLongerThanItCanLive() {
    world.areContacts(ada, bob);
    world.socketOf(bob);

    world.clock.advance(Connection.LONGEST.minusMillis(1));
    assertThat(contacts.listOf(ada).getFirst().path("is_online").asBoolean()).isTrue();
    world.clock.advance(Duration.ofMillis(1));
    assertThat(contacts.listOf(ada).getFirst().path("is_online").asBoolean()).isFalse();
  }

  @Test
  void aBlockHidesPresenceBothWays() {
    world.areContacts(ada, bob);
    goOffline(ada);
    goOffline(bob);
    world.socketOf(ada);
    world.socketOf(bob);

    assertThat(contacts.block(ada, bob.userId()).status()).isEqualTo(204);

    assertThat(contacts.listOf(ada).getFirst().path("is_online").asBoolean()).isFalse();
    assertThat(contacts.listOf(ada).getFirst().path("contact_last_seen").isNull()).isTrue();
    assertThat(contacts.listOf(ada).getFirst().path("blocked").asBoolean()).isTrue();
    assertThat(contacts.listOf(bob).getFirst().path("is_online").asBoolean()).isFalse();
    assertThat(contacts.listOf(bob).getFirst().path("contact_last_seen").isNull()).isTrue();
    assertThat(contacts.listOf(bob).getFirst().path("blocked").asBoolean()).isFalse();
  }

  private void goOffline(Account account) {
    Presence presence = world.reread(account).presence();
    world.presences.goOffline(account.userId(), presence, world.clock.instant(), Optional.empty());
  }
}
