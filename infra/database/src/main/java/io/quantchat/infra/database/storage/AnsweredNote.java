package io.quantchat.infra.database.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;

/**
 * The number of the last group that was answered, in a file beside the database: if the database's
 * own number is lower, its log has lost groups that somebody was told of. It is written once the
 * group is durable, and not forced to the disk, so it costs no time; after a power cut it may say
 * less than was answered, never more. It is written to two places in turn, so that one that tears
 * leaves the other.
 */
final class AnsweredNote implements AutoCloseable {

  private static final long MARK = 0x5175616e74414e53L;

  /** Behind each other's sector, whatever the disk's are. */
  private static final int DISTANCE = 4096;

  private static final int LENGTH = 3 * Long.BYTES;

  private final FileChannel channel;
  private final ByteBuffer slot = ByteBuffer.allocateDirect(LENGTH);

  private AnsweredNote(FileChannel channel) {
    this.channel = channel;
  }

  static AnsweredNote open(Path file) throws IOException {
    return new AnsweredNote(
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  /** Makes it, or begins it anew; durable when it returns. */
  static AnsweredNote create(Path file, long sequence) throws IOException {
    DatabaseFiles.create(file);
    AnsweredNote note = open(file);
    try {
      note.channel.truncate(0);
      note.write(sequence);
      note.write(sequence + 1, sequence);
      note.channel.force(true);
      return note;
    } catch (IOException e) {
      note.close();
      throw e;
    }
  }

  /** Empty if neither place can be believed. */
  OptionalLong read() throws IOException {
    OptionalLong even = read(0);
    OptionalLong odd = read(DISTANCE);
    if (even.isEmpty() || odd.isEmpty()) {
      return even.isEmpty() ? odd : even;
    }
    return OptionalLong.of(Math.max(even.getAsLong(), odd.getAsLong()));
  }

  private OptionalLong read(long position) throws IOException {
    slot.clear();
    while (slot.hasRemaining()) {
      if (channel.read(slot, position + slot.position()) < 0) {
        return OptionalLong.empty();
      }
    }
    slot.flip();
    long mark = slot.getLong();
    long sequence = slot.getLong();
    return mark == MARK && slot.getLong() == check(sequence)
        ? OptionalLong.of(sequence)
        : OptionalLong.empty();
  }

  void write(long sequence) throws IOException {
    write(sequence, sequence);
  }

  private void write(long place, long sequence) throws IOException {
    slot.clear();
    slot.putLong(MARK).putLong(sequence).putLong(check(sequence)).flip();
    long position = (place & 1) * DISTANCE;
    while (slot.hasRemaining()) {
      channel.write(slot, position + slot.position());
    }
  }

  private static long check(long sequence) {
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(sequence).array();
    return RowHash.of(bytes, bytes.length);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
