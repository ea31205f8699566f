package io.quantchat.infra.database.item;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow. Counts take seven bits a byte; numbers likewise, the sign in the lowest bit. */
public final class ByteWriter {

  private byte[] bytes;
  private int length;

  /**
   * @param expected how many bytes will probably be written
   */
  public ByteWriter(int expected) {
    bytes = new byte[expected];
  }

  public ByteWriter writeByte(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  public ByteWriter writeCount(int count) {
    return writeBits(count);
  }

  public ByteWriter writeLong(long value) {
    return writeBits(value << 1 ^ value >> 63);
  }

  public ByteWriter writeText(String text) {
    int size = text.length();
    if (!isPlain(text)) {
      return writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
    writeCount(size);
    room(size);
    for (int i = 0; i < size; i++) {
      bytes[length + i] = (byte) text.charAt(i);
    }
    length += size;
    return this;
  }

  public ByteWriter writeBytes(byte[] value) {
    writeCount(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return this;
  }

  public byte[] toBytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  private ByteWriter writeBits(long value) {
    room(10);
    long left = value;
    while ((left & ~0x7fL) != 0) {
      bytes[length++] = (byte) ((left & 0x7f) | 0x80);
      left >>>= 7;
    }
    bytes[length++] = (byte) left;
    return this;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
