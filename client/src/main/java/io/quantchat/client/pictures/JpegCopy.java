package io.quantchat.client.pictures;

import io.quantchat.client.model.MetadataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Copies a JPEG (ITU-T T.81): what decoders need, JFIF's density, the colour profile (ICC.1, annex
 * B.4), Adobe's word on the colour transform, and the orientation. Other application segments,
 * comments and what follows the end stay behind.
 */
final class JpegCopy {

  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int FIRST_RST = 0xD0;
  private static final int LAST_RST = 0xD7;
  private static final int FIRST_SOF = 0xC0;
  private static final int LAST_SOF = 0xCF;
  private static final int DHT = 0xC4;
  private static final int JPG = 0xC8;
  private static final int DAC = 0xCC;
  private static final int LAST_TABLE = 0xDF;
  private static final int APP0 = 0xE0;
  private static final int APP1 = 0xE1;
  private static final int APP2 = 0xE2;
  private static final int APP14 = 0xEE;
  private static final int LAST_APP = 0xEF;
  private static final int COMMENT = 0xFE;

  private static final byte[] JFIF = ascii("JFIF\0");
  private static final byte[] EXIF = ascii("Exif\0\0");
  private static final byte[] ICC = ascii("ICC_PROFILE\0");
  private static final byte[] ADOBE = ascii("Adobe");

  /** JFIF's name, version, units and densities; behind them is a thumbnail. */
  private static final int JFIF_HEAD = 12;

  private static final int ADOBE_SIZE = 12;

  private final PictureInput in;
  private Facts facts = Facts.UNKNOWN;
  private int scans;

  JpegCopy(PictureInput in) {
    this.in = in;
  }

  Facts copy() throws IOException {
    if (in.u8() != 0xFF || in.u8() != SOI) {
      throw odd();
    }
    in.write(0xFF);
    in.write(SOI);
    int marker = marker();
    while (marker != EOI) {
      marker = segment(marker);
    }
    in.write(0xFF);
    in.write(EOI);
    return facts;
  }

  private int marker() throws IOException {
    if (in.u8() != 0xFF) {
      throw odd();
    }
    return afterFill();
  }

  /** Any number of 0xFF may stand before a marker. */
  private int afterFill() throws IOException {
    int marker = in.u8();
    while (marker == 0xFF) {
      marker = in.u8();
    }
    return marker;
  }

  /** Copies a segment, or leaves it behind, and finds the next marker. */
  private int segment(int marker) throws IOException {
    boolean isKept = marker >= FIRST_SOF && marker <= LAST_TABLE && !isSingle(marker);
    boolean isApplications = marker >= APP0 && marker <= LAST_APP;
    if (!isKept && !isApplications && marker != COMMENT) {
      throw odd();
    }
    int size = in.u16() - 2;
    if (size < 0) {
      throw odd();
    }
    byte[] content = in.bytes(size);
    if (isKept) {
      see(marker, content);
      write(marker, content);
    } else if (isApplications) {
      application(marker, content);
    }
    return marker == SOS ? scan() : marker();
  }

  private static boolean isSingle(int marker) {
    return (marker >= FIRST_RST && marker <= EOI) || marker == JPG;
  }

  private void see(int marker, byte[] content) {
    boolean isFrame = marker <= LAST_SOF && marker != DHT && marker != DAC && content.length >= 5;
    if (isFrame) {
      facts = facts.with(new PixelSize(u16(content, 3), u16(content, 1)));
    }
    scans += marker == SOS ? 1 : 0;
    if (scans > 1) {
      facts = facts.inPasses();
    }
  }

  private void application(int marker, byte[] content) throws IOException {
    if (marker == APP0 && startsWith(content, JFIF) && content.length >= JFIF_HEAD) {
      // Without its thumbnail, which may show what was cut off the picture.
      write(marker, Arrays.copyOf(Arrays.copyOf(content, JFIF_HEAD), JFIF_HEAD + 2));
    } else if (marker == APP1 && startsWith(content, EXIF)) {
      exif(Arrays.copyOfRange(content, EXIF.length, content.length));
    } else if (marker == APP2 && startsWith(content, ICC)) {
      write(marker, content);
    } else if (marker == APP14 && startsWith(content, ADOBE) && content.length >= ADOBE_SIZE) {
      write(marker, Arrays.copyOf(content, ADOBE_SIZE));
    }
  }

  private void exif(byte[] tiff) throws IOException {
    Orientation orientation = Orientation.of(tiff);
    if (facts.orientation().isUpright() && !orientation.isUpright()) {
      facts = facts.with(orientation);
      byte[] minimal = orientation.toTiff();
      byte[] content = Arrays.copyOf(EXIF, EXIF.length + minimal.length);
      System.arraycopy(minimal, 0, content, EXIF.length, minimal.length);
      write(APP1, content);
    }
  }

  private void write(int marker, byte[] content) throws IOException {
    in.write(0xFF);
    in.write(marker);
    in.write((content.length + 2) >> 8);
    in.write((content.length + 2) & 0xff);
    in.write(content);
  }

  /** Copies compressed samples up to the next marker that doesn't belong to them. */
  private int scan() throws IOException {
    while (true) {
      int octet = in.u8();
      if (octet != 0xFF) {
        in.write(octet);
        continue;
      }
      int next = afterFill();
      if (next != 0 && (next < FIRST_RST || next > LAST_RST)) {
        return next;
      }
      in.write(0xFF);
      in.write(next);
    }
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static MetadataException odd() {
    return new MetadataException(
        "This is no JPEG as they are written: nothing can be removed from it surely.");
  }
}
