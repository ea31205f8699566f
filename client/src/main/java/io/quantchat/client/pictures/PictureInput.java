package io.quantchat.client.pictures;

import io.quantchat.client.model.MetadataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A picture's bytes in their order, of which some are copied. Ends too early where it is cut. */
final class PictureInput {

  private static final int BUFFER = 64 * 1024;

  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[BUFFER];
  private int position;
  private int limit;

  PictureInput(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** The next byte, or -1 where there is none. */
  int next() throws IOException {
    return position < limit || fill() ? buffer[position++] & 0xff : -1;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(buffer));
    return limit > 0;
  }

  int u8() throws IOException {
    int value = next();
    if (value < 0) {
      throw cut();
    }
    return value;
  }

  /** The most significant byte first. */
  int u16() throws IOException {
    return u8() << 8 | u8();
  }

  /** The most significant byte first. */
  long u32() throws IOException {
    return (long) u16() << 16 | u16();
  }

  /** The least significant byte first. */
  int u16le() throws IOException {
    return u8() | u8() << 8;
  }

  /** The least significant byte first. */
  long u32le() throws IOException {
    return u16le() | (long) u16le() << 16;
  }

  /** So many bytes; for what is small. */
  byte[] bytes(int count) throws IOException {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) u8();
    }
    return bytes;
  }

  void skip(long count) throws IOException {
    pass(count, OutputStream.nullOutputStream());
  }

  /** Copies so many bytes. */
  void copy(long count) throws IOException {
    pass(count, out);
  }

  /** Hands so many bytes on, to a place other than the copy. */
  void pass(long count, OutputStream to) throws IOException {
    long left = count;
    while (left > 0) {
      if (position == limit && !fill()) {
        throw cut();
      }
      int some = (int) Math.min(left, limit - position);
      to.write(buffer, position, some);
      position += some;
      left -= some;
    }
  }

  /** Copies a byte at a time; the copy is buffered. */
  void write(int octet) throws IOException {
    out.write(octet);
  }

  void write(byte... bytes) throws IOException {
    out.write(bytes);
  }

  private static MetadataException cut() {
    return new MetadataException("The picture is cut off: nothing can be removed from it surely.");
  }
}
