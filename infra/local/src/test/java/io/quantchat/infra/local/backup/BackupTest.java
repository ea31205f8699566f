package io.quantchat.infra.local.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quantchat.infra.local.Patience;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups by way of the socket of a running instance. */
class BackupTest {

  private static final byte[] TABLES = new byte[300_000];

  @TempDir private Path temporary;

  private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();
  private Path data;
  private Path target;

  @BeforeEach
  void fill() throws IOException {
    data = Files.createDirectory(temporary.resolve("data"));
    target = temporary.resolve("backup.db");
    for (int i = 0; i < TABLES.length; i++) {
      TABLES[i] = (byte) i;
    }
  }

  private BackupSocket open(Snapshot tables) throws IOException {
    return BackupSocket.open(data, tables, said::add);
  }

  private static void tables(Path file) throws IOException {
    Files.write(file, TABLES);
  }

  private BackupSource running() throws BackupFailure {
    return RunningSource.in(data).orElseThrow();
  }

  /** The instance removes its own copy once it has seen the asker go. */
  private void assertNothingLeft() throws Exception {
    long begin = System.nanoTime();
    Set<String> left = left();
    while (!left.isEmpty() && System.nanoTime() - begin < Patience.LONGEST.toNanos()) {
      Thread.sleep(1);
      left = left();
    }
    assertThat(left).isEmpty();
  }

  private Set<String> left() throws IOException {
    try (Stream<Path> beside = Files.list(temporary);
        Stream<Path> within = Files.list(data)) {
      Set<String> names =
          Stream.concat(beside, within)
              .map(file -> file.getFileName().toString())
              .collect(Collectors.toSet());
      names.removeAll(Set.of("data", "backup.sock", "backup.db"));
      return names;
    }
  }

  @Test
  void aRunningInstanceHandsOutWhatItsTablesHold() throws Exception {
    try (BackupSocket _ = open(BackupTest::tables)) {
      new BackupFile(target, false).write(running());

      assertThat(target).hasBinaryContent(TABLES);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
          .isEqualTo("rw-------");
      assertNothingLeft();
    }
  }

  @Test
  void whoCouldNotBeTakenInForAWhileIsTakenInLater() throws Exception {
    var failures = new AtomicInteger(3);
    BackupSocket.Door full =
        channel -> {
          if (failures.getAndDecrement() > 0) {
            throw new IOException("Too many open files");
          }
          return channel.accept();
        };
    try (BackupSocket _ =
        BackupSocket.open(data, BackupTest::tables, said::add, full, Duration.ofMillis(1))) {
      new BackupFile(target, false).write(running());

      assertThat(target).hasBinaryContent(TABLES);
      assertThat(said)
          .filteredOn(line -> line.contains("just now"))
          .containsExactly("Backups can't be asked for just now: Too many open files");
    }
  }

