package io.quantchat.client.pictures;

import io.quantchat.client.model.MetadataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Copies a GIF (GIF89a): pictures with their timing, how often they repeat, and the colour profile.
 * Comments, XMP, plain texts and other extensions stay behind, and what follows the end.
 */
final class GifCopy {

  private static final int IMAGE = 0x2C;
  private static final int EXTENSION = 0x21;
  private static final int TRAILER = 0x3B;
  private static final int GRAPHIC_CONTROL = 0xF9;
  private static final int PLAIN_TEXT = 0x01;
  private static final int APPLICATION = 0xFF;
  private static final int APPLICATION_NAME = 11;
  private static final int HAS_TABLE = 0x80;

  /** A block, and its end. */
  private static final int GRAPHIC_CONTROL_SIZE = 6;

  /** How often the animation repeats: one block of 3 bytes. */
  private static final Set<String> REPETITION = Set.of("NETSCAPE2.0", "ANIMEXTS1.0");

  private static final String PROFILE = "ICCRGBG1012";

  private final PictureInput in;
  private Facts facts = Facts.UNKNOWN;

  /** It is of the picture that follows, and is kept or left with it. */
  private byte[] graphicControl = {};

  GifCopy(PictureInput in) {
    this.in = in;
  }

  Facts copy() throws IOException {
    in.copy(6);
    byte[] screen = in.bytes(7);
    facts =
        facts.with(
            new PixelSize(
                (screen[0] & 0xff) | (screen[1] & 0xff) << 8,
                (screen[2] & 0xff) | (screen[3] & 0xff) << 8));
    in.write(screen);
    table(screen[4]);
    while (true) {
      int block = in.u8();
      switch (block) {
        case IMAGE -> image();
        case EXTENSION -> extension(in.u8());
        case TRAILER -> {
          in.write(TRAILER);
          return facts;
        }
        default -> throw odd();
      }
    }
  }

  private void table(int flags) throws IOException {
    if ((flags & HAS_TABLE) != 0) {
      in.copy(3L << ((flags & 7) + 1));
    }
  }

  private void image() throws IOException {
    in.write(graphicControl);
    graphicControl = new byte[0];
    in.write(IMAGE);
    byte[] descriptor = in.bytes(9);
    in.write(descriptor);
    table(descriptor[8]);
    in.copy(1);
    blocks(true);
  }

  /** Copies blocks up to the empty one that ends them, or leaves them behind. */
  private void blocks(boolean areKept) throws IOException {
    int size = in.u8();
    while (size > 0) {
      if (areKept) {
        in.write(size);
        in.copy(size);
      } else {
        in.skip(size);
      }
      size = in.u8();
    }
    if (areKept) {
      in.write(0);
    }
  }

  private void extension(int label) throws IOException {
    switch (label) {
      case GRAPHIC_CONTROL -> graphicControl();
      case APPLICATION -> application();
      case PLAIN_TEXT -> {
        graphicControl = new byte[0];
        blocks(false);
      }
      default -> blocks(false);
    }
  }

  private void graphicControl() throws IOException {
    byte[] block = in.bytes(GRAPHIC_CONTROL_SIZE);
    if (block[0] != GRAPHIC_CONTROL_SIZE - 2 || block[GRAPHIC_CONTROL_SIZE - 1] != 0) {
      throw odd();
    }
    var kept = new ByteArrayOutputStream();
    kept.write(EXTENSION);
    kept.write(GRAPHIC_CONTROL);
    kept.writeBytes(block);
    graphicControl = kept.toByteArray();
  }

  private void application() throws IOException {
    int size = in.u8();
    byte[] block = in.bytes(size);
    String name = new String(block, StandardCharsets.ISO_8859_1);
    if (size == APPLICATION_NAME && name.equals(PROFILE)) {
      begin(block);
      blocks(true);
    } else if (size == APPLICATION_NAME && REPETITION.contains(name)) {
      repetition(block);
    } else if (size > 0) {
      blocks(false);
    }
  }

  private void repetition(byte[] name) throws IOException {
    int size = in.u8();
    byte[] block = in.bytes(size);
    if (size == 3 && block[0] == 1) {
      begin(name);
      in.write(size);
      in.write(block);
      in.write(0);
    }
    if (size > 0) {
      blocks(false);
    }
  }

  private void begin(byte[] name) throws IOException {
    in.write(EXTENSION);
    in.write(APPLICATION);
    in.write(name.length);
    in.write(name);
  }

  private static MetadataException odd() {
    return new MetadataException(
        "This is no GIF as they are written: nothing can be removed from it surely.");
  }
}
