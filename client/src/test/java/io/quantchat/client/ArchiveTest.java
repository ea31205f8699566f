package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.quantchat.client.files.FileFolder;
import io.quantchat.client.json.Json;
import io.quantchat.client.markdown.FileText;
import io.quantchat.client.model.ImportResult;
import io.quantchat.client.model.ImportResult.Refused;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.store.Argon2Cost;
import io.quantchat.client.store.LocalStore;
import io.quantchat.crypto.MessageKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file brings is marked for ever, and gives way to what is real. */
class ArchiveTest {

  private static final UUID SELF = new UUID(7, 1);
  private static final UUID CONTACT = new UUID(7, 2);
  private static final Instant TIME = Instant.parse("2026-02-02T10:00:00.120Z");

  /** All that the program itself says in details, and more. */
  private static final List<String> FACTS =
      List.of(
          "crypto_version: v2",
          "encryption_algorithm: ML-KEM-768+ECDH-P256-AES256-GCM",
          "kdf_algorithm: HKDF-SHA384",
          "mode: spk+opk+kem",
          "failure: the relay refuses it",
          "damaged: so it is",
          "imported: false",
          "claimed: {}",
          "sealed_again: true",
          "arrived: 2026-02-02T10:00:00.120Z",
          "proven: true");

  private final SecureRandom random = new SecureRandom();
  private LocalStore store;
  private LocalStore another;
  private Archive archive;
  private FileFolder files;

  @BeforeEach
  void open(@TempDir Path folder) {
    store = open(folder, "one.db");
    another = open(folder, "another.db");
    files = new FileFolder(folder.resolve("files"));
    archive = new Archive(SELF, store, files, random);
  }

  private LocalStore open(Path folder, String name) {
    return LocalStore.open(
        folder.resolve(name), "secret".toCharArray(), new Argon2Cost(64, 1, 1), random);
  }

  @AfterEach
  void close() {
    store.close();
    another.close();
  }

  @Test
  void whatAFileSaysOfAMessageIsAClaim() {
    for (String state : List.of("sending", "failed", "sent", "delivered", "read", "imported")) {
      for (UUID sender : List.of(SELF, CONTACT)) {
        UUID id = UUID.randomUUID();
        add(earlier(id, sender, "state: " + state + "\n" + String.join("\n", FACTS)));

        Message imported = store.messages().find(sender, id).orElseThrow();

        assertThat(imported.isImported()).isTrue();
        assertThat(imported.details()).containsOnlyKeys(Message.CLAIMED);
        assertThat(Json.object(imported.details().get(Message.CLAIMED)).orElseThrow())
            .containsEntry("state", state)
            .containsEntry("crypto_version", "v2")
            .doesNotContainKey("imported");
      }
    }
  }

  @Test
  void whatIsImportedCountsAsNothingThatHappened() {
    UUID incoming = UUID.randomUUID();
    UUID own = UUID.randomUUID();
    add(earlier(incoming, CONTACT, "state: delivered"));
    add(earlier(own, SELF, "state: sending"));

    assertThat(store.received().contains(new MessageKey(CONTACT, incoming))).isFalse();
    assertThat(store.messages().read(CONTACT, received -> true)).isEmpty();
    assertThat(store.messages().owedReceipts()).isEmpty();
    assertThat(store.messages().advance(SELF, own, CONTACT, MessageState.READ)).isEmpty();
    assertThat(store.reissue(SELF, own, UUID.randomUUID(), TIME)).isEmpty();
    assertThat(store.messages().conversation(CONTACT)).allMatch(Message::isImported);
  }

  @Test
  void theRealMessageTakesThePlaceOfAnImportedOne() {
    UUID id = UUID.randomUUID();
    add(earlier(id, CONTACT, "state: read"));
    Message real =
        new Message(
            id, CONTACT, CONTACT, TIME, MessageState.DELIVERED, "Real.", Map.of("mode", "x"));

    assertThat(store.messages().add(real)).isTrue();
    assertThat(store.messages().add(real)).isFalse();

    assertThat(store.messages().conversation(CONTACT)).containsExactly(real);
    ImportResult again = add(earlier(id, CONTACT, "state: read"));
    assertThat(again.added()).isZero();
    assertThat(again.refused())
        .extracting(Refused::messageId, Refused::reason)
        .containsExactly(
            tuple(id.toString(), "another message of its id is here, and stays as it is"));
    assertThat(store.messages().conversation(CONTACT)).containsExactly(real);
  }

  @Test
  void onesOwnExportChangesNothing() {
    List<Message> messages =
        List.of(
            message(SELF, MessageState.SENDING, "One."),
            message(SELF, MessageState.FAILED, "Two."),
            message(CONTACT, MessageState.DELIVERED, "Three.\u0000\r\n---\r\n"));
    messages.forEach(store.messages()::add);
    List<Message> before = store.messages().conversation(CONTACT);

    ImportResult result = add(archive.exported(CONTACT));

    assertThat(result).isEqualTo(new ImportResult(0, 3, 0, List.of()));
    assertThat(store.messages().conversation(CONTACT)).isEqualTo(before);
  }

  @Test
  void whatWasImportedIsExportedAsTheFileHadIt() {
    message(SELF, MessageState.READ, "x");
    store.messages().add(message(SELF, MessageState.READ, "One.").with("mode", "spk"));
    store.messages().add(message(CONTACT, MessageState.DELIVERED, "Two.").with("number", 7));
    var other = new Archive(SELF, another, files, random);
    String export = archive.exported(CONTACT);

    ImportResult result = other.add(FileText.of(export));
    String again = other.exported(CONTACT);

    assertThat(result).isEqualTo(new ImportResult(2, 0, 0, List.of()));
    assertThat(again).contains("imported: true", "mode: spk", "state: delivered");
    assertThat(archive.add(FileText.of(again)).here()).isEqualTo(2);
    List<Message> imported = another.messages().conversation(CONTACT);
    another.messages().add(message(CONTACT, MessageState.READ, "Later."));
    assertThat(other.add(FileText.of(again)).added()).isZero();
    assertThat(imported).allMatch(Message::isImported);
    assertThat(imported).extracting(Message::text).containsExactlyInAnyOrder("One.", "Two.");
  }

  @Test
  void oneThatIsRefusedHindersNoOther() {
    String export =
        earlier(UUID.randomUUID(), CONTACT, "state: read")
            + earlier(UUID.randomUUID(), CONTACT, "state: read")
                .replace(TIME.toString(), "+999999999-12-31T23:59:59.999999999Z")
            + earlier(UUID.randomUUID(), CONTACT, "state: read");

    ImportResult result = add(export);

    assertThat(result.added()).isEqualTo(2);
    assertThat(result.unverified()).isEqualTo(2);
    assertThat(result.refused()).extracting(Refused::number).containsExactly(2);
  }

  private ImportResult add(String export) {
    return archive.add(FileText.of(export));
  }

  private static String earlier(UUID id, UUID sender, String more) {
    return "---\nid: %s\nfrom: %s\nto: %s\ntimestamp: %s\n%s\n---\n\nForged.\n\n"
        .formatted(id, sender, sender.equals(SELF) ? CONTACT : SELF, TIME, more);
  }

  private static Message message(UUID sender, MessageState state, String text) {
    return new Message(UUID.randomUUID(), sender, CONTACT, TIME, state, text, Map.of());
  }
}
