package io.quantchat.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.StoreException;
import io.quantchat.client.model.WrongPassphraseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores of earlier programs. The file is one that the program of version 1 made. */
class StoreVersionTest {

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void putTheOldStoreThere() throws IOException {
    file = folder.resolve("store");
    try (InputStream packed = getClass().getResourceAsStream("version-1.db.gz");
        InputStream unpacked = new GZIPInputStream(packed)) {
      Files.copy(unpacked, file);
    }
  }

  @Test
  void aStoreOfVersion1HasAllThatItHadAndIsOfThisVersionAfterwards() throws SQLException {
    List<String> first;
    try (LocalStore store = FilledStore.open(file)) {
      first = FilledStore.dump(store);
      for (var contact : FilledStore.CONTACTS) {
        List<Message> conversation = store.messages().conversation(contact);
        assertThat(conversation).hasSize(5);
        assertThat(conversation)
            .extracting(Message::text)
            .isEqualTo(
                List.of(0, 1, 2, 3, 4).stream()
                    .map(i -> FilledStore.message(contact, i).text())
                    .toList());
        assertThat(store.peers().find(contact)).isPresent();
      }
      assertThat(store.account().account().orElseThrow().userId()).isEqualTo(FilledStore.SELF);
      assertThat(store.outbox().waiting()).hasSize(6);
      assertThat(store.refusals().kept()).hasSize(2);
      assertThat(store.ownKeys().batchesToUpload()).hasSize(1);
      assertThat(first).doesNotContain("damaged");
    }

    try (LocalStore store = FilledStore.open(file)) {
      assertThat(FilledStore.dump(store)).isEqualTo(first);
      assertThat(store.copy()).isEmpty();
    }
    assertThat(number("PRAGMA user_version")).isEqualTo(Schema.VERSION);
  }

  @Test
  void theWrongPassphraseLeavesAnOldStoreAsItIs() throws IOException {
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(
            () ->
                LocalStore.open(
                    file, "another one".toCharArray(), FilledStore.CHEAP, new SecureRandom()))
        .isInstanceOf(WrongPassphraseException.class);

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  /** What a migration adds stands where a new store has it, for statements name no columns. */
  @Test
  void anOldStoreComesToHaveTheColumnsOfANewOne() throws SQLException {
    FilledStore.open(file).close();
    List<String> migrated = columns(file);
    Path fresh = folder.resolve("fresh");
    FilledStore.open(fresh).close();

    assertThat(migrated).isEqualTo(columns(fresh));
  }

  @Test
  void aStoreOfThisVersionIsNotTakenForAnOldOne() throws SQLException {
    FilledStore.open(file).close();
    sql("DROP TABLE ledger", "UPDATE outbox SET contact_id = 'x'", "PRAGMA user_version = 1");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> FilledStore.open(file))
          .isInstanceOf(DamagedException.class)
          .hasMessage(SchemaCheck.ALTERED);
    }
  }

  /** With a ledger of tables as in version 1, so that only its key can tell. */
  @Test
  void theKeyOfThisVersionOpensNoOldStore() throws IOException, SQLException {
    Path old = folder.resolve("old");
    Files.copy(file, old);
    FilledStore.open(file).close();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + old);
        Statement statement = connection.createStatement()) {
      statement.execute("ATTACH '" + file + "' AS newer");
      statement.execute("DELETE FROM vault");
      statement.execute("INSERT INTO vault SELECT * FROM newer.vault");
    }

    assertThatThrownBy(() -> FilledStore.open(old))
        .isInstanceOf(DamagedException.class)
        .hasMessage(SchemaCheck.ALTERED);
  }

  @Test
  void anOldStoreThatIsSaidToBeOfThisVersionIsRefused() throws SQLException {
    sql("PRAGMA user_version = 2");

    assertThatThrownBy(() -> FilledStore.open(file)).hasMessage(SchemaCheck.ALTERED);
  }

  @Test
  void anOldStoreWithATriggerOfSomebodyElsesIsRefused() throws SQLException {
    sql(
        """
        CREATE TRIGGER theirs AFTER INSERT ON outbox BEGIN
          UPDATE outbox SET contact_id = 'x' WHERE message_id = NEW.message_id; END
        """);

    assertThatThrownBy(() -> FilledStore.open(file)).hasMessage(SchemaCheck.ALTERED);
  }

  /** A copy from before the migration, beside which later states were seen. */
  @Test
  void anOldStoreThatComesBackIsKnownForACopy() throws IOException {
    byte[] before = Files.readAllBytes(file);
    FilledStore.open(file).close();
    Files.write(file, before);

    try (LocalStore store = FilledStore.open(file)) {
      assertThat(store.copy()).contains(Copy.OLDER);
    }
  }

  @Test
  void theCostOfAPassphraseThatAnEditedFileAsksForIsBounded() throws SQLException {
    List<String> asked =
        List.of(
            "memory_kib = 1099511627776",
            "memory_kib = 9223372036854775807",
            "memory_kib = 1048576, iterations = 64",
            "memory_kib = -1",
            "lanes = 4294967297",
            "iterations = 0");
    for (String change : asked) {
      sql("UPDATE vault SET " + change);
      assertThatThrownBy(() -> FilledStore.open(file))
          .as(change)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("its key can't be derived");
    }
  }

  private static List<String> columns(Path file) throws SQLException {
    var columns = new ArrayList<String>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet cursor =
            statement.executeQuery(
                """
                SELECT t.name || c.cid || c.name || c.type || c."notnull" || c.pk
                FROM sqlite_schema t, pragma_table_info(t.name) c ORDER BY 1
                """)) {
      while (cursor.next()) {
        columns.add(cursor.getString(1));
      }
    }
    return columns;
  }

  private void sql(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet cursor = statement.executeQuery(sql)) {
      cursor.next();
      return cursor.getLong(1);
    }
  }
}
