package io.quantchat.infra.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The turn of one at reading a file and putting another in its place, while others wait. The system
 * ends it when a process dies. A file beside, which is gone afterwards, is locked for it.
 */
final class FileTurn implements AutoCloseable {

  private static final String SUFFIX = ".turn";

  /** A lock of a file is a process's, not a thread's. */
  private static final ReentrantLock OF_THIS_PROCESS = new ReentrantLock();

  private final Path beside;
  private final FileChannel channel;

  private FileTurn(Path beside, FileChannel channel) {
    this.beside = beside;
    this.channel = channel;
  }

  /** Waits for the turn. */
  static FileTurn take(Path file) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + SUFFIX);
    OF_THIS_PROCESS.lock();
    try {
      while (true) {
        FileChannel channel =
            FileChannel.open(
                beside,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                RunningInstance.ownerOnly());
        try {
          FileLock _ = channel.lock();
          if (isStillThere(channel, beside)) {
            return new FileTurn(beside, channel);
          }
        } catch (IOException e) {
          channel.close();
          throw e;
        }
        channel.close();
      }
    } catch (IOException e) {
      OF_THIS_PROCESS.unlock();
      throw e;
    }
  }

  /** Who had the last turn may have removed it before it was locked here: then it is nobody's. */
  private static boolean isStillThere(FileChannel channel, Path beside) throws IOException {
    byte[] mark = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
    channel.write(ByteBuffer.wrap(mark), 0);
    try {
      return Arrays.equals(Files.readAllBytes(beside), mark);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(beside);
    } finally {
      OF_THIS_PROCESS.unlock();
    }
  }
}
