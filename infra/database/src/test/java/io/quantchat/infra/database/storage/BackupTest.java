package io.quantchat.infra.database.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupTest {

  private static final int ACCOUNTS = 50;

  @TempDir private Path temporary;

  @Test
  void aBackupIsOfOneMomentWhileOthersWrite() throws Exception {
    Path data = temporary.resolve("data");
    Path copy = temporary.resolve("copy");
    try (DiskStorage storage = DiskStorage.open(data)) {
      storage.createSpace("accounts");
      storage.change(
          change -> {
            for (int i = 0; i < ACCOUNTS; i++) {
              change.put("accounts", bytes(i), number(100));
            }
            return null;
          });
      var stopped = new AtomicBoolean();
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        var payers = new ArrayList<Future<?>>();
        for (int i = 0; i < 8; i++) {
          payers.add(executor.submit(() -> payUntil(stopped, storage)));
        }
        try {
          storage.backup(copy);
        } finally {
          stopped.set(true);
        }
        for (Future<?> payer : payers) {
          payer.get();
        }
      }
      storage.check();
    }
    Path restored = temporary.resolve("restored");
    DiskStorage.restore(copy, restored);
    try (DiskStorage storage = DiskStorage.open(restored)) {
      assertThat(sum(storage)).isEqualTo(100L * ACCOUNTS);
      assertThat(storage.stats().entries()).isEqualTo(ACCOUNTS);
    }
  }

  private static void payUntil(AtomicBoolean stopped, Storage storage) {
    var random = new Random();
    while (!stopped.get()) {
      byte[] from = bytes(random.nextInt(ACCOUNTS));
      byte[] to = bytes(random.nextInt(ACCOUNTS));
      if (ByteBuffer.wrap(from).equals(ByteBuffer.wrap(to))) {
        continue;
      }
      storage.change(
          change -> {
            change.put("accounts", from, number(number(change.get("accounts", from)) - 1));
            change.put("accounts", to, number(number(change.get("accounts", to)) + 1));
            return null;
          });
    }
  }

  @Test
  void aBackupThatIsCopiedIntoAFolderOpensThere() throws IOException {
    Path copy = backup();
    Path folder = Files.createDirectories(temporary.resolve("restored"));
    Files.copy(copy, folder.resolve("tables.db"));
    for (int i = 0; i < 2; i++) {
      try (DiskStorage storage = DiskStorage.open(folder)) {
        assertThat(sum(storage)).isEqualTo(7);
      }
    }
  }

  @Test
  void aBackupBesideAnotherDatabasesLogIsRefused() throws IOException {
    Path copy = backup();
    Path folder = Files.createDirectories(temporary.resolve("restored"));
    Files.copy(copy, folder.resolve("tables.db"));
    Files.writeString(folder.resolve("tables.db-wal"), "another's");
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> DiskStorage.open(folder))
        .withMessage(
            "Beside the backup in %s lies another database's log: put the backup into an empty folder."
                .formatted(folder));
  }

  @Test
  void aFileThatIsThereIsNotOverwritten() throws IOException {
    Path copy = Files.writeString(temporary.resolve("copy"), "precious");
    try (DiskStorage storage = DiskStorage.open(temporary.resolve("data"))) {
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> storage.backup(copy))
          .withMessage("The file %s is there already: choose another.".formatted(copy));
    }
    assertThat(copy).hasContent("precious");
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path copy = temporary.resolve("none").resolve("copy");
    try (DiskStorage storage = DiskStorage.open(temporary.resolve("data"))) {
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> storage.backup(copy))
          .withMessage(
              "The backup %s can't be written: check its folder and the room on its disk."
                  .formatted(copy));
    }
  }

  @Test
  void nothingIsRestoredOverADatabase() {
    Path copy = backup();
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> DiskStorage.restore(copy, temporary.resolve("data")))
        .withMessage(
            "The folder %s holds a database: restore into an empty one."
                .formatted(temporary.resolve("data")));
  }

  @Test
  void whatIsNoBackupIsNotRestored() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "text");
    for (Path none : new Path[] {file, temporary.resolve("none")}) {
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> DiskStorage.restore(none, temporary.resolve("restored")))
          .withMessage("The file %s is no backup: choose another.".formatted(none));
    }
  }

  @Test
  void aBackupThatWasAlteredIsNotRestored() throws IOException {
    Path copy = backup();
    byte[] bytes = Files.readAllBytes(copy);
    bytes[bytes.length - 1] ^= 1;
    Files.write(copy, bytes);
    assertThatExceptionOfType(DamagedException.class)
        .isThrownBy(() -> DiskStorage.restore(copy, temporary.resolve("restored")));
    assertThat(temporary.resolve("restored"))
        .isDirectoryNotContaining(file -> !file.endsWith("tables.lock"));
  }

  @Test
  void aBackupOfAnotherVersionIsNotRestored() throws IOException {
    Path copy = backup();
    byte[] bytes = Files.readAllBytes(copy);
    ByteBuffer.wrap(bytes).putInt(60, 2);
    Files.write(copy, bytes);
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> DiskStorage.restore(copy, temporary.resolve("restored")))
        .withMessage(
            "The backup %s is of format 2, this program's is 1: restore it with the version that made it."
                .formatted(copy));
    assertThat(temporary.resolve("restored").resolve("tables.db")).doesNotExist();
  }

  private Path backup() {
    Path copy = temporary.resolve("copy");
    try (DiskStorage storage = DiskStorage.open(temporary.resolve("data"))) {
      storage.createSpace("accounts");
      storage.change(
          change -> {
            change.put("accounts", bytes(1), number(7));
            return null;
          });
      storage.backup(copy);
    }
    return copy;
  }

  private static long sum(Storage storage) {
    long[] sum = {0};
    storage.scan(
        "accounts",
        new Storage.Range(null, null, true),
        (key, value) -> {
          sum[0] += number(value);
          return true;
        });
    return sum[0];
  }

  private static byte[] bytes(int account) {
    return "account %d".formatted(account).getBytes(UTF_8);
  }

  private static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  private static long number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong();
  }
}
