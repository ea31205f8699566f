package io.quantchat.client.files;

import io.quantchat.client.model.FileException;
import io.quantchat.client.store.FileEntry;
import io.quantchat.crypto.RefusedException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file that comes to be whole or not at all, for its owner alone. What is there under its name
 * stays as it is.
 */
public record SavedFile(Path file) {

  /**
   * Writes what a sealed file holds: beside it first, and under its name when the end was
   * authenticated.
   *
   * @throws FileException where there is something of that name, or it can't be written
   */
  public void write(Path sealed, FileEntry entry) {
    requireFree();
    Path folder = file.toAbsolutePath().getParent();
    try {
      Path beside = Files.createTempFile(folder, ".quantchat-", ".part", ownersAlone());
      try {
        fill(beside, sealed, entry);
        name(beside);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (FileAlreadyExistsException e) {
      throw taken();
    } catch (IOException e) {
      throw new FileException("The file " + file + " can't be written: nothing of it is there.", e);
    } catch (RefusedException e) {
      throw new FileException(
          "The encrypted file beside the store was altered: nothing of it was saved.", e);
    }
  }

  private void requireFree() {
    if (Files.isDirectory(file)) {
      throw new FileException(file + " is a folder: say the name of a file in it, too.");
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw taken();
    }
  }

  private FileException taken() {
    return new FileException("There is a file " + file + " already: choose another name.");
  }

  private static void fill(Path beside, Path sealed, FileEntry entry) throws IOException {
    try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
      Opening.open(sealed, entry, out);
      out.flush();
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

  private FileAttribute<?>[] ownersAlone() {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
