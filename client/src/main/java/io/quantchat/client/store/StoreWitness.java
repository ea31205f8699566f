package io.quantchat.client.store;

import io.quantchat.client.disk.OwnersAlone;
import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.Set;

/**
 * A small file beside the store that has seen how far the store was. It is written after each
 * commit, never before: if it is ahead, the store was put back from a copy. It is behind after a
 * crash, or where it couldn't be written, and means nothing then. Sealed, so that nobody else makes
 * one.
 */
final class StoreWitness implements AutoCloseable {

  private static final String SUFFIX = "-witness";
  private static final String PLACE = "witness";

  /** A nonce, a number, a tag. Bytes. */
  private static final int SIZE = 12 + Long.BYTES + 16;

  private static final Set<StandardOpenOption> FOR_WRITING =
      EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

  private final Path file;
  private final RowCipher cipher;
  private FileChannel channel;
  private long seen;

  StoreWitness(Path store, RowCipher cipher) {
    this.file = store.resolveSibling(store.getFileName() + SUFFIX);
    this.cipher = cipher;
    this.seen = read();
  }

  /** The newest generation that it knows of; 0 where it knows nothing of this store. */
  long seen() {
    return seen;
  }

  private long read() {
    try (FileChannel reading = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer sealed = ByteBuffer.allocate(SIZE);
      while (sealed.hasRemaining() && reading.read(sealed) >= 0) {
        // A read may give less than there is.
      }
      return ByteBuffer.wrap(cipher.open(PLACE, sealed.array())).getLong();
    } catch (DamagedException | IOException e) {
      // Not there, another store's, or cut short as it was written. Whoever takes it away gains no
      // more than by putting an older one there.
      return 0;
    }
  }

  /** Has seen this generation, from now on. */
  void see(long generation) {
    ByteBuffer sealed =
        ByteBuffer.wrap(
            cipher.seal(PLACE, ByteBuffer.allocate(Long.BYTES).putLong(generation).array()));
    try {
      if (channel == null) {
        channel = FileChannel.open(file, FOR_WRITING, OwnersAlone.file(file));
      }
      channel.write(sealed, 0);
      seen = generation;
    } catch (IOException behind) {
      // The commit stands. A witness that stays behind accuses nobody.
    }
  }

  @Override
  public void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new StoreException("The file beside the store can't be closed.", e);
      }
    }
  }
}
