package io.quantchat.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.client.model.Account;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store"));
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          UPDATE messages SET content = (SELECT content FROM messages WHERE created_ms = 1001)
          """);
    }

    try (LocalStore store = open("a passphrase")) {
      assertThat(store.messages().conversation(CONTACT))
          .filteredOn(message -> message.details().containsKey(Message.DAMAGED))
          .singleElement()
          .extracting(Message::text)
          .isEqualTo("");
    }
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
