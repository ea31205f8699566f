package io.quantchat.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A file, and behind it the zeros that hide its size. It knows a byte ahead whether it is over. */
final class PaddedFile {

  private static final int OVER = -1;

  private final InputStream file;
  private int ahead;
  private long size;
  private long zeros;

  /** Reads a byte of the file. */
  PaddedFile(InputStream file) throws IOException {
    this.file = file;
    this.ahead = file.read();
    endIfOver();
  }

  /**
   * Fills the beginning of a buffer, as far as there is something.
   *
   * @return bytes that were put there
   * @throws RefusedException EXTENDED where the file is larger than {@link FileForm#MOST_SIZE}
   */
  int read(byte[] to, int most) throws IOException {
    int filled = 0;
    if (ahead != OVER) {
      to[0] = (byte) ahead;
      filled = 1 + file.readNBytes(to, 1, most - 1);
      size += filled;
      ahead = file.read();
      endIfOver();
    }
    if (ahead == OVER) {
      int added = (int) Math.min(zeros, most - filled);
      Arrays.fill(to, filled, filled + added, (byte) 0);
      zeros -= added;
      filled += added;
    }
    return filled;
  }

  private void endIfOver() {
    RefusedException.require(
        size + (ahead == OVER ? 0 : 1) <= FileForm.MOST_SIZE,
        Refusal.EXTENDED,
        FileForm.FILE_FIELD);
    if (ahead == OVER) {
      zeros = FileForm.paddedSize(size) - size;
    }
  }

  /** Whether there is nothing more, zeros included. */
  boolean isOver() {
    return ahead == OVER && zeros == 0;
  }

  /** Bytes of the file that were read. */
  long size() {
    return size;
  }
}