  @Test
  void onlyItsOwnerCanAskForABackup() throws Exception {
    try (BackupSocket _ = open(BackupTest::tables)) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(BackupSocket.in(data))))
          .isEqualTo("rw-------");
    }
    assertThat(BackupSocket.in(data)).doesNotExist();
  }

  @Test
  void aFileThatIsThereIsKeptUnlessItMayBeReplaced() throws Exception {
    Files.writeString(target, "mine");
    try (BackupSocket _ = open(BackupTest::tables)) {
      assertThatExceptionOfType(BackupFailure.class)
          .isThrownBy(() -> new BackupFile(target, false).write(running()))
          .withMessage(
              "The file %s is there already: choose another, or replace it with --force.", target);
      assertThat(target).hasContent("mine");

      new BackupFile(target, true).write(running());

      assertThat(target).hasBinaryContent(TABLES);
      assertNothingLeft();
    }
  }

  @Test
  void aFileThatComesToBeMeanwhileIsKeptToo() throws Exception {
    Snapshot slow =
        file -> {
          Files.writeString(target, "mine");
          tables(file);
        };
    try (BackupSocket _ = open(slow)) {
      assertThatExceptionOfType(BackupFailure.class)
          .isThrownBy(() -> new BackupFile(target, false).write(running()))
          .withMessageContaining("is there already");

      assertThat(target).hasContent("mine");
      assertNothingLeft();
    }
  }

  @Test
  void aFolderIsNoFile() throws Exception {
    try (BackupSocket _ = open(BackupTest::tables)) {
      assertThatExceptionOfType(BackupFailure.class)
          .isThrownBy(() -> new BackupFile(data, true).write(running()))
          .withMessageContaining("is a folder");
    }
  }

  @Test
  void whereTheFileCantBeNothingIsLeft() throws Exception {
    try (BackupSocket _ = open(BackupTest::tables)) {
      assertThatExceptionOfType(BackupFailure.class)
          .isThrownBy(() -> new BackupFile(temporary.resolve("none/b"), false).write(running()))
          .withMessageContaining("can't be written, and nothing of it is left");
      assertNothingLeft();
    }
  }

  @Test
  void aFullDiskOfTheInstanceIsSaidAndLeavesNothing() throws Exception {
    Snapshot full =
        file -> {
          Files.write(file, new byte[10]);
          throw new FileSystemException(file.toString(), null, "No space left on device");
        };
    try (BackupSocket _ = open(full)) {
      assertThatExceptionOfType(BackupFailure.class)
          .isThrownBy(() -> new BackupFile(target, false).write(running()))
          .withMessageContaining("No space left on device");
      assertThat(target).doesNotExist();
      assertNothingLeft();
    }
  }

  @Test
  void aFullDiskOfTheOneWhoAsksIsSaidAndLeavesNothing() throws Exception {
    BackupSource full =
        out -> {
          out.write(TABLES);
          throw new FileSystemException(null, null, "No space left on device");
        };

    assertThatExceptionOfType(BackupFailure.class)
        .isThrownBy(() -> new BackupFile(target, false).write(full))
        .withMessage(
            "The backup %s can't be written, and nothing of it is left: No space left on device.",
            target);
    assertNothingLeft();
  }

  @Test
  void anInstanceThatEndsInTheMiddleLeavesNoBackup() throws Exception {
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(BackupSocket.in(data)));
      Thread killed =
          Thread.ofVirtual()
              .start(
                  () -> {
                    // The first only looks whether somebody is there.
                    try (SocketChannel _ = server.accept();
                        SocketChannel client = server.accept()) {
                      client.read(ByteBuffer.allocate(100));
                      client.write(
                          ByteBuffer.wrap("ok 1000\nonly this".getBytes(StandardCharsets.UTF_8)));
                    } catch (IOException e) {
                      throw new AssertionError(e);
                    }
                  });

      assertThatExceptionOfType(BackupFailure.class)
          .isThrownBy(() -> new BackupFile(target, false).write(running()))
          .withMessageContaining("ended before its backup was whole");
      killed.join();
      assertThat(target).doesNotExist();
    }
  }

  @Test
  void aKilledInstancesSocketIsNobodysAndIsReplaced() throws Exception {
    try (var killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(BackupSocket.in(data)));
    }
    Files.writeString(data.resolve("backup-1.tmp"), "half");
    assertThat(BackupSocket.in(data)).exists();
    assertThat(RunningSource.in(data)).isEmpty();

    try (BackupSocket _ = open(BackupTest::tables)) {
      new BackupFile(target, false).write(running());
      assertThat(target).hasBinaryContent(TABLES);
      assertNothingLeft();
    }
  }

  @Test
  void whoHangsUpLeavesTheInstanceReadyForTheNext() throws Exception {
    try (BackupSocket _ = open(BackupTest::tables)) {
      for (String line : List.of("", "back", "backup", "restore\n")) {
        try (var client = SocketChannel.open(UnixDomainSocketAddress.of(BackupSocket.in(data)))) {
          client.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        }
      }

      new BackupFile(target, false).write(running());

      assertThat(target).hasBinaryContent(TABLES);
    }
  }
}
