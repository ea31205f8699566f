package io.quantchat.client.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

/** A part of a file, read in its order; ends early where the file does. */
final class FileSection extends InputStream {

  private final FileChannel channel;
  private final LongConsumer read;
  private long left;

  /**
   * @param read is told how many bytes were read
   */
  FileSection(Path file, long offset, long size, LongConsumer read) throws IOException {
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
    this.read = read;
    this.left = size;
    channel.position(offset);
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int some = channel.read(ByteBuffer.wrap(to, offset, (int) Math.min(length, left)));
    if (some <= 0 && length > 0) {
      return -1;
    }
    left -= some;
    read.accept(some);
    return some;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
