package io.quantchat.infra.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder that the tables live in, held for one process: two on one database would each miss
 * what the other wrote. The system lets go of the lock when a process dies, however it dies.
 */
final class DataFolder implements AutoCloseable {

  private static final String LOCK = "lock";
  private static final String TABLES = "tables";

  /** Where an earlier QuantChat had DynamoDB Local keep its files, which end in {@code .db}. */
  private static final String OF_DYNAMODB_LOCAL = "dynamodb";

  private final FileChannel channel;
  private final Path folder;

  private DataFolder(FileChannel channel, Path folder) {
    this.channel = channel;
    this.folder = folder;
  }

  /** Where the tables of a project live that nobody put elsewhere. */
  static Path ofProject(Path home) {
    return home.resolve(".quantchat").resolve("data");
  }

  static DataFolder take(Path folder) throws StartFailure {
    try {
      refuseDynamoDbLocal(folder.resolve(OF_DYNAMODB_LOCAL));
      create(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!lock(channel)) {
        channel.close();
        throw new StartFailure(
            "The data folder %s is in use by another instance: stop that one, or choose another"
                    .formatted(folder)
                + " folder with --data.");
      }
      return new DataFolder(channel, folder);
    } catch (IOException e) {
      throw new StartFailure(
          "The data folder %s can't be written: choose another with --data, or --ephemeral."
              .formatted(folder),
          e);
    }
  }

  /**
   * Its files can't be read here, and whoever began anew beside them would find every account gone.
   */
  private static void refuseDynamoDbLocal(Path files) throws IOException, StartFailure {
    if (!Files.isDirectory(files)) {
      return;
    }
    try (DirectoryStream<Path> databases = Files.newDirectoryStream(files, "*.db")) {
      if (databases.iterator().hasNext()) {
        throw new StartFailure(
            ("%s holds an earlier version's tables, kept by DynamoDB Local: to go on with them, run"
                    + " that yourself with -sharedDb -dbPath %1$s and start with --database"
                    + " http://localhost:8000, or to begin anew, move the folder away or choose"
                    + " another with --data.")
                .formatted(files));
      }
    }
  }

  /** Makes folders that only their owner reads: they hold password hashes and signing keys. */
  private static void create(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(folder);
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Where the tables go. */
  Path tables() {
    return folder.resolve(TABLES);
  }

  /** Lets go of it. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Can't let go of " + folder, e);
    }
  }
}
