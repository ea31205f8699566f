package io.quantchat.client.files;

import io.quantchat.client.store.FileEntry;
import io.quantchat.crypto.FileKey;
import io.quantchat.crypto.FileOpener;
import io.quantchat.crypto.RefusedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** Opens sealed files. */
final class Opening {

  private static final int BUFFER = 64 * 1024;

  private Opening() {}

  /**
   * Opens a sealed file to see whether it is what its message says.
   *
   * @return SHA-256 of the file itself, in hexadecimal; nothing where it is another
   */
  static Optional<String> verify(Path sealed, FileEntry entry) throws IOException {
    MessageDigest outside = Hashes.sha256();
    MessageDigest inside = Hashes.sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(sealed), outside)) {
      open(in, entry, new DigestOutputStream(OutputStream.nullOutputStream(), inside));
    } catch (RefusedException e) {
      return Optional.empty();
    }
    return MessageDigest.isEqual(outside.digest(), entry.sealed().sha256())
        ? Optional.of(Hashes.hex(inside))
        : Optional.empty();
  }

  /**
   * Opens a file that was verified before.
   *
   * @throws RefusedException where it isn't any more what it was; what was written is of no use
   */
  static void open(Path sealed, FileEntry entry, OutputStream to) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(sealed), BUFFER)) {
      open(in, entry, to);
    }
  }

  private static void open(InputStream in, FileEntry entry, OutputStream to) throws IOException {
    try (FileKey key = FileKey.of(entry.sealed().key())) {
      new FileOpener(key, entry.about().size()).open(in, to);
    }
  }
}
