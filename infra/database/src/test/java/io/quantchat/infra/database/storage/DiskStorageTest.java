package io.quantchat.infra.database.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class DiskStorageTest {

  private static final Storage.Range ALL = new Storage.Range(null, null, true);

  @TempDir private Path temporary;

  @Test
  void whatWasWrittenIsThereWhenItIsOpenedAgain() {
    Path folder = temporary.resolve("data");
    try (DiskStorage storage = DiskStorage.open(folder)) {
      storage.createSpace("rows");
      storage.createSpace("dropped");
      put(storage, "a", "1");
      storage.dropSpace("dropped");
    }
    try (DiskStorage storage = DiskStorage.open(folder)) {
      assertThat(storage.spaces()).containsExactly("rows");
      assertThat(storage.get("rows", bytes("a"))).isEqualTo(bytes("1"));
      assertThat(storage.stats().entries()).isEqualTo(1);
    }
  }

  @Test
  void closedItIsOneFileAndItsNote() throws IOException {
    Path folder = temporary.resolve("data");
    try (DiskStorage storage = DiskStorage.open(folder)) {
      storage.createSpace("rows");
      put(storage, "a", "1");
      assertThat(names(folder))
          .containsExactlyInAnyOrder(
              "tables.db", "tables.db-wal", "tables.db-shm", "tables.answered", "tables.lock");
    }
    assertThat(names(folder))
        .containsExactlyInAnyOrder("tables.db", "tables.answered", "tables.lock");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void nobodyElseCanReadItsFiles() throws IOException {
    Path folder = temporary.resolve("data");
    try (DiskStorage storage = DiskStorage.open(folder)) {
      storage.createSpace("rows");
      put(storage, "a", "1");
      storage.backup(temporary.resolve("copy"));
      requireOwners(folder);
    }
    for (Path file : List.of(folder.resolve("tables.db"), folder.resolve("tables.answered"))) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
    try (DiskStorage storage = DiskStorage.open(folder)) {
      put(storage, "a", "2");
      requireOwners(folder);
    }
    assertThat(Files.getPosixFilePermissions(temporary.resolve("copy")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  private static void requireOwners(Path folder) throws IOException {
    assertThat(Files.getPosixFilePermissions(folder))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    for (String name : names(folder)) {
      assertThat(Files.getPosixFilePermissions(folder.resolve(name)))
          .as(name)
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void changesThatWaitShareOneSync() throws Exception {
    try (DiskStorage storage = DiskStorage.open(temporary.resolve("data"))) {
      storage.createSpace("rows");
      StorageStats before = storage.stats();
      int waiting = 40;
      var begun = new CountDownLatch(1);
      var gathered = new CountDownLatch(1);
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<?> first =
            executor.submit(
                () ->
                    storage.change(
                        change -> {
                          begun.countDown();
                          await(gathered);
                          change.put("rows", bytes("first"), bytes("1"));
                          return null;
                        }));
        begun.await();
        var others = new ArrayList<Thread>();
        for (int i = 0; i < waiting; i++) {
          String key = "key " + i;
          others.add(Thread.ofVirtual().start(() -> put(storage, key, "1")));
        }
        for (Thread other : others) {
          while (other.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
          }
        }
        gathered.countDown();
        first.get();
        for (Thread other : others) {
          other.join();
        }
      }
      StorageStats after = storage.stats();
      assertThat(after.syncs() - before.syncs()).isEqualTo(2);
      assertThat(after.changes() - before.changes()).isEqualTo(waiting + 1L);
      assertThat(after.largestGroup()).isEqualTo(waiting);
    }
  }

  @Test
  void aChangeThatThrowsTakesNoOtherOfItsGroupWithIt() throws Exception {
    try (DiskStorage storage = DiskStorage.open(temporary.resolve("data"))) {
      storage.createSpace("rows");
      var begun = new CountDownLatch(1);
      var gathered = new CountDownLatch(1);
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<?> first =
            executor.submit(
                () ->
                    storage.change(
                        change -> {
                          begun.countDown();
                          await(gathered);
                          return null;
                        }));
        begun.await();
        var good = new ArrayList<Future<?>>();
        var bad = new ArrayList<Future<?>>();
        for (int i = 0; i < 20; i++) {
          String key = "key " + i;
          good.add(executor.submit(() -> put(storage, key, "1")));
          bad.add(
              executor.submit(
                  () ->
                      storage.change(
                          change -> {
                            change.put("rows", bytes("bad"), bytes("1"));
                            throw new IllegalArgumentException(key);
                          })));
        }
        gathered.countDown();
        first.get();
        for (Future<?> one : good) {
          one.get();
        }
        for (Future<?> one : bad) {
          assertThatExceptionOfType(ExecutionException.class)
              .isThrownBy(one::get)
              .withCauseInstanceOf(IllegalArgumentException.class);
        }
      }
      assertThat(storage.stats().entries()).isEqualTo(20);
      assertThat(storage.get("rows", bytes("bad"))).isNull();
      storage.check();
    }
  }

  @Test
  void whatOnlyReadsCostsNoSync() {
    try (DiskStorage storage = DiskStorage.open(temporary.resolve("data"))) {
      storage.createSpace("rows");
      put(storage, "a", "1");
      long before = storage.stats().syncs();
      byte[] read = storage.change(change -> change.get("rows", bytes("a")));
      storage.change(
          change -> {
            change.delete("rows", bytes("none"));
            return null;
          });
      assertThat(read).isEqualTo(bytes("1"));
      assertThat(storage.stats().syncs()).isEqualTo(before);
    }
  }

  @Test
  void theLogStaysShortHoweverMuchIsWritten() {
    try (DiskStorage storage = DiskStorage.open(temporary.resolve("data"))) {
      storage.createSpace("rows");
      byte[] value = new byte[4000];
      for (int round = 0; round < 20; round++) {
        int begin = round * 500;
        storage.change(
            change -> {
              for (int i = begin; i < begin + 500; i++) {
                change.put("rows", bytes("key " + i % 1500), value);
              }
              return null;
            });
      }
      assertThat(storage.stats().logBytes()).isLessThan(40L << 20);
      storage.check();
    }
  }

  @Test
  void aFolderIsOneStoragesAtATimeInOneProcess() {
    Path folder = temporary.resolve("data");
    try (DiskStorage storage = DiskStorage.open(folder)) {
      for (int i = 0; i < 2; i++) {
        assertThatExceptionOfType(StorageException.class)
            .isThrownBy(() -> DiskStorage.open(folder))
            .withMessage(inUse(folder));
      }
      storage.createSpace("rows");
    }
    DiskStorage.open(folder).close();
  }

  @Test
  void aFolderIsOneStoragesAtATimeAmongProcesses() throws Exception {
    Path folder = temporary.resolve("data");
    Process other = WriterProcess.start(folder, 0);
    try {
      assertThat(other.getInputStream().read()).isPositive();
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> DiskStorage.open(folder))
          .withMessage(inUse(folder));
    } finally {
      other.destroyForcibly().waitFor();
    }
    DiskStorage.open(folder).close();
  }

  private static String inUse(Path folder) {
    return "The database in %s is in use by another program: stop that one, or choose another folder."
        .formatted(folder);
  }

  @Test
  void aFolderOfAnotherFormatIsNamed() throws Exception {
    Path folder = temporary.resolve("data");
    DiskStorage.open(folder).close();
    try (Session session = Session.open(folder, folder.resolve("tables.db"), List.of())) {
      session.run("PRAGMA user_version = 2");
    }
    Files.delete(folder.resolve("tables.answered"));
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> DiskStorage.open(folder))
        .withMessage(
            "The database in %s is of format 2, this program's is 1: use the version that made it, or"
                    .formatted(folder)
                + " choose another folder.");
  }

  @Test
  void aFileOfOthersIsLeftAlone() throws IOException {
    Path folder = temporary.resolve("data");
    Files.createDirectories(folder);
    for (String content : List.of("", "text", "x".repeat(5000))) {
      Files.writeString(folder.resolve("tables.db"), content);
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> DiskStorage.open(folder))
          .withMessage(
              "The file %s is no database of QuantChat: choose another folder."
                  .formatted(folder.resolve("tables.db")));
      assertThat(folder.resolve("tables.db")).hasContent(content);
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.createFile(temporary.resolve("file"));
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> DiskStorage.open(file.resolve("data")))
        .withMessage(
            "The files in %s can't be read or written: check the disk and their permissions."
                .formatted(file.resolve("data")));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aFileThatCannotBeWrittenIsNamed() throws IOException {
    Path folder = temporary.resolve("data");
    DiskStorage.open(folder).close();
    Path database = folder.resolve("tables.db");
    Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("r--------"));
    assumeTrue(!Files.isWritable(database), "The system's administrator may write any file.");
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> DiskStorage.open(folder))
        .withMessage("The file %s can't be written: check its permissions.".formatted(database));
  }

  @Test
  void anUnfinishedStartIsBegunAnew() throws IOException {
    Path folder = temporary.resolve("data");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("tables.unfinished"), "half");
    try (DiskStorage storage = DiskStorage.open(folder)) {
      storage.createSpace("rows");
      var keys = new ArrayList<byte[]>();
      storage.scan("rows", ALL, (key, value) -> keys.add(key));
      assertThat(keys).isEmpty();
    }
    assertThat(folder.resolve("tables.unfinished")).doesNotExist();
  }

  private static void put(Storage storage, String key, String value) {
    storage.change(
        change -> {
          change.put("rows", bytes(key), bytes(value));
          return null;
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
