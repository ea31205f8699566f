package io.quantchat.client.pictures;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Which way up a picture is: the one field of EXIF (CIPA DC-008, tag 0x0112) that it takes to show
 * it.
 *
 * @param value 1 to 8; from 5 on, width and height are exchanged
 */
public record Orientation(int value) {

  static final Orientation UPRIGHT = new Orientation(1);

  private static final int LAST = 8;
  private static final int FIRST_ON_ITS_SIDE = 5;

  private static final short LITTLE_ENDIAN = 0x4949;
  private static final short BIG_ENDIAN = 0x4D4D;
  private static final short TIFF = 42;
  private static final short TAG = 0x0112;
  private static final short TYPE_SHORT = 3;
  private static final int ENTRY_SIZE = 12;

  /** Reads it from EXIF's TIFF structure; what makes no sense there is upright. */
  static Orientation of(byte[] tiff) {
    try {
      var bytes = ByteBuffer.wrap(tiff);
      short order = bytes.getShort();
      if (order == LITTLE_ENDIAN) {
        bytes.order(ByteOrder.LITTLE_ENDIAN);
      } else if (order != BIG_ENDIAN) {
        return UPRIGHT;
      }
      if (bytes.getShort() != TIFF) {
        return UPRIGHT;
      }
      int directory = bytes.getInt();
      if (directory < 0) {
        return UPRIGHT;
      }
      bytes.position(Math.min(directory, bytes.limit()));
      return inDirectory(bytes);
    } catch (BufferUnderflowException cutOff) {
      return UPRIGHT;
    }
  }

  private static Orientation inDirectory(ByteBuffer bytes) {
    int entries = Short.toUnsignedInt(bytes.getShort());
    for (int i = 0; i < entries; i++) {
      ByteBuffer entry = bytes.slice(bytes.position(), Math.min(ENTRY_SIZE, bytes.remaining()));
      entry.order(bytes.order());
      if (entry.getShort() == TAG && entry.getShort() == TYPE_SHORT && entry.getInt() == 1) {
        int value = entry.getShort();
        return value > 0 && value <= LAST ? new Orientation(value) : UPRIGHT;
      }
      bytes.position(bytes.position() + entry.limit());
    }
    return UPRIGHT;
  }

  /** EXIF's TIFF structure with this field alone. */
  byte[] toTiff() {
    return ByteBuffer.allocate(26)
        .putShort(BIG_ENDIAN)
        .putShort(TIFF)
        .putInt(8)
        .putShort((short) 1)
        .putShort(TAG)
        .putShort(TYPE_SHORT)
        .putInt(1)
        .putShort((short) value)
        .putShort((short) 0)
        .putInt(0)
        .array();
  }

  boolean isUpright() {
    return value == 1;
  }

  boolean isOnItsSide() {
    return value >= FIRST_ON_ITS_SIDE;
  }

  /** How large a picture of a stored size is when it is shown. */
  PixelSize shown(PixelSize stored) {
    return isOnItsSide() ? stored.turned() : stored;
  }

  /**
   * Where a pixel of the shown picture is stored.
   *
   * @param shown the size of the shown picture
   */
  int index(int x, int y, PixelSize shown) {
    int right = shown.width() - 1 - x;
    int down = shown.height() - 1 - y;
    return switch (value) {
      case 2 -> y * shown.width() + right;
      case 3 -> down * shown.width() + right;
      case 4 -> down * shown.width() + x;
      case 5 -> x * shown.height() + y;
      case 6 -> right * shown.height() + y;
      case 7 -> right * shown.height() + down;
      case 8 -> x * shown.height() + down;
      default -> y * shown.width() + x;
    };
  }
}
