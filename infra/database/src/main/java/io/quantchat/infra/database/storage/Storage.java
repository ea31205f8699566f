package io.quantchat.infra.database.storage;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;

/**
 * Named spaces of ordered keys, each with a value. Keys are compared as unsigned bytes, a prefix
 * before what it begins. Any thread may call anything at any time. Arrays that are given or taken
 * belong to both sides, so neither alters them.
 *
 * <p>What reads or writes a space that isn't there, or a storage that is closed, throws a {@link
 * StorageException}.
 */
public interface Storage extends AutoCloseable {

  /** The names of the spaces that are there. */
  Set<String> spaces();

  /** Makes an empty space; does nothing where it is there. Durable when it returns. */
  void createSpace(String space);

  /** Removes a space with all that it holds; does nothing where it isn't there. */
  void dropSpace(String space);

  /** What was last committed under a key; null where nothing is. */
  byte[] get(String space, byte[] key);

  /**
   * Shows what is committed in a range, in order, until the reader has enough. This is no picture
   * of one moment: each entry is shown as it was at some moment between the call and its end.
   */
  void scan(String space, Range range, Reader reader);

  /**
   * Runs a change as if it were alone. All that it wrote is committed and durable when this
   * returns, or none of it: if the change throws, this throws the same. It may run in another
   * thread, and others wait for it, so it is to compute only; it can't make another change.
   *
   * @throws StorageException if it can't be written; nothing of the change is there then
   */
  <T> T change(Function<Change, T> change);

  /** What it holds and has done, for whoever watches it. */
  StorageStats stats();

  /** Ends what was begun, and answers it; what comes later is refused. */
  @Override
  void close();

  /** What a change can see and do. Its reads show what was there before it, not its own writes. */
  interface Change {
    byte[] get(String space, byte[] key);

    void scan(String space, Range range, Reader reader);

    void put(String space, byte[] key, byte[] value);

    void delete(String space, byte[] key);
  }

  /** Is shown entries; answers whether it wants the next. */
  @FunctionalInterface
  interface Reader {
    boolean read(byte[] key, byte[] value);
  }

  /**
   * A stretch of keys.
   *
   * @param from where it begins, inclusive; null for the first key
   * @param to where it ends, exclusive; null for behind the last key
   * @param forward whether it is read from its beginning
   */
  record Range(byte[] from, byte[] to, boolean forward) {

    /** Whether no key can be in it, since its end isn't behind its beginning. */
    public boolean isEmpty() {
      return from != null && to != null && Arrays.compareUnsigned(from, to) >= 0;
    }
  }
}
