package io.quantchat.infra.local.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * The file that a backup is kept in, for its owner alone. It gets its name when it is whole and on
 * the disk; before that, and where it fails, there is none.
 *
 * @param path absolute
 * @param replace whether another file by this name may be lost
 */
public record BackupFile(Path path, boolean replace) {

  /**
   * Writes it.
   *
   * @throws BackupFailure if there is none now; nothing half remains
   */
  public void write(BackupSource source) throws BackupFailure {
    requireNew();
    Path folder = Objects.requireNonNull(path.getParent());
    Path unfinished = null;
    try {
      // For its owner alone, as all temporary files are.
      unfinished = Files.createTempFile(folder, "." + path.getFileName(), ".unfinished");
      fill(unfinished, source);
      publish(unfinished);
      force(folder);
    } catch (FileAlreadyExistsException meanwhile) {
      throw there();
    } catch (IOException e) {
      throw new BackupFailure(
          "The backup %s can't be written, and nothing of it is left: %s."
              .formatted(path, reason(e)),
          e);
    } finally {
      discard(unfinished);
    }
  }

  /** Seen early as well: who mistyped needn't wait for the copy. */
  private void requireNew() throws BackupFailure {
    if (Files.isDirectory(path)) {
      throw new BackupFailure("%s is a folder: name a file in it.".formatted(path));
    }
    if (!replace && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw there();
    }
  }

  private BackupFailure there() {
    return new BackupFailure(
        "The file %s is there already: choose another, or replace it with --force."
            .formatted(path));
  }

  private static void fill(Path file, BackupSource source) throws IOException, BackupFailure {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      source.copyTo(out);
      channel.force(true);
    }
  }

  /** A link fails where a file came to be meanwhile; a move would replace it. */
  private void publish(Path unfinished) throws IOException {
    if (replace) {
      Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    try {
      Files.createLink(path, unfinished);
    } catch (FileAlreadyExistsException meanwhile) {
      throw meanwhile;
    } catch (FileSystemException | UnsupportedOperationException noLinks) {
      Files.move(unfinished, path);
    }
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static String reason(IOException e) {
    return e instanceof FileSystemException system && system.getReason() != null
        ? system.getReason()
        : e instanceof FileSystemException ? "check its folder" : String.valueOf(e.getMessage());
  }

  private static void discard(Path unfinished) {
    try {
      if (unfinished != null) {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw new IllegalStateException("Can't remove " + unfinished, e);
    }
  }
}
