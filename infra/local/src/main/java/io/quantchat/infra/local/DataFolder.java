package io.quantchat.infra.local;

import io.quantchat.infra.database.storage.FolderLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The folder that tables and objects live in, held for one process: two on one database would each
 * miss what the other wrote. The system lets go of the lock when a process dies, however it dies.
 *
 * <p>No other user of the machine reads it: password hashes and signing keys are in it.
 */
final class DataFolder implements AutoCloseable {

  /** Where its default is, in picocli's words: an archive keeps its state elsewhere. */
  static final String STATE = "${sys:quantchat.state:-.quantchat of the project}";

  private static final String LOCK = "lock";
  private static final String TABLES = "tables";
  private static final String OBJECTS = "objects";

  /** Where an earlier QuantChat had DynamoDB Local keep its files, which end in {@code .db}. */
  private static final String OF_DYNAMODB_LOCAL = "dynamodb";

  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  /** What lies in a data folder and perhaps at the root of a disk that is one. */
  private static final Pattern KNOWN =
      Pattern.compile("lock|tables|objects|mail|dynamodb|backup\\.sock|backup-.*|lost\\+found");

  private final FolderLock lock;
  private final Path folder;

  private DataFolder(FolderLock lock, Path folder) {
    this.lock = lock;
    this.folder = folder;
  }

  /** Where the tables of a project live that nobody put elsewhere. */
  static Path ofProject(Path home) {
    return home.resolve(".quantchat").resolve("data");
  }

  /**
   * Where mail lands that this instance sends: beside the tables of a project, where a person looks
   * for it, and within a data folder that somebody put elsewhere.
   */
  static Path mailOf(Path folder) {
    Path parent = folder.toAbsolutePath().getParent();
    boolean isOfProject = parent != null && parent.endsWith(".quantchat");
    return isOfProject ? folder.resolveSibling("mail") : folder.resolve("mail");
  }

  /** Where objects lie of an instance on this folder. */
  static Path objectsOf(Path folder) {
    return folder.resolve(OBJECTS);
  }

  static DataFolder take(Path folder) throws StartFailure {
    try {
      refuseDynamoDbLocal(folder.resolve(OF_DYNAMODB_LOCAL));
      create(folder);
      closeToOthers(folder);
      Optional<FolderLock> lock = FolderLock.take(folder, LOCK);
      if (lock.isEmpty()) {
        throw new StartFailure(
            "The data folder %s is in use by another instance: stop that one, or choose another"
                    .formatted(folder)
                + " folder with --data.");
      }
      return new DataFolder(lock.get(), folder);
    } catch (AccessDeniedException e) {
      throw new StartFailure(
          "The data folder %s isn't this user's to write: run this as its owner, or choose another with --data."
              .formatted(folder),
          e);
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

  /** Makes folders that only their owner reads. */
  private static void create(Path folder) throws IOException {
    if (hasPermissions(folder)) {
      Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNERS));
    } else {
      Files.createDirectories(folder);
    }
  }

  /** One that was there, as where somebody copied or made it, may let others in. */
  private static void closeToOthers(Path folder) throws IOException, StartFailure {
    if (!hasPermissions(folder)) {
      return;
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
    if (permissions.retainAll(OWNERS)) {
      if (!holdsNothingElse(folder)) {
        throw new StartFailure(
            "The data folder %s is open to other users and holds other things too: choose one of its own with --data, such as %s."
                .formatted(folder, folder.resolve("quantchat")));
      }
      try {
        Files.setPosixFilePermissions(folder, permissions);
      } catch (IOException another) {
        throw new StartFailure(
            "The data folder %s is open to other users, and not this user's to close: run this as its owner, or choose another with --data."
                .formatted(folder),
            another);
      }
    }
    for (String name : List.of(TABLES, OBJECTS)) {
      Path within = folder.resolve(name);
      if (Files.isDirectory(within)) {
        Set<PosixFilePermission> ofWithin = Files.getPosixFilePermissions(within);
        if (ofWithin.retainAll(OWNERS)) {
          Files.setPosixFilePermissions(within, ofWithin);
        }
      }
    }
  }

  /** Only then is it nobody's but the tables': a home folder isn't closed unasked. */
  private static boolean holdsNothingElse(Path folder) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (!KNOWN.matcher(entry.getFileName().toString()).matches()) {
          return false;
        }
      }
      return true;
    }
  }

  private static boolean hasPermissions(Path folder) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Where the tables go. */
  Path tables() {
    return folder.resolve(TABLES);
  }

  /** Lets go of it. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Can't let go of " + folder, e);
    }
  }
}
