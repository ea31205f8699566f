package io.quantchat.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.Quarantined;
import io.quantchat.client.model.StoreException;
import io.quantchat.crypto.EcdhPrivateKey;
import io.quantchat.crypto.IdentityKeys;
import io.quantchat.crypto.KeyId;
import io.quantchat.crypto.MlKemPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was deleted is in none of the files, while the store is open. */
class ErasureTest {

  private static final UUID CONTACT = FilledStore.CONTACTS.getFirst();
  private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");
  private static final String ONE_TIME = "own_keys WHERE kind = 'opk'";

  /** -Pslow sets it higher. */
  private static final int ROUNDS = Integer.getInteger("quantchat.erasures", 150);

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void fill() {
    file = folder.resolve("store");
    try (LocalStore store = FilledStore.open(file)) {
      FilledStore.fill(store);
    }
  }

  @Test
  void aPrekeyThatHasOpenedAMessageIsGoneOnceTheStoreIsSettled() {
    Path small = folder.resolve("small");
    try (LocalStore store = FilledStore.open(small)) {
      FilledStore.fillOwnKeys(store);
    }
    RowCipher key = Carver.key(small, "a passphrase");
    Map<String, byte[]> secrets = Carver.sealed(small, "'own_keys/' || key_id", "secret", ONE_TIME);
    Map<String, byte[]> spent = new HashMap<>(secrets);
    String kept = spent.keySet().iterator().next();
    spent.remove(kept);

    try (LocalStore store = FilledStore.open(small)) {
      for (String place : spent.keySet()) {
        store.transaction(() -> store.ownKeys().spend(keyId(store, place)));
      }
      assertThat(Carver.remains(small, spent)).isNotEmpty();
      store.settle();

      Carver.assertGone(small, spent);
      secrets.keySet().retainAll(Set.of(kept, spent.keySet().iterator().next()));
      assertThat(Carver.opening(small, key, secrets)).containsExactly(kept);
    }
  }

