package io.quantchat.infra.database.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder held for one storage of one process. The system lets go of it when the process dies,
 * however it dies.
 */
final class FolderLock implements AutoCloseable {

  /**
   * Those that this process holds. To be looked at first: a process that closes a second channel on
   * a locked file lets go of the first one's lock.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  static FolderLock take(DatabaseFiles files) throws IOException {
    Path folder = files.folder().toRealPath();
    if (!HELD.add(folder)) {
      throw inUse(files);
    }
    FileChannel channel = null;
    try {
      DatabaseFiles.create(files.lock());
      channel = FileChannel.open(files.lock(), StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(files);
      }
      return new FolderLock(folder, channel);
    } catch (IOException | RuntimeException e) {
      if (channel != null) {
        channel.close();
      }
      HELD.remove(folder);
      throw e;
    }
  }

  private static StorageException inUse(DatabaseFiles files) {
    return new StorageException(
        "The database in %s is in use by another program: stop that one, or choose another folder."
            .formatted(files.folder()));
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD.remove(folder);
  }
}
