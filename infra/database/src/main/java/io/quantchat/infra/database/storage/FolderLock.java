package io.quantchat.infra.database.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that one holder has at a time, be it in this process or another. The system lets go of it
 * when the process dies, however it dies.
 */
public final class FolderLock implements AutoCloseable {

  /**
   * Those that this process holds. To be looked at first: a process that closes a second channel on
   * a locked file lets go of the first one's lock.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path held;
  private final FileChannel channel;

  private FolderLock(Path held, FileChannel channel) {
    this.held = held;
    this.channel = channel;
  }

  /**
   * Takes it; empty if another holds it.
   *
   * @param folder is there
   * @param name that of the file, which is made for its owner alone where it is missing
   */
  public static Optional<FolderLock> take(Path folder, String name) throws IOException {
    Path file = folder.toRealPath().resolve(name);
    if (!HELD.add(file)) {
      return Optional.empty();
    }
    FileChannel channel = null;
    boolean taken = false;
    try {
      DatabaseFiles.create(file);
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      taken = lock != null;
      return taken ? Optional.of(new FolderLock(file, channel)) : Optional.empty();
    } finally {
      if (!taken) {
        if (channel != null) {
          channel.close();
        }
        HELD.remove(file);
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD.remove(held);
  }
}
