package io.quantchat.infra.local.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A Unix domain socket in the data folder, for its owner alone, at which a running instance hands
 * out backups. No port is open for it, and no other machine reaches it.
 *
 * <p>One line is asked, {@code backup}. The answer is one line as well: {@code ok} with the number
 * of bytes that follow, or {@code error} with a sentence.
 */
public final class BackupSocket implements AutoCloseable {

  static final String QUESTION = "backup";
  static final String GOOD = "ok ";
  static final String BAD = "error ";

  private static final String NAME = "backup.sock";

  /** How long nobody is taken in after one couldn't be, as where too many files are open. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Waits for somebody who asks. */
  @FunctionalInterface
  interface Door {
    SocketChannel next(ServerSocketChannel channel) throws IOException;
  }

  private final Path folder;
  private final ServerSocketChannel channel;
  private final Door door;
  private final Duration pause;
  private final Snapshot tables;
  private final Consumer<String> log;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Two at once would each need the disk's room and speed. */
  private final ReentrantLock one = new ReentrantLock();

  private BackupSocket(
      Path folder,
      ServerSocketChannel channel,
      Door door,
      Duration pause,
      Snapshot tables,
      Consumer<String> log) {
    this.folder = folder;
    this.channel = channel;
    this.door = door;
    this.pause = pause;
    this.tables = tables;
    this.log = log;
  }

  /** Where an instance on this folder hands out backups. */
  static Path in(Path folder) {
    return folder.resolve(NAME);
  }

  /**
   * Opens it, in the place of one that a killed process left.
   *
   * @param folder the data folder, which this process holds
   * @param log is told in one line of each backup
   * @throws IOException if it can't be opened, as where the folder's path is longer than a socket's
   *     may be, about a hundred bytes
   */
  public static BackupSocket open(Path folder, Snapshot tables, Consumer<String> log)
      throws IOException {
    return open(folder, tables, log, ServerSocketChannel::accept, PAUSE);
  }

  static BackupSocket open(
      Path folder, Snapshot tables, Consumer<String> log, Door door, Duration pause)
      throws IOException {
    CopiedTables.clear(folder);
    Path path = in(folder);
    Files.deleteIfExists(path);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(path));
      if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      }
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    var socket = new BackupSocket(folder, channel, door, pause, tables, log);
    Thread.ofPlatform().daemon().name("backups").start(socket::accept);
    return socket;
  }

  /** Goes on after a failure, which is said once until somebody is taken in again. */
  private void accept() {
    boolean failed = false;
    while (channel.isOpen()) {
      try {
        SocketChannel client = door.next(channel);
        failed = false;
        threads.execute(() -> answer(client));
      } catch (ClosedChannelException | RejectedExecutionException closed) {
        return;
      } catch (IOException e) {
        if (!failed) {
          log.accept("Backups can't be asked for just now: " + e.getMessage());
        }
        failed = true;
        LockSupport.parkNanos(pause.toNanos());
      }
    }
  }

  private void answer(SocketChannel client) {
    try (client;
        OutputStream out = Channels.newOutputStream(client)) {
      if (isAsked(client)) {
        answerInTurn(out);
      }
    } catch (IOException gone) {
      log.accept("A backup was not taken to its end.");
    }
  }

  /** Whoever may connect owns the folder, and holds up nobody by asking slowly. */
  private static boolean isAsked(SocketChannel client) throws IOException {
    ByteBuffer line = ByteBuffer.allocate(QUESTION.length() + 1);
    while (line.hasRemaining() && client.read(line) >= 0) {
      // Until all of it is there.
    }
    return new String(line.array(), 0, line.position(), StandardCharsets.UTF_8)
        .equals(QUESTION + "\n");
  }

  private void answerInTurn(OutputStream out) throws IOException {
    one.lock();
    try {
      answer(out);
    } finally {
      one.unlock();
    }
  }

  private void answer(OutputStream out) throws IOException {
    CopiedTables made;
    try {
      made = CopiedTables.of(tables, folder);
    } catch (IOException | RuntimeException e) {
      log.accept("A backup failed: " + e);
      out.write(line(BAD + sentence(e)));
      return;
    }
    try (CopiedTables copy = made) {
      long bytes = Files.size(copy.file());
      out.write(line(GOOD + bytes));
      Files.copy(copy.file(), out);
      log.accept("A backup of %d bytes was taken.".formatted(bytes));
    }
  }

  private static String sentence(Exception e) {
    return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    threads.shutdownNow();
    Files.deleteIfExists(in(folder));
  }
}
