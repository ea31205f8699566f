package io.quantchat.infra.database.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.OSInfo;

/**
 * SQLite's native library, loaded once a process: from where the build has unpacked it, or unpacked
 * into a new folder that nobody else can write, and gone from there when it is loaded. The driver
 * alone would leave it in the folder that all users of the machine share.
 */
public final class SqliteLibrary {

  /** System property: a folder of native libraries by system and processor, as in the jar. */
  private static final String FOLDER_PROPERTY = "quantchat.sqlite";

  /** System properties of the driver: where it looks first, and where it unpacks. */
  private static final String LIBRARY_PROPERTY = "org.sqlite.lib.path";

  private static final String UNPACKED_PROPERTY = "org.sqlite.tmpdir";

  private static boolean isLoaded;

  private SqliteLibrary() {}

  /**
   * Loads it, unless it is; whoever uses the driver without this package's storage calls it first.
   *
   * @throws StorageException if it can't be; the next call tries again
   */
  public static synchronized void load() {
    if (isLoaded) {
      return;
    }
    String folder = System.getProperty(FOLDER_PROPERTY);
    if (folder != null && System.getProperty(LIBRARY_PROPERTY) == null) {
      Path unpacked = Path.of(folder, OSInfo.getNativeLibFolderPathForCurrentOS());
      if (Files.isDirectory(unpacked)) {
        System.setProperty(LIBRARY_PROPERTY, unpacked.toString());
      }
    }
    try {
      if (System.getProperty(LIBRARY_PROPERTY) == null) {
        unpackAside();
      } else {
        initialize();
      }
    } catch (IOException e) {
      throw new StorageException(
          "SQLite's library can't be unpacked into %s: make room there, or name another folder that can be written with JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER."
              .formatted(System.getProperty("java.io.tmpdir")),
          e);
    }
    isLoaded = true;
  }

  private static void unpackAside() throws IOException {
    Path aside = Files.createTempDirectory("quantchat-sqlite");
    System.setProperty(UNPACKED_PROPERTY, aside.toString());
    try {
      initialize();
    } finally {
      System.clearProperty(UNPACKED_PROPERTY);
      remove(aside);
    }
  }

  private static void initialize() {
    try {
      if (!SQLiteJDBCLoader.initialize()) {
        throw new StorageException(
            "SQLite's library can't be loaded: this system isn't among those it is built for.");
      }
    } catch (StorageException e) {
      throw e;
    } catch (Exception e) {
      throw new StorageException(
          "SQLite's library can't be loaded: this system isn't among those it is built for.", e);
    }
  }

  /** Where a loaded library can't be deleted, as on Windows, the driver does so when it ends. */
  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (!file.toFile().delete()) {
          return;
        }
      }
    }
    Files.delete(folder);
  }
}
