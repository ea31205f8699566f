package io.quantchat.client.accountfile;

import io.quantchat.client.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** JSON by lines, sealed by segments. */
final class LineOutput {

  private final OutputStream out;
  private final SegmentCipher cipher;
  private final byte[] segment = new byte[SegmentCipher.SEGMENT];
  private int filled;
  private long lines;

  private LineOutput(OutputStream out, SegmentCipher cipher) {
    this.out = out;
    this.cipher = cipher;
  }

  /** Begins a file. */
  static LineOutput begin(OutputStream out, Header header, SegmentCipher cipher) {
    try {
      out.write(header.bytes());
      return new LineOutput(out, cipher);
    } catch (IOException e) {
      throw Refusals.unwritten(e);
    }
  }

  /** How many were written. */
  long lines() {
    return lines;
  }

  void write(Map<String, ?> line) {
    try {
      write(Json.write(line));
      write(new byte[] {'\n'});
      lines++;
    } catch (IOException e) {
      throw Refusals.unwritten(e);
    }
  }

  /** A full segment stays here until it is known whether it is the last. */
  private void write(byte[] bytes) throws IOException {
    int from = 0;
    while (from < bytes.length) {
      if (filled == segment.length) {
        out.write(cipher.seal(segment, filled, false));
        filled = 0;
      }
      int length = Math.min(bytes.length - from, segment.length - filled);
      System.arraycopy(bytes, from, segment, filled, length);
      filled += length;
      from += length;
    }
  }

  /** Without it, the file has no end. */
  void finish() {
    try {
      out.write(cipher.seal(segment, filled, true));
      out.flush();
    } catch (IOException e) {
      throw Refusals.unwritten(e);
    }
  }
}
