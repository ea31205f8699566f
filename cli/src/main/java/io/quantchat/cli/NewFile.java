package io.quantchat.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file that comes to be whole or not at all, for its owner alone. What is there under its name,
 * be it a folder or a link to nothing, stays as it is.
 */
record NewFile(Path file) {

  /**
   * Writes it. Beside it first, so that it is on the disk when it gets its name.
   *
   * @throws CommandException FAILED where there is something of that name, or it can't be written;
   *     then there is no file
   */
  void write(byte[] content) {
    requireFree();
    Path folder = file.toAbsolutePath().getParent();
    try {
      Path beside = Files.createTempFile(folder, ".quantchat-", ".part", ownerOnly());
      try {
        fill(beside, content);
        name(beside);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (FileAlreadyExistsException e) {
      throw taken(e);
    } catch (IOException e) {
      throw new CommandException(
          Exit.FAILED, "The file " + file + " can't be written: nothing of it is there.", e);
    }
  }

  /** The folder beside it, with the files of an export's messages. */
  static Path filesBeside(Path export) {
    Path whole = export.toAbsolutePath();
    return whole.resolveSibling(whole.getFileName() + ".files");
  }

  /**
   * @throws CommandException FAILED where there is something of that name
   */
  void requireFree() {
    if (Files.isDirectory(file)) {
      throw new CommandException(
          Exit.FAILED, file + " is a folder: say the name of a file in it, too.");
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw taken(null);
    }
  }

  private CommandException taken(Throwable cause) {
    return new CommandException(
        Exit.FAILED, "There is a file " + file + " already: choose another name.", cause);
  }

  private static void fill(Path beside, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
      var left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }

  /** A link never replaces what is there; where there are no links, a move doesn't either. */
  private void name(Path beside) throws IOException {
    try {
      Files.createLink(file, beside);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException noLinks) {
      Files.move(beside, file);
    }
  }

  private FileAttribute<?>[] ownerOnly() {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
