package io.quantchat.infra.database.item;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Reads what a {@link ByteWriter} wrote. */
public final class ByteReader {

  private final byte[] bytes;
  private int at;

  public ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  public byte readByte() {
    return bytes[at++];
  }

  public int readCount() {
    return (int) readBits();
  }

  public long readLong() {
    long bits = readBits();
    return bits >>> 1 ^ -(bits & 1);
  }

  public String readText() {
    int size = readCount();
    var text = new String(bytes, at, size, StandardCharsets.UTF_8);
    at += size;
    return text;
  }

  public byte[] readBytes() {
    int size = readCount();
    byte[] copy = Arrays.copyOfRange(bytes, at, at + size);
    at += size;
    return copy;
  }

  /** A count, and as many of what a reader reads. */
  public <T> List<T> readAll(Function<ByteReader, T> reader) {
    int count = readCount();
    List<T> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(reader.apply(this));
    }
    return all;
  }

  private long readBits() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = bytes[at++];
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
