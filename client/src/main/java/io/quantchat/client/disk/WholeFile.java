package io.quantchat.client.disk;

import io.quantchat.client.model.FileException;
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

/**
 * A file that comes to be whole or not at all, for its owner alone. What is there under its name,
 * be it a folder or a link to nothing, stays as it is.
 */
public record WholeFile(Path file) {

  /** Writes what the file is to hold. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes it. Beside it first, so that it is on the disk when it gets its name.
   *
   * @throws FileException where there is something of that name, or it can't be written; then there
   *     is no file
   */
  public void write(Content content) {
    requireFree();
    Path folder = file.toAbsolutePath().getParent();
    try {
      Path beside = Files.createTempFile(folder, ".quantchat-", ".part", OwnersAlone.file(file));
      try {
        fill(beside, content);
        name(beside);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (FileAlreadyExistsException e) {
      throw taken(e);
    } catch (IOException e) {
      throw new FileException("The file " + file + " can't be written: nothing of it is there.", e);
    }
  }

  /**
   * @throws FileException where there is something of that name
   */
  public void requireFree() {
    if (Files.isDirectory(file)) {
      throw new FileException(file + " is a folder: say the name of a file in it, too.");
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw taken(null);
    }
  }

  private FileException taken(Throwable cause) {
    return new FileException("There is a file " + file + " already: choose another name.", cause);
  }

  private static void fill(Path beside, Content content) throws IOException {
    try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
      content.writeTo(out);
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
}
