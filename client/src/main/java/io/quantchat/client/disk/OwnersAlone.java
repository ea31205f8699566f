package io.quantchat.client.disk;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** What is made with these is its owner's alone, from its first moment. */
public final class OwnersAlone {

  private OwnersAlone() {}

  /** For a file: nobody else reads or writes it. */
  public static FileAttribute<?>[] file(Path path) {
    return permissions(path, "rw-------");
  }

  /** For a folder: nobody else sees what is in it. */
  public static FileAttribute<?>[] folder(Path path) {
    return permissions(path, "rwx------");
  }

  /** Where the system has no such permissions, the folder's own count. */
  private static FileAttribute<?>[] permissions(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
