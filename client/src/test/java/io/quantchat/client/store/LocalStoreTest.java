package io.quantchat.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.client.model.Account;
import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.StoreException;
import io.quantchat.client.model.WrongPassphraseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest {

  private static final Argon2Cost CHEAP = new Argon2Cost(64, 1, 1);
  private static final UUID SELF = new UUID(0, 1);
  private static final UUID CONTACT = new UUID(0, 2);
  private static final String TEXT = "Nobody else may read this.";

  @TempDir Path folder;

  @Test
  void whatWasStoredIsThereAfterwards() {
    try (LocalStore store = open("a passphrase")) {
      store.messages().add(message(1, TEXT));
      store.account().keep(new Account(SELF, "ada@example.com", "ada", "Ada"));
    }

    try (LocalStore store = open("a passphrase")) {
      assertThat(store.messages().conversation(CONTACT)).containsExactly(message(1, TEXT));
      assertThat(store.account().account())
          .contains(new Account(SELF, "ada@example.com", "ada", "Ada"));
    }
  }

  @Test
  void thePassphraseOpensTheStoreAndNoOtherDoes() {
    open("ﬁve words").close();

    assertThatThrownBy(() -> open("other words")).isInstanceOf(WrongPassphraseException.class);
    open("five words").close();
  }

  @Test
  void noTextNameTokenOrAddressIsInTheFile() throws IOException {
    try (LocalStore store = open("a passphrase")) {
      store.messages().add(message(1, TEXT));
      store.account().keep(new Account(SELF, "ada@example.com", "adalovelace", "Ada King"));
      store.account().keep(new AccountStore.Tokens("the-access", "the-refresh", Instant.EPOCH));
      store.outbox().add(new UUID(7, 1), CONTACT);
      store.outbox().keepRequest(new UUID(7, 1), "the-request".getBytes(StandardCharsets.UTF_8));
    }

    String bytes = Files.readString(folder.resolve("store"), StandardCharsets.ISO_8859_1);

    assertThat(bytes)
        .contains(CONTACT.toString())
        .doesNotContain(
            TEXT,
            "ada@example",
            "adalovelace",
            "Ada King",
            "the-access",
            "the-refresh",
            "the-request",
            "a passphrase");
  }

  @Test
  void aTextMovedToAnotherMessageIsNotBelieved() throws SQLException {
    try (LocalStore store = open("a passphrase")) {
      store.messages().add(message(1, TEXT));
      store.messages().add(message(2, "Another text."));
    }
    sql(
        """
        UPDATE messages SET content = (SELECT content FROM messages WHERE created_ms = 1001)
        """);

    assertThatThrownBy(() -> open("a passphrase"))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("altered by something other than this program");
  }

  @Test
  void aFailedTransactionLeavesNothing() {
    try (LocalStore store = open("a passphrase")) {
      assertThatThrownBy(
              () ->
                  store.transaction(
                      () -> {
                        store.messages().add(message(1, TEXT));
                        throw new IllegalStateException("in the middle");
                      }))
          .hasMessage("in the middle");

      assertThat(store.messages().conversation(CONTACT)).isEmpty();
    }
  }

  @Test
  void aStoreIsOneProgramsAtATime() {
    try (LocalStore first = open("a passphrase")) {
      assertThat(first.messages().correspondents()).isEmpty();
      assertThatThrownBy(() -> open("a passphrase"))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("Another program");
    }
  }

  @Test
  void theFileIsItsOwnersAlone() throws IOException {
    open("a passphrase").close();

    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("store"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aStoreIsOneAccounts() {
    try (LocalStore store = open("a passphrase")) {
      store.account().keep(new Account(SELF, "ada@example.com", "ada", "Ada"));

      assertThatThrownBy(
              () -> store.account().keep(new Account(CONTACT, "ben@example.com", "ben", "Ben")))
          .hasMessageContaining("another account");
    }
  }

  @Test
  void statesOnlyMoveForward() {
    try (LocalStore store = open("a passphrase")) {
      UUID id = message(1, TEXT).id();
      store.messages().add(message(1, TEXT));

      assertThat(store.messages().advance(SELF, id, CONTACT, MessageState.READ)).isPresent();
      for (MessageState earlier : List.of(MessageState.DELIVERED, MessageState.FAILED)) {
        assertThat(store.messages().advance(SELF, id, CONTACT, earlier)).isEmpty();
      }
      assertThat(store.messages().find(SELF, id).orElseThrow().state())
          .isEqualTo(MessageState.READ);
    }
  }

  @Test
  void aReceiptFromSomebodyElseMovesNothing() {
    try (LocalStore store = open("a passphrase")) {
      store.messages().add(message(1, TEXT));

      assertThat(
              store
                  .messages()
                  .advance(SELF, message(1, TEXT).id(), new UUID(0, 3), MessageState.READ))
          .isEmpty();
    }
  }

  @Test
  void aChangedPassphraseOpensTheStoreAndTheOldOneDoesNot() {
    try (LocalStore store = open("the old words")) {
      store.messages().add(message(1, TEXT));
      assertThatThrownBy(() -> change(store, "other words", "the new words"))
          .isInstanceOf(WrongPassphraseException.class);
      change(store, "the old words", "the new words");
      assertThat(store.messages().conversation(CONTACT)).containsExactly(message(1, TEXT));
    }

    assertThatThrownBy(() -> open("the old words")).isInstanceOf(WrongPassphraseException.class);
    try (LocalStore store = open("the new words")) {
      assertThat(store.messages().conversation(CONTACT)).containsExactly(message(1, TEXT));
    }
  }

  @Test
  void theOldPassphrasesWrappingIsNowhereInTheFilesAfterAChange() throws IOException, SQLException {
    open("the old words").close();
    String before = wrappedKey();
    try (LocalStore store = open("the old words")) {
      change(store, "the old words", "the new words");

      assertThat(Files.readString(folder.resolve("store"), StandardCharsets.ISO_8859_1))
          .doesNotContain(before);
      assertThat(Files.readString(folder.resolve("store-wal"), StandardCharsets.ISO_8859_1))
          .doesNotContain(before);
    }
  }

  @Test
  void whatIsNoStoreIsSaidToBeNone() throws IOException {
    Files.writeString(folder.resolve("store"), "This is a letter, and no database. ".repeat(99));

    assertThatThrownBy(() -> open("a passphrase"))
        .isInstanceOf(StoreException.class)
        .hasMessage("This file is no store: choose another.");
  }

  @Test
  void aStoreOfANewerProgramIsLeftAlone() throws SQLException {
    open("a passphrase").close();
    sql("PRAGMA user_version = " + (Schema.VERSION + 1));

    assertThatThrownBy(() -> open("a passphrase")).hasMessageContaining("update this one");
  }

  @Test
  void aStoreWhosePagesAreDamagedIsSaidToBe() throws IOException {
    Path file = folder.resolve("store");
    try (LocalStore store = open("a passphrase")) {
      for (int i = 0; i < 200; i++) {
        store.messages().add(message(i, TEXT.repeat(20)));
      }
    }
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 0x5a);
    Files.write(file, bytes);

    assertThatThrownBy(() -> open("a passphrase"))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("go back to a copy");
  }

  @Test
  void aDamagedMessageIsShownAsSuchAndTheOthersAsTheyAre() throws SQLException {
    try (LocalStore store = open("a passphrase")) {
      store.messages().add(message(1, TEXT));
      store.messages().add(message(2, "Another text."));
      store.outbox().add(message(1, TEXT).id(), CONTACT);
      store.outbox().add(message(2, TEXT).id(), CONTACT);
      store.outbox().keepRequest(message(1, TEXT).id(), new byte[] {1, 2});
    }
    flipBit("messages", "content", "created_ms = 1001");
    flipBit("outbox", "request", "request IS NOT NULL");

    try (LocalStore store = open("a passphrase")) {
      List<Message> conversation = store.messages().conversation(CONTACT);
      assertThat(conversation.getFirst().details()).containsKey(Message.DAMAGED);
      assertThat(conversation.getLast()).isEqualTo(message(2, "Another text."));
      assertThat(store.outbox().waiting()).hasSize(2);
      assertThatThrownBy(() -> store.outbox().request(message(1, TEXT).id()))
          .isInstanceOf(DamagedException.class);
      assertThatThrownBy(() -> store.messages().find(SELF, message(1, TEXT).id()))
          .isInstanceOf(DamagedException.class);
    }
  }

  @Test
  void aFullDiskIsSaidToBeFullAndLeavesTheStoreAsItWas() {
    Path file = folder.resolve("store");
    open("a passphrase").close();
    try (Database database = Database.open(file)) {
      database.first("PRAGMA max_page_count = 1", row -> row.number("max_page_count"));

      assertThatThrownBy(
              () ->
                  database.transaction(
                      () ->
                          database.write(
                              "INSERT INTO state VALUES ('large', ?)", new byte[1 << 20])))
          .isInstanceOf(StoreException.class)
          .hasMessage("The disk is full: make room, and try again.");

      assertThat(database.all("SELECT name FROM state", row -> row.text("name"))).isEmpty();
      database.first("PRAGMA max_page_count = 100000", row -> row.number("max_page_count"));
      database.write("INSERT INTO state VALUES ('large', ?)", new byte[1 << 20]);
    }
  }

  @Test
  void theFileOfWritesThatAreOnTheirWayIsItsOwnersAloneToo() throws IOException {
    try (LocalStore store = open("a passphrase")) {
      store.messages().add(message(1, TEXT));

      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("store-wal"))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void aReceiptIsOwedUntilItsRecipientWasThere() {
    try (LocalStore store = open("a passphrase")) {
      Message received =
          new Message(
              new UUID(9, 1), CONTACT, CONTACT, Instant.EPOCH, MessageState.READ, TEXT, Map.of());
      store.messages().add(received);
      store.messages().oweReceipt(received);

      store.messages().receiptSent(received, false);
      assertThat(store.messages().owedReceipts()).isEmpty();
      assertThat(store.messages().mayHaveMissedReceipts()).isTrue();

      store.messages().oweMissedReceipts(CONTACT);
      assertThat(store.messages().owedReceipts()).containsExactly(received);
      store.messages().receiptSent(received, true);
      assertThat(store.messages().mayHaveMissedReceipts()).isFalse();
      store.messages().oweMissedReceipts(CONTACT);
      assertThat(store.messages().owedReceipts()).isEmpty();
    }
  }

  @Test
  void messagesStandInTheOrderInWhichTheyCameWhateverTheClockSaid() {
    List<Message> written =
        List.of(at(1, 50_000), at(2, 9_000_000_000L), at(3, 40_000), at(4, 50_000), at(5, 0));
    try (LocalStore store = open("a passphrase")) {
      written.subList(0, 3).forEach(store.messages()::add);
    }
    try (LocalStore store = open("a passphrase")) {
      written.subList(3, 5).forEach(store.messages()::add);

      assertThat(store.messages().conversation(CONTACT)).isEqualTo(written);
    }
  }

  @Test
  void whatAnImportBringsStandsWhereItsTimeSays() {
    try (LocalStore store = open("a passphrase")) {
      store.messages().add(at(1, 50_000));
      store.messages().add(at(2, 70_000));
      store.messages().addImported(at(3, 60_000));
      store.messages().addImported(at(4, 40_000));

      assertThat(store.messages().conversation(CONTACT))
          .containsExactly(
              imported(at(4, 40_000)), at(1, 50_000), imported(at(3, 60_000)), at(2, 70_000));
    }
  }

  /** What the store makes of it. */
  private static Message imported(Message message) {
    return new Message(
        message.id(),
        message.senderId(),
        message.contactId(),
        message.created(),
        MessageState.IMPORTED,
        message.text(),
        Map.of(Message.CLAIMED, Map.of("state", message.state().wireName())));
  }

  @Test
  void aMessageThatGoesOutAgainHasAnotherIdAndKeepsItsPlaces() {
    Instant later = Instant.ofEpochMilli(99_000);
    Message second = message(2, TEXT);
    try (LocalStore store = open("a passphrase")) {
      for (int number = 1; number <= 3; number++) {
        store.messages().add(message(number, TEXT).with(Message.FAILURE, "For the clock's sake."));
        store.outbox().add(message(number, TEXT).id(), CONTACT);
      }
      store.outbox().keepRequest(second.id(), new byte[] {1});
      store.messages().advance(SELF, second.id(), CONTACT, MessageState.FAILED);

      UUID newId = new UUID(9, 100);
      Message reissued = store.reissue(SELF, second.id(), newId, later).orElseThrow();

      assertThat(reissued.state()).isEqualTo(MessageState.SENDING);
      assertThat(reissued.created()).isEqualTo(later);
      assertThat(reissued.arrived()).isEqualTo(second.arrived());
      assertThat(reissued.details()).containsOnlyKeys("tomorrow");
      assertThat(store.messages().conversation(CONTACT))
          .extracting(Message::id)
          .containsExactly(message(1, TEXT).id(), newId, message(3, TEXT).id());
      assertThat(store.messages().conversation(CONTACT).get(1)).isEqualTo(reissued);
      assertThat(store.outbox().waiting())
          .extracting(OutboxStore.Waiting::messageId)
          .containsExactly(message(1, TEXT).id(), newId, message(3, TEXT).id());
      assertThat(store.outbox().find(newId).orElseThrow().replaces()).contains(second.id());
      assertThat(store.outbox().request(newId)).isEmpty();
      assertThat(store.messages().advance(SELF, second.id(), CONTACT, MessageState.READ)).isEmpty();
      assertThat(store.reissue(SELF, second.id(), new UUID(9, 101), later)).isEmpty();
    }
  }

  @Test
  void aMessageThatHadLeftGoesOutAgainBehindThoseThatWait() {
    Message first = message(1, TEXT);
    Message second = message(2, TEXT);
    UUID newId = new UUID(9, 100);
    try (LocalStore store = open("a passphrase")) {
      store.messages().add(first);
      store.messages().advance(SELF, first.id(), CONTACT, MessageState.SENT);
      store.messages().add(second);
      store.outbox().add(second.id(), CONTACT);

      store.reissue(SELF, first.id(), newId, first.created());

      assertThat(store.outbox().waiting())
          .containsExactly(
              new OutboxStore.Waiting(second.id(), CONTACT, Optional.empty(), Optional.empty()),
              new OutboxStore.Waiting(newId, CONTACT, Optional.of(first.id()), Optional.empty()));
    }
  }

  private static Message at(int number, long millis) {
    Instant when = Instant.ofEpochMilli(millis);
    return new Message(
        new UUID(9, number), SELF, CONTACT, when, when, MessageState.SENDING, TEXT, Map.of());
  }

  private static void change(LocalStore store, String current, String next) {
    store.changePassphrase(current.toCharArray(), next.toCharArray(), CHEAP);
  }

  /** In the middle, as a disk does. */
  private void flipBit(String table, String column, String where) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store"));
        Statement statement = connection.createStatement();
        ResultSet cursor =
            statement.executeQuery(
                "SELECT rowid, %s FROM %s WHERE %s".formatted(column, table, where))) {
      cursor.next();
      long row = cursor.getLong(1);
      byte[] value = cursor.getBytes(2);
      value[12] ^= 1;
      try (PreparedStatement update =
          connection.prepareStatement(
              "UPDATE %s SET %s = ? WHERE rowid = ?".formatted(table, column))) {
        update.setBytes(1, value);
        update.setLong(2, row);
        assertThat(update.executeUpdate()).isEqualTo(1);
      }
    }
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store"));
        Statement executing = connection.createStatement()) {
      executing.execute(statement);
    }
  }

  private String wrappedKey() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store"));
        Statement statement = connection.createStatement();
        ResultSet cursor = statement.executeQuery("SELECT wrapped_key FROM vault")) {
      cursor.next();
      return new String(cursor.getBytes(1), StandardCharsets.ISO_8859_1);
    }
  }

  private LocalStore open(String passphrase) {
    return LocalStore.open(
        folder.resolve("store"), passphrase.toCharArray(), CHEAP, new SecureRandom());
  }

  private static Message message(int number, String text) {
    return new Message(
        new UUID(9, number),
        SELF,
        CONTACT,
        Instant.ofEpochMilli(1_000L + number),
        MessageState.SENDING,
        text,
        Map.of("crypto_version", "v2", "tomorrow", List.of(1, "two")));
  }
}
