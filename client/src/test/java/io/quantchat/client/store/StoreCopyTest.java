package io.quantchat.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores that come back from a copy. */
class StoreCopyTest {

  private static final UUID CONTACT = FilledStore.CONTACTS.getFirst();

  @TempDir Path folder;

  private Path file;
  private Path witness;

  @BeforeEach
  void fill() {
    file = folder.resolve("store");
    witness = folder.resolve("store-witness");
    try (LocalStore store = FilledStore.open(file)) {
      FilledStore.fill(store);
    }
  }

  @Test
  void theStoreThatWasLastWrittenIsNoCopyAndStaysInItsEpoch() {
    UUID epoch = epoch();
    for (int i = 0; i < 3; i++) {
      write(50 + i);
      try (LocalStore store = FilledStore.open(file)) {
        assertThat(store.copy()).isEmpty();
        assertThat(store.epoch()).isEqualTo(epoch);
      }
    }
  }

  @Test
  void aStoreThatWasPutBackIsKnownUntilItIsSettledAndHasAnotherEpochThen() throws IOException {
    UUID epoch = epoch();
    byte[] before = Files.readAllBytes(file);
    write(50);
    Files.write(file, before);

    // However much is written meanwhile.
    for (int i = 0; i < 4; i++) {
      try (LocalStore store = FilledStore.open(file)) {
        assertThat(store.copy()).contains(Copy.OLDER);
        store.peers().checked(CONTACT, Instant.ofEpochMilli(i));
        store.peers().checked(CONTACT, Instant.ofEpochMilli(10 + i));
      }
    }
    try (LocalStore store = FilledStore.open(file)) {
      store.acceptAsOriginal();
      assertThat(store.copy()).isEmpty();
      assertThat(store.epoch()).isNotEqualTo(epoch);
    }
    try (LocalStore store = FilledStore.open(file)) {
      assertThat(store.copy()).isEmpty();
      assertThat(store.epoch()).isNotEqualTo(epoch);
    }
  }

  /** The settled store is newer than all that were seen before: they are the copies now. */
  @Test
  void theOneThatWasGivenUpIsACopyAfterwards() throws IOException {
    byte[] older = Files.readAllBytes(file);
    write(50);
    byte[] newer = Files.readAllBytes(file);
    Files.write(file, older);
    try (LocalStore store = FilledStore.open(file)) {
      store.acceptAsOriginal();
    }
    Files.write(file, newer);

    try (LocalStore store = FilledStore.open(file)) {
      assertThat(store.copy()).contains(Copy.OLDER);
    }
  }

  @Test
  void aStoreInAnotherFileIsKnownForACopyAndTheFirstOneForNone() throws IOException {
    Path other = Files.createDirectory(folder.resolve("elsewhere")).resolve("store");
    Files.copy(file, other);
    Files.copy(witness, other.resolveSibling("store-witness"));

    try (LocalStore store = FilledStore.open(other)) {
      assertThat(store.copy()).contains(Copy.ANOTHER_FILE);
      store.transaction(
          () -> {
            store.peers().dropPrekeys();
            store.acceptAsOriginal();
          });
      for (UUID contact : FilledStore.CONTACTS) {
        assertThat(store.peers().nextPrekey(contact, Instant.EPOCH)).isEmpty();
      }
    }
    for (Path each : new Path[] {file, other}) {
      try (LocalStore store = FilledStore.open(each)) {
        assertThat(store.copy()).as(each.toString()).isEmpty();
      }
    }
  }

  @Test
  void aStoreThatWasMovedIsNoCopy() throws IOException {
    Path moved = Files.createDirectory(folder.resolve("elsewhere")).resolve("renamed");
    Files.move(file, moved);
    try (LocalStore store = FilledStore.open(moved)) {
      assertThat(store.copy()).isEmpty();
      store.peers().checked(CONTACT, Instant.EPOCH);
    }
    Files.move(moved, file);

    try (LocalStore store = FilledStore.open(file)) {
      assertThat(store.copy()).isEmpty();
    }
  }

  /** What was committed and not settled yet is in the log: without it the file is an older one. */
  @Test
  void aStoreWhoseLogWasTakenAwayIsKnownToBeOlder() throws IOException {
    byte[] crashed;
    byte[] seen;
    try (LocalStore store = FilledStore.open(file)) {
      store.peers().checked(CONTACT, Instant.EPOCH);
      crashed = Files.readAllBytes(file);
      seen = Files.readAllBytes(witness);
    }
    Files.write(file, crashed);
    Files.write(witness, seen);

    try (LocalStore store = FilledStore.open(file)) {
      assertThat(store.copy()).contains(Copy.OLDER);
    }
  }

  @Test
  void whoDiesBetweenACommitAndTheWitnessIsNoCopy() throws IOException {
    byte[] seen = Files.readAllBytes(witness);
    write(50);
    Files.write(witness, seen);

    try (LocalStore store = FilledStore.open(file)) {
      assertThat(store.copy()).isEmpty();
    }
  }

  @Test
  void aWitnessThatIsGoneCutShortOrAnothersSaysNothing() throws IOException {
    Path other = folder.resolve("other");
    FilledStore.open(other).close();
    byte[] ofAnother = Files.readAllBytes(folder.resolve("other-witness"));
    for (byte[] found : new byte[][] {new byte[0], new byte[7], new byte[200], ofAnother}) {
      Files.write(witness, found);
      try (LocalStore store = FilledStore.open(file)) {
        assertThat(store.copy()).isEmpty();
      }
    }
    Files.delete(witness);
    write(50);
    assertThat(Files.size(witness)).isPositive();
  }

  @Test
  void aWitnessThatCanNotBeWrittenHindersNothing() throws IOException {
    Files.delete(witness);
    Files.createDirectory(witness);
    Files.writeString(witness.resolve("inside"), "so that nobody can delete it");

    write(50);

    try (LocalStore store = FilledStore.open(file)) {
      assertThat(store.copy()).isEmpty();
      assertThat(store.messages().conversation(CONTACT)).hasSize(6);
    }
  }

  @Test
  void anAcceptanceThatIsUndoneWasNone() throws IOException {
    UUID epoch = epoch();
    byte[] before = Files.readAllBytes(file);
    write(50);
    Files.write(file, before);

    try (LocalStore store = FilledStore.open(file)) {
      assertThatThrownBy(
              () ->
                  store.transaction(
                      () -> {
                        store.acceptAsOriginal();
                        throw new IllegalStateException("in the middle");
                      }))
          .hasMessage("in the middle");
      assertThat(store.copy()).contains(Copy.OLDER);
      assertThat(store.epoch()).isEqualTo(epoch);
    }
  }

  @Test
  void theWitnessIsItsOwnersAlone() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(witness)))
        .isEqualTo("rw-------");
  }

  private UUID epoch() {
    try (LocalStore store = FilledStore.open(file)) {
      return store.epoch();
    }
  }

  private void write(int number) {
    try (LocalStore store = FilledStore.open(file)) {
      store.messages().add(FilledStore.message(CONTACT, number));
    }
  }
}
