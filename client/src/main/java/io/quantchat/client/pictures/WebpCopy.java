package io.quantchat.client.pictures;

import io.quantchat.client.model.MetadataException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * Copies a WebP (RFC 9649): samples, transparency, animation, colour profile and the orientation.
 * EXIF, XMP and all chunks that aren't known stay behind, and what follows the end.
 *
 * <p>The file begins with its own size, so it is read twice: first {@link #measure}, then {@link
 * #copy}.
 */
final class WebpCopy {

  private static final String HEADER = "VP8X";
  private static final String LOSSY = "VP8 ";
  private static final String LOSSLESS = "VP8L";
  private static final String FRAME = "ANMF";
  private static final String EXIF = "EXIF";
  private static final int HEADER_SIZE = 10;
  private static final int CHUNK_HEAD = 8;
  private static final int FRAME_HEAD = 16;
  private static final int HAS_EXIF = 0x08;
  private static final int HAS_XMP = 0x04;
  private static final int LARGEST_EXIF = 64 * 1024;

  private static final Set<String> KEPT = Set.of(LOSSY, LOSSLESS, "ALPH", "ANIM", "ICCP");
  private static final Set<String> IN_FRAMES = Set.of(LOSSY, LOSSLESS, "ALPH");

  private final PictureInput in;
  private final OutputStream out;
  private final Orientation known;
  private Facts facts = Facts.UNKNOWN;

  /** What follows RIFF's size, in bytes. */
  private long written;

  private WebpCopy(PictureInput in, OutputStream out, Orientation known) {
    this.in = in;
    this.out = out;
    this.known = known;
  }

  /** How large the copy will be, and what its header says. */
  record Measure(long size, Facts facts) {}

  static Measure measure(PictureInput in) throws IOException {
    var copy = new WebpCopy(in, OutputStream.nullOutputStream(), Orientation.UPRIGHT);
    copy.chunks(0);
    return new Measure(copy.written, copy.facts);
  }

  /**
   * @throws MetadataException where the file isn't any more what was measured
   */
  static Facts copy(PictureInput in, OutputStream out, Measure measure) throws IOException {
    var copy = new WebpCopy(in, out, measure.facts().orientation());
    copy.chunks(measure.size());
    if (copy.written != measure.size() || !copy.facts.equals(measure.facts())) {
      throw new MetadataException("The picture has changed while it was read: send it again.");
    }
    return copy.facts;
  }

  private void chunks(long size) throws IOException {
    in.skip(4);
    long left = in.u32le() - 4;
    in.skip(4);
    out.write(head("RIFF", size));
    write("WEBP".getBytes(StandardCharsets.US_ASCII));
    while (left > 0) {
      byte[] name = in.bytes(4);
      long content = in.u32le();
      long padded = content + (content & 1);
      left -= CHUNK_HEAD + padded;
      if (left < 0) {
        throw odd();
      }
      chunk(new String(name, StandardCharsets.ISO_8859_1), content, padded);
    }
  }

  private void chunk(String name, long content, long padded) throws IOException {
    switch (name) {
      case HEADER -> header(content);
      case FRAME -> {
        if (content < FRAME_HEAD) {
          throw odd();
        }
        write(head(FRAME, content));
        pass(FRAME_HEAD);
        frame(padded - FRAME_HEAD);
      }
      case EXIF -> exif(content, padded);
      default -> {
        if (KEPT.contains(name)) {
          kept(name, content, padded);
        } else {
          in.skip(padded);
        }
      }
    }
  }

  private void header(long content) throws IOException {
    if (content != HEADER_SIZE) {
      throw odd();
    }
    byte[] header = in.bytes(HEADER_SIZE);
    facts = facts.with(new PixelSize(1 + u24(header, 4), 1 + u24(header, 7)));
    header[0] &= (byte) ~(HAS_EXIF | HAS_XMP);
    if (!known.isUpright()) {
      header[0] |= HAS_EXIF;
    }
    write(head(HEADER, content));
    write(header);
  }

  /** A frame's chunks have its own size around them: none can be taken out. */
  private void frame(long size) throws IOException {
    long left = size;
    while (left > 0) {
      String name = new String(in.bytes(4), StandardCharsets.ISO_8859_1);
      long content = in.u32le();
      long padded = content + (content & 1);
      left -= CHUNK_HEAD + padded;
      if (left < 0 || !IN_FRAMES.contains(name)) {
        throw odd();
      }
      write(head(name, content));
      pass(padded);
    }
  }

  private void exif(long content, long padded) throws IOException {
    if (content > LARGEST_EXIF) {
      in.skip(padded);
      return;
    }
    byte[] tiff = in.bytes((int) content);
    in.skip(padded - content);
    Orientation orientation = Orientation.of(withoutName(tiff));
    if (!orientation.isUpright() && facts.orientation().isUpright()) {
      facts = facts.with(orientation);
      byte[] minimal = orientation.toTiff();
      write(head(EXIF, minimal.length));
      write(minimal);
    }
  }

  /** Some programs write it as in a JPEG. */
  private static byte[] withoutName(byte[] exif) {
    byte[] name = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    return JpegCopy.startsWith(exif, name)
        ? Arrays.copyOfRange(exif, name.length, exif.length)
        : exif;
  }

  private void kept(String name, long content, long padded) throws IOException {
    write(head(name, content));
    if (name.equals(LOSSY) && content >= 10) {
      byte[] start = in.bytes(10);
      facts = facts.with(new PixelSize(u14(start, 6), u14(start, 8)));
      write(start);
      pass(padded - start.length);
    } else if (name.equals(LOSSLESS) && content >= 5) {
      byte[] start = in.bytes(5);
      int bits = ByteBuffer.wrap(start, 1, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
      facts = facts.with(new PixelSize(1 + (bits & 0x3fff), 1 + (bits >> 14 & 0x3fff)));
      write(start);
      pass(padded - start.length);
    } else {
      pass(padded);
    }
  }

  private void pass(long count) throws IOException {
    in.pass(count, out);
    written += count;
  }

  private void write(byte... bytes) throws IOException {
    out.write(bytes);
    written += bytes.length;
  }

  private static byte[] head(String name, long size) {
    return ByteBuffer.allocate(CHUNK_HEAD)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(name.getBytes(StandardCharsets.US_ASCII))
        .putInt((int) size)
        .array();
  }

  private static int u14(byte[] bytes, int at) {
    return ((bytes[at] & 0xff) | bytes[at + 1] << 8) & 0x3fff;
  }

  private static int u24(byte[] bytes, int at) {
    return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16;
  }

  private static MetadataException odd() {
    return new MetadataException(
        "This is no WebP as they are written: nothing can be removed from it surely.");
  }
}
