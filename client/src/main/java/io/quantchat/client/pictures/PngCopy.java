package io.quantchat.client.pictures;

import io.quantchat.client.model.MetadataException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * Copies a PNG (W3C PNG, third edition): samples, palette, transparency, colour spaces, animation
 * and the orientation. Texts, times, EXIF and all that isn't known stay behind, and what follows
 * the end.
 */
final class PngCopy {

  static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  private static final String HEADER = "IHDR";
  private static final String END = "IEND";
  private static final String EXIF = "eXIf";
  private static final int HEADER_SIZE = 13;

  /** EXIF of a PNG is at most what fits a JPEG's segment; larger ones aren't looked at. */
  private static final int LARGEST_EXIF = 64 * 1024;

  private static final Set<String> KEPT =
      Set.of(
          HEADER, "PLTE", "IDAT", END, "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP",
          "mDCV", "cLLI", "bKGD", "pHYs", "acTL", "fcTL", "fdAT");

  private final PictureInput in;
  private final OutputStream out;
  private Facts facts = Facts.UNKNOWN;

  PngCopy(PictureInput in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  Facts copy() throws IOException {
    in.copy(SIGNATURE.length);
    String type = "";
    while (!type.equals(END)) {
      long size = in.u32();
      byte[] name = in.bytes(4);
      String next = new String(name, StandardCharsets.ISO_8859_1);
      if (size > Integer.MAX_VALUE || type.isEmpty() != next.equals(HEADER)) {
        throw odd();
      }
      type = next;
      chunk(type, name, size);
    }
    return facts;
  }

  private void chunk(String type, byte[] name, long size) throws IOException {
    if (type.equals(HEADER)) {
      header(name, size);
    } else if (KEPT.contains(type)) {
      out.write(ByteBuffer.allocate(Integer.BYTES).putInt((int) size).array());
      var checked = new CheckedOutputStream(out, new CRC32());
      checked.write(name);
      in.pass(size, checked);
      long sum = in.u32();
      // A wrong length would take in what stands behind.
      if (checked.getChecksum().getValue() != sum) {
        throw odd();
      }
      out.write(ByteBuffer.allocate(Integer.BYTES).putInt((int) sum).array());
    } else if (type.equals(EXIF) && size <= LARGEST_EXIF) {
      Orientation orientation = Orientation.of(in.bytes((int) size));
      in.skip(Integer.BYTES);
      if (!orientation.isUpright() && facts.orientation().isUpright()) {
        facts = facts.with(orientation);
        write(name, orientation.toTiff());
      }
    } else if (Character.isUpperCase(type.charAt(0))) {
      // Without it, the picture can't be shown.
      throw odd();
    } else {
      in.skip(size + Integer.BYTES);
    }
  }

  private void header(byte[] name, long size) throws IOException {
    if (size != HEADER_SIZE) {
      throw odd();
    }
    byte[] content = in.bytes(HEADER_SIZE);
    in.skip(Integer.BYTES);
    var fields = ByteBuffer.wrap(content);
    facts = facts.with(new PixelSize(fields.getInt(), fields.getInt()));
    write(name, content);
  }

  private void write(byte[] name, byte[] content) throws IOException {
    var sum = new CRC32();
    sum.update(name);
    sum.update(content);
    out.write(
        ByteBuffer.allocate(12 + content.length)
            .putInt(content.length)
            .put(name)
            .put(content)
            .putInt((int) sum.getValue())
            .array());
  }

  private static MetadataException odd() {
    return new MetadataException(
        "This is no PNG as they are written: nothing can be removed from it surely.");
  }
}