  private static KeyId keyId(LocalStore store, String place) {
    return store.ownKeys().batchesToUpload().getFirst().offers().stream()
        .map(offer -> offer.prekey().id())
        .filter(id -> place.endsWith(id.text()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void oneTimePrekeysThatAreForgottenAreGone() {
    assertErased(Carver.sealed(file, "key_id", "secret", ONE_TIME), ErasureTest::forgetOneTime);
  }

  @Test
  void prekeysThatWereReplacedAreGone() {
    assertErased(
        Carver.sealed(file, "key_id", "secret", "own_keys WHERE retired_ms IS NOT NULL"),
        store -> store.ownKeys().forgetBefore(LATER));
  }

  @Test
  void theTokensOfASessionThatWasEndedAreGone() {
    assertErased(
        Carver.sealed(file, "name", "value", "state WHERE name = 'tokens'"),
        store -> store.account().forgetTokens());
  }

  @Test
  void theTokensOfASessionAreGoneWhenOthersTakeTheirPlace() {
    assertErased(
        Carver.sealed(file, "name", "value", "state WHERE name = 'tokens'"),
        store -> store.account().keep(new AccountStore.Tokens("newer", "newest", LATER)));
  }

  @Test
  void anIdentityIsGoneWhenAnotherTakesItsPlace() {
    assertErased(
        Carver.sealed(file, "name", "value", "state WHERE name LIKE 'identity-%'"),
        store -> {
          try (IdentityKeys other = IdentityKeys.generate(new SecureRandom())) {
            store.account().keep(other);
          }
        });
  }

  @Test
  void theKeyOfAReceiptThatWasToldIsGone() {
    assertErased(
        Carver.sealed(file, "message_id", "secret", "receipt_keys"),
        store ->
            FilledStore.CONTACTS.forEach(
                contact ->
                    store.receiptKeys().forget(contact, FilledStore.message(contact, 1).id())));
  }

  @Test
  void theKeyOfAReceiptIsGoneWhenAnotherTakesItsPlace() {
    assertErased(
        Carver.sealed(file, "message_id", "secret", "receipt_keys"),
        store -> FilledStore.CONTACTS.forEach(contact -> FilledStore.receiptKey(store, contact)));
  }

  @Test
  void whatAFileClaimedIsGoneWhenTheMessageItselfTakesItsPlace() {
    Message claimed = FilledStore.message(CONTACT, 21);
    try (LocalStore store = FilledStore.open(file)) {
      assertThat(store.messages().addImported(claimed)).isTrue();
    }
    assertErased(
        Carver.sealed(
            file, "message_id", "content", "messages WHERE message_id = '" + claimed.id() + "'"),
        store -> assertThat(store.messages().add(claimed)).isTrue());
  }

  /** Whoever is told that it can't be done now, and asks again, isn't told that it is done. */
  @Test
  void whatWasNotOverwrittenIsSaidToBeThereAtTheNextAttemptToo() throws IOException {
    Path log = folder.resolve("store-wal");
    Path aside = folder.resolve("aside");
    try (LocalStore store = FilledStore.open(file)) {
      store.peers().checked(CONTACT, Instant.EPOCH);
      Files.move(log, aside);
      Files.createDirectory(log);
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> store.account().forgetTokens())
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("can't be overwritten");
      }
      Files.delete(log);
      Files.move(aside, log);
    }
  }

  @Test
  void aConversationThatWasDeletedIsGone() {
    String ofContact = " WHERE contact_id = '" + CONTACT + "'";
    Map<String, byte[]> secrets =
        Carver.sealed(file, "message_id", "content", "messages" + ofContact);
    secrets.putAll(
        Carver.sealed(
            file, "position", "request", "outbox" + ofContact + " AND request IS NOT NULL"));
    assertThat(secrets).hasSize(6);

    assertErased(
        secrets,
        store -> {
          assertThat(store.messages().deleteConversation(CONTACT)).isEqualTo(5);
          assertThat(store.messages().conversation(CONTACT)).isEmpty();
          assertThat(store.outbox().waiting())
              .hasSize(3)
              .noneMatch(waiting -> waiting.contactId().equals(CONTACT));
          assertThat(store.messages().conversation(FilledStore.CONTACTS.getLast())).hasSize(5);
        });
  }

  @Test
  void aRefusedMessageThatWasDiscardedIsGone() {
    assertErased(
        Carver.sealed(file, "message_id", "message", "refusals"),
        store -> {
          for (Quarantined refused : store.refusals().kept()) {
            store
                .refusals()
                .discard(new RefusalStore.Name(refused.senderId(), refused.messageId(), ""));
          }
          assertThat(store.refusals().kept()).isEmpty();
        });
  }

  @Test
  void theOldWrappingOfTheKeyIsGone() {
    assertErased(
        Carver.sealed(file, "id", "wrapped_key", "vault"),
        store ->
            store.changePassphrase(
                "a passphrase".toCharArray(), "another".toCharArray(), FilledStore.CHEAP));
  }

  /** Inside of a larger transaction it is gone at its end. */
  @Test
  void whatIsErasedInATransactionIsGoneWhenThatReturns() {
    assertErased(
        Carver.sealed(file, "key_id", "secret", ONE_TIME),
        store ->
            store.transaction(
                () -> {
                  forgetOneTime(store);
                  store.messages().add(FilledStore.message(CONTACT, 30));
                }));
  }

  private static void forgetOneTime(LocalStore store) {
    store.ownKeys().retireOneTimeMadeBefore(LATER, Instant.EPOCH);
    store.ownKeys().forgetBefore(LATER);
  }

  private void assertErased(Map<String, byte[]> secrets, Consumer<LocalStore> deletion) {
    assertThat(Carver.remains(file, secrets)).isNotEmpty();
    try (LocalStore store = FilledStore.open(file)) {
      // Something else is on its way to the file, too.
      store.peers().checked(CONTACT, Instant.EPOCH);
      deletion.accept(store);

      Carver.assertGone(file, secrets);
    }
  }

  /** SQLite moves rows from page to page as they come and go, and leaves copies where they were. */
  @Test
  void noCopyIsLeftWhereRowsWereBeforeTheyWereMoved() {
    long seed = Long.getLong("quantchat.seed", System.nanoTime());
    System.out.println("seed of the erasures: " + seed);
    var random = new Random(seed);
    var erased = new HashMap<String, byte[]>();
    var live = new ArrayList<String>();
    Path other = folder.resolve("other");
    try (Database database = Database.open(other)) {
      database.transaction(() -> database.define(Schema.TABLES));
      for (int round = 0; round < ROUNDS; round++) {
        database.transaction(() -> comeAndGo(database, random, live, erased));
        // Some are in the log for more than one round.
        if (random.nextInt(4) == 0) {
          database.settle();
          assertThat(Carver.remains(other, erased)).as("round " + round).isEmpty();
        }
      }
      database.settle();
      assertThat(Carver.remains(other, erased)).isEmpty();
      assertThat(erased).hasSizeGreaterThan(ROUNDS);
      database.check();
    }
    assertThat(Carver.remains(other, erased)).isEmpty();
  }

  private static void comeAndGo(
      Database database, Random random, List<String> live, Map<String, byte[]> erased) {
    for (int i = 0; i < 25; i++) {
      boolean comes = live.isEmpty() || random.nextInt(100) < 54;
      if (comes) {
        var secret = new byte[40 + random.nextInt(random.nextInt(20) == 0 ? 9_000 : 220)];
        random.nextBytes(secret);
        String name = "a-row-of-" + UUID.nameUUIDFromBytes(secret);
        database.write("INSERT INTO state VALUES (?, ?)", name, secret);
        live.add(name);
      } else {
        String name = live.remove(random.nextInt(live.size()));
        erased.put(
            name,
            database
                .first("SELECT value FROM state WHERE name = ?", row -> row.bytes("value"), name)
                .orElseThrow());
        database.write("DELETE FROM state WHERE name = ?", name);
      }
    }
  }

  /** Whoever is killed in between has it done at the next opening. */
  @Test
  void whatACrashHasLeftInTheLogIsGoneAfterTheNextOpening() throws IOException {
    Map<String, byte[]> secrets = Carver.sealed(file, "key_id", "secret", ONE_TIME);
    Path crashed = folder.resolve("crashed");
    try (LocalStore store = FilledStore.open(file)) {
      store.transaction(
          () ->
              store
                  .ownKeys()
                  .batchesToUpload()
                  .getFirst()
                  .offers()
                  .forEach(offer -> store.ownKeys().spend(offer.prekey().id())));
      Files.copy(file, crashed);
      Files.copy(folder.resolve("store-wal"), folder.resolve("crashed-wal"));
    }
    assertThat(Carver.remains(crashed, secrets)).isNotEmpty();

    try (LocalStore store = FilledStore.open(crashed)) {
      assertThat(store.ownKeys().unspentSince(Instant.EPOCH)).isZero();
      Carver.assertGone(crashed, secrets);
    }
  }

  @Test
  void whatCanNotBeOverwrittenIsSaidToBeThereAndIsOverwrittenLater() throws IOException {
    Map<String, byte[]> secrets = Carver.sealed(file, "key_id", "secret", ONE_TIME);
    Path log = folder.resolve("store-wal");
    Path aside = folder.resolve("aside");
    try (LocalStore store = FilledStore.open(file)) {
      store.peers().checked(CONTACT, Instant.EPOCH);
      Files.move(log, aside);
      Files.createDirectory(log);
      assertThatThrownBy(() -> forgetOneTime(store))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("can't be overwritten");
      assertThatThrownBy(store::settle).isInstanceOf(StoreException.class);
      // Others go on meanwhile.
      store.messages().add(FilledStore.message(CONTACT, 40));

      Files.delete(log);
      Files.move(aside, log);
      store.messages().add(FilledStore.message(CONTACT, 41));
      Carver.assertGone(file, secrets);
    }
  }

  @Test
  void whatAnEarlierProgramLeftBetweenRowsIsGoneAfterTheFirstOpening() throws IOException {
    try (Database database = Database.open(folder.resolve("gap"))) {
      database.transaction(() -> FormerSchema.V1.forEach(database::define));
      database.transaction(() -> database.define("PRAGMA user_version = 1"));
      database.write("INSERT INTO own_batches VALUES ('a', x'00')");
    }
    // As a page is left by SQLite when it moves rows to another.
    var random = new SecureRandom();
    var secret = new byte[64];
    random.nextBytes(secret);
    byte[] bytes = Files.readAllBytes(folder.resolve("gap"));
    System.arraycopy(secret, 0, bytes, bytes.length - 1_000, secret.length);
    Files.write(folder.resolve("gap"), bytes);

    try (Database database = Database.open(folder.resolve("gap"))) {
      database.settleAll();
      assertThat(Carver.remains(folder.resolve("gap"), Map.of("secret", secret))).isEmpty();
      database.check();
    }
  }

  /** Keys that are made and rotated as they are in use. */
  @Test
  void noPrivatePartIsAnywhereAfterItsTime() {
    var random = new SecureRandom();
    var erased = new HashMap<String, byte[]>();
    for (int week = 0; week < 6; week++) {
      Instant now = Instant.parse("2026-02-01T00:00:00Z").plusSeconds(week * 604_800L);
      try (LocalStore store = FilledStore.open(file);
          EcdhPrivateKey signed = EcdhPrivateKey.generate(random);
          MlKemPrivateKey lastResort = MlKemPrivateKey.generate(random)) {
        store.ownKeys().rotate(signed, lastResort, now);
        store.ownKeys().forgetBefore(now.minusSeconds(8 * 86_400L));
        Map<String, byte[]> still = Carver.sealed(file, "key_id", "secret", "own_keys");
        erased.keySet().removeAll(still.keySet());
        assertThat(Carver.remains(file, erased)).isEmpty();
        erased.putAll(still);
      }
    }
    assertThat(erased).hasSizeGreaterThan(10);
  }
}
