package io.quantchat.client.files;

import io.quantchat.client.store.FileEntry.Ciphertext;
import io.quantchat.crypto.FileKey;
import io.quantchat.crypto.FileSealer;
import io.quantchat.crypto.Secret;
import io.quantchat.crypto.UploadHashes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.UUID;

/** Seals what is read into the folder beside the store, under a fresh key. */
final class FileSealing {

  private static final int BUFFER = 64 * 1024;

  private final FileFolder folder;
  private final SecureRandom random;
  private final FileSealer sealer;

  FileSealing(FileFolder folder, SecureRandom random) {
    this.folder = folder;
    this.random = random;
    this.sealer = new FileSealer(random);
  }

  /**
   * What was sealed.
   *
   * @param size bytes of the file itself
   * @param digest SHA-256 of the file itself, in hexadecimal
   */
  record Content(UUID id, long size, String digest, Ciphertext sealed) {}

  /**
   * Seals a file; it is on the disk when this returns.
   *
   * @throws io.quantchat.crypto.RefusedException EXTENDED where it is too large
   */
  Content seal(InputStream file) throws IOException {
    UUID id = newId();
    boolean done = false;
    try (FileKey key = FileKey.generate(random);
        Secret secret = key.toSecret()) {
      Content content = seal(id, key, secret, file);
      done = true;
      return content;
    } finally {
      if (!done) {
        drop(id);
      }
    }
  }

  private Content seal(UUID id, FileKey key, Secret secret, InputStream file) throws IOException {
    MessageDigest digest = Hashes.sha256();
    try (FileChannel channel = FileChannel.open(folder.create(id), StandardOpenOption.WRITE)) {
      var hashes =
          new UploadHashes(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
      long size = sealer.seal(key, new DigestInputStream(file, digest), hashes);
      hashes.flush();
      channel.force(true);
      return new Content(
          id,
          size,
          Hashes.hex(digest),
          new Ciphertext(secret.bytes().clone(), hashes.size(), hashes.sha256(), hashes.parts()));
    }
  }

  UUID newId() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  /** Its message isn't kept. */
  void drop(UUID id) {
    folder.made(id);
    folder.delete(id);
  }
}
