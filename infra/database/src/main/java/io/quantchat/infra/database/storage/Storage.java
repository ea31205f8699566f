package io.quantchat.infra.database.storage;

import java.util.Set;
import java.util.function.Function;

/**
 * Named spaces of ordered keys, each with a value. Keys are compared as unsigned bytes, a prefix
 * before what it begins. Any thread may call anything at any time.
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

  /** Shows what is committed in a range, in order, until the reader has enough. */
  void scan(String space, Range range, Reader reader);

  /**
   * Runs a change as if it were alone. All that it wrote is committed and durable when this
   * returns, or none of it: if the change throws, this throws the same.
   *
   * @throws StorageException if it can't be written; nothing of the change is there then
   */
  <T> T change(Function<Change, T> change);

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
  record Range(byte[] from, byte[] to, boolean forward) {}
}
