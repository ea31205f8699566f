package io.quantchat.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.StoreException;
import io.quantchat.crypto.MessageKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody does to the file who can write it, and hasn't the passphrase. */
class LedgerTest {

  private static final UUID CONTACT = FilledStore.CONTACTS.getFirst();

  @TempDir static Path shared;

  @TempDir Path folder;

  private Path file;

  @BeforeAll
  static void fill() {
    try (LocalStore store = FilledStore.open(shared.resolve("filled"))) {
      FilledStore.fill(store);
    }
  }

  @BeforeEach
  void begin() throws IOException {
    file = folder.resolve("store");
    Files.copy(shared.resolve("filled"), file);
  }

  /** Else nothing is altered in it here, or by chance elsewhere. */
  @ParameterizedTest
  @MethodSource("tables")
  void aFilledStoreHasSomethingInEachTable(String table) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
      assertThat(row.next()).isTrue();
      assertThat(row.getLong(1)).isPositive();
    }
  }

  static Stream<String> tables() {
    return Schema.TABLES.stream()
        .filter(statement -> statement.startsWith("CREATE TABLE "))
        .map(statement -> statement.split("\\s+", 4)[2]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Sends what isn't sent yet to somebody else.
        """
        UPDATE outbox SET contact_id = '00000000-0000-0000-0000-000000000003'
        WHERE contact_id = '00000000-0000-0000-0000-000000000002'
        """,
        "UPDATE messages SET contact_id = '00000000-0000-0000-0000-000000000003'",
        // Writes history anew.
        "UPDATE messages SET created_ms = created_ms + 1",
        "UPDATE messages SET state = 4 WHERE state = 0",
        "DELETE FROM messages WHERE rowid = 3",
        // Has another identity pinned at the next look.
        "DELETE FROM peers WHERE rowid = 1",
        "UPDATE peers SET checked_ms = 0",
        "UPDATE peers SET peer = (SELECT peer FROM peers WHERE rowid = 1) WHERE rowid = 2",
        // Has a message come twice, and one never.
        "DELETE FROM received",
        """
        INSERT INTO received VALUES
        ('00000000-0000-0000-0000-000000000002', '00000000-0000-0002-0000-000000000009')
        """,
        // Has a prekey used twice, and the order of those that are left another.
        "UPDATE offered_prekeys SET user_id = '00000000-0000-0000-0000-000000000003'",
        "DELETE FROM offered_prekeys WHERE offer IS NULL",
        "UPDATE offered_prekeys SET rowid = 100 - rowid",
        // Has own keys forgotten, or kept for ever.
        "DELETE FROM own_keys WHERE kind = 'kem'",
        "UPDATE own_keys SET retired_ms = 9999999999999",
        "UPDATE own_keys SET retired_ms = NULL",
        "UPDATE own_keys SET status = 'revoked'",
        "UPDATE own_bundles SET published = 1",
        "DELETE FROM own_bundles WHERE version = 2",
        "DELETE FROM own_batches",
        // What was numbered, asked for, answered and seen.
        "UPDATE streams SET last = last - 1",
        "DELETE FROM streams",
        "UPDATE sent SET void = 0",
        "UPDATE sent SET current_id = message_id || '0' WHERE void = 1",
        "DELETE FROM sent",
        "UPDATE heard SET open = 0",
        "DELETE FROM heard",
        "UPDATE asked SET next_ms = 9999999999999",
        "DELETE FROM asked",
        "DELETE FROM requests",
        "UPDATE askings SET times = 8",
        "DELETE FROM askings",
        "UPDATE identities SET version = 0",
        "DELETE FROM identities",
        "UPDATE own_uploads SET withdrawal_due = 1",
        "DELETE FROM own_uploads",
        "DELETE FROM receipt_keys",
        // Logs out, or in again.
        "DELETE FROM state WHERE name = 'tokens'",
        "UPDATE state SET name = 'was-tokens' WHERE name = 'tokens'",
        // The order in which messages go out, and how far it has come.
        "UPDATE outbox SET position = 100 - position",
        "UPDATE sqlite_sequence SET seq = 9223372036854775807",
        "DELETE FROM sqlite_sequence",
        "INSERT INTO sqlite_sequence VALUES ('messages', 1)",
        // The same number, and the same text, of another type.
        "UPDATE messages SET content = CAST(content AS TEXT)",
        "UPDATE refusals SET detail = CAST(detail AS BLOB)",
        "UPDATE own_batches SET batch = NULL",
        // The ledger itself.
        "DELETE FROM ledger",
        "UPDATE ledger SET sealed = zeroblob(length(sealed))",
        "UPDATE ledger SET sealed = (SELECT value FROM state WHERE name = 'account')",
        // What SQLite would do by itself.
        "CREATE TRIGGER theirs AFTER INSERT ON peers BEGIN DELETE FROM received; END",
        "CREATE VIEW theirs AS SELECT * FROM peers",
        "CREATE INDEX theirs ON peers (checked_ms)",
        "CREATE TABLE theirs (id)",
        "DROP INDEX messages_by_place",
        "ALTER TABLE messages ADD COLUMN theirs DEFAULT 'x'",
        "ALTER TABLE peers RENAME COLUMN checked_ms TO checked",
        "ANALYZE",
        "PRAGMA user_version = 0",
        "PRAGMA user_version = 1",
        "PRAGMA user_version = -2",
      })
  void whateverIsAlteredInTheFileIsNoticed(String statement) throws SQLException {
    try {
      sql(statement);
    } catch (SQLException e) {
      // NOT NULL holds for SQL; not for who writes pages.
      sql(
          "PRAGMA writable_schema = ON",
          "UPDATE sqlite_schema SET sql = replace(sql, ' NOT NULL', '')",
          "PRAGMA writable_schema = RESET",
          statement);
    }

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> FilledStore.open(file))
          .isInstanceOf(DamagedException.class)
          .hasMessage(SchemaCheck.ALTERED);
    }
  }

  /** A lookup believes the index alone: a pin that isn't in it isn't there. */
  @ParameterizedTest
  @ValueSource(strings = {"peers", "received", "messages", "own_keys", "offered_prekeys"})
  void anIndexThatHidesARowIsNoticed(String table) throws SQLException {
    sql(
        "CREATE TABLE emptied AS SELECT * FROM " + table,
        "PRAGMA writable_schema = ON",
        """
        UPDATE sqlite_schema SET rootpage = (
          SELECT rootpage FROM sqlite_schema WHERE name = 'own_batches')
        WHERE name = 'sqlite_autoindex_TABLE_1'
        """
            .replace("TABLE", table),
        "DELETE FROM sqlite_schema WHERE name = 'emptied'");

    assertThatThrownBy(() -> FilledStore.open(file))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("go back to a copy of it");
  }

  @Test
  void aBitOfAMessageThatIsFlippedCostsThatMessageAlone() throws SQLException {
    sql(
        """
        UPDATE messages SET content = CAST(
            substr(content, 1, 20)
            || CASE substr(content, 21, 1) WHEN x'00' THEN x'01' ELSE x'00' END
            || substr(content, 22) AS BLOB)
        WHERE rowid = 1
        """);

    try (LocalStore store = FilledStore.open(file)) {
      assertThat(store.messages().conversation(CONTACT))
          .hasSize(5)
          .filteredOn(message -> message.details().containsKey(Message.DAMAGED))
          .hasSize(1);
    }
  }

  @Test
  void everyKindOfWriteIsEntered() {
    for (int i = 0; i < 3; i++) {
      try (LocalStore store = FilledStore.open(file)) {
        // Replaces a row; meets one that is there; adds; takes away; changes nothing.
        store.account().keep(new AccountStore.Tokens("next", "next", Instant.EPOCH));
        store.messages().add(FilledStore.message(CONTACT, 0));
        store.messages().add(FilledStore.message(CONTACT, 10 + i));
        store.messages().read(CONTACT, received -> true);
        store.outbox().add(new UUID(50, i), CONTACT);
        store.outbox().remove(new UUID(50, i));
        store.peers().keep(store.peers().find(CONTACT).orElseThrow().peer());
        store.ownBundles().keep(store.ownBundles().latest().orElseThrow());
        store.account().forgetTokens();
        store.account().forgetTokens();
        store.messages().advance(FilledStore.SELF, new UUID(1, 1), CONTACT, MessageState.READ);
      }
    }

    try (LocalStore store = FilledStore.open(file)) {
      assertThat(store.messages().conversation(CONTACT)).hasSize(8);
      assertThat(store.account().tokens()).isEmpty();
    }
  }

  @Test
  void whatWasUndoneIsNotEntered() {
    try (LocalStore store = FilledStore.open(file)) {
      assertThatThrownBy(
              () ->
                  store.transaction(
                      () -> {
                        store.messages().add(FilledStore.message(CONTACT, 20));
                        store.account().forgetTokens();
                        throw new IllegalStateException("in the middle");
                      }))
          .hasMessage("in the middle");
      // A statement that fails takes back what it did itself, and what was before it stays.
      store.transaction(
          () -> {
            store.messages().add(FilledStore.message(CONTACT, 21));
            var taken = new MessageKey(CONTACT, FilledStore.message(CONTACT, 1).id());
            assertThatThrownBy(() -> store.received().remember(taken))
                .isInstanceOf(StoreException.class);
            // And it can be made again, with something else.
            store.received().remember(new MessageKey(CONTACT, new UUID(60, 1)));
          });
    }

    try (LocalStore store = FilledStore.open(file)) {
      assertThat(store.messages().conversation(CONTACT)).hasSize(6);
      assertThat(store.account().tokens()).isPresent();
    }
  }

  /** The third row is in the way of the second: two have been changed by then. */
  @Test
  void aStatementThatFailsHalfWayIsNotEntered() {
    try (Database database = Database.open(folder.resolve("other"))) {
      var vault = new Vault(database, new SecureRandom());
      StoreOpening opened =
          StoreOpening.open(
              folder.resolve("other"),
              database,
              vault,
              "words".toCharArray(),
              FilledStore.CHEAP,
              new SecureRandom());
      for (long i : List.of(1L, 2L, 4L)) {
        database.write("INSERT INTO own_bundles VALUES (?, 0, 0, x'')", i);
      }
      database.transaction(
          () -> {
            database.write("INSERT INTO own_bundles VALUES (10, 0, 0, x'')");
            assertThatThrownBy(
                    () ->
                        database.write(
                            "UPDATE own_bundles SET expires_ms = 5, version = version * 2"
                                + " WHERE version < 4"))
                .isInstanceOf(StoreException.class);
          });
      database.write("UPDATE OR REPLACE own_bundles SET version = 1 WHERE version = 10");
      database.write("INSERT OR REPLACE INTO own_bundles VALUES (2, 7, 7, x'')");
      opened.ledger().close();
    }

    try (LocalStore store =
        LocalStore.open(
            folder.resolve("other"),
            "words".toCharArray(),
            FilledStore.CHEAP,
            new SecureRandom())) {
      assertThat(store.copy()).isEmpty();
    }
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement executing = connection.createStatement()) {
      for (String statement : statements) {
        executing.execute(statement);
      }
    }
  }
}
