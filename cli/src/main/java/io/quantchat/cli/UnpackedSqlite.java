package io.quantchat.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sqlite.util.OSInfo;

/**
 * SQLite's native libraries as the build has unpacked them. Without, its driver unpacks one at each
 * start and compares it with its original, which takes a tenth of a second.
 */
final class UnpackedSqlite {

  /** System property: the folder. */
  private static final String FOLDER_PROPERTY = "quantchat.sqlite";

  /** System property of the driver: where its library is looked for first. */
  private static final String LIBRARY_PROPERTY = "org.sqlite.lib.path";

  private UnpackedSqlite() {}

  /** Has the driver use them, if they are there. To be called before the driver is used. */
  static void use() {
    Optional.ofNullable(System.getProperty(FOLDER_PROPERTY))
        .map(folder -> Path.of(folder, OSInfo.getNativeLibFolderPathForCurrentOS()))
        .filter(Files::isDirectory)
        .ifPresent(folder -> System.setProperty(LIBRARY_PROPERTY, folder.toString()));
  }
}
