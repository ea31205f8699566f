package io.quantchat.infra.database.storage;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the database holds, kept in one row that each group of changes writes with its own: a file
 * whose rows don't add up to it has lost or altered some.
 *
 * @param sequence how many groups were committed
 * @param nextTable the number of the table that is made next
 * @param spaces by their names
 */
record Ledger(long sequence, long nextTable, Map<String, Space> spaces) {

  static final Ledger EMPTY = new Ledger(0, 1, Map.of());

  Ledger {
    spaces = Map.copyOf(spaces);
  }

  /**
   * A space's table, how many rows it has, and what their hashes add up to, in whatever order.
   *
   * @param digest modulo 2^64
   */
  record Space(Table table, long rows, long digest) {

    Space with(long hash) {
      return new Space(table, rows + 1, digest + hash);
    }

    Space without(long hash) {
      return new Space(table, rows - 1, digest - hash);
    }
  }

  long rows() {
    return spaces.values().stream().mapToLong(Space::rows).sum();
  }

  byte[] encoded() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.writeLong(sequence);
      out.writeLong(nextTable);
      out.writeInt(spaces.size());
      for (Map.Entry<String, Space> space : spaces.entrySet()) {
        out.writeUTF(space.getKey());
        out.writeLong(space.getValue().table().number);
        out.writeLong(space.getValue().rows());
        out.writeLong(space.getValue().digest());
      }
      byte[] content = bytes.toByteArray();
      out.writeLong(RowHash.of(content, content.length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Empty if the bytes aren't a ledger's. */
  static Optional<Ledger> decoded(byte[] bytes) {
    int length = bytes.length - Long.BYTES;
    if (length < 0 || ByteBuffer.wrap(bytes).getLong(length) != RowHash.of(bytes, length)) {
      return Optional.empty();
    }
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length))) {
      long sequence = in.readLong();
      long nextTable = in.readLong();
      var spaces = new HashMap<String, Space>();
      for (int left = in.readInt(); left > 0; left--) {
        spaces.put(in.readUTF(), new Space(new Table(in.readLong()), in.readLong(), in.readLong()));
      }
      return Optional.of(new Ledger(sequence, nextTable, spaces));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The ledger that a group is about to write. */
  static final class Draft {
    private final Ledger before;
    private final Map<String, Space> spaces;
    private long nextTable;

    Draft(Ledger before) {
      this.before = before;
      spaces = new HashMap<>(before.spaces);
      nextTable = before.nextTable;
    }

    /** Null where there is none. */
    Space space(String name) {
      return spaces.get(name);
    }

    Space create(String name) {
      var space = new Space(new Table(nextTable++), 0, 0);
      spaces.put(name, space);
      return space;
    }

    void set(String name, Space space) {
      spaces.put(name, space);
    }

    void drop(String name) {
      spaces.remove(name);
    }

    Ledger finished() {
      return new Ledger(before.sequence + 1, nextTable, spaces);
    }
  }
}
