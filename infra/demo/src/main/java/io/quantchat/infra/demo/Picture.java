package io.quantchat.infra.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * A small picture that tells more than it shows: in its name, and in what a camera writes into it.
 *
 * @param name of its file
 * @param place where it was taken, as its file says
 * @param bytes PNG (W3C PNG, third edition)
 */
record Picture(String name, String place, byte[] bytes) {

  private static final int SIDE = 64;
  private static final int SAMPLES = 3;
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  /** One that never was before: whatever of it is found is of this one. */
  static Picture taken(String code, SecureRandom random) {
    String place = "Taken at the old mill, 47.3769 N 8.5417 E, " + code;
    var png = new ByteArrayOutputStream();
    png.writeBytes(SIGNATURE);
    // 8 bits a sample, true colour, not in passes.
    chunk(
        png,
        "IHDR",
        ByteBuffer.allocate(13).putInt(SIDE).putInt(SIDE).put(new byte[] {8, 2, 0, 0, 0}).array());
    chunk(png, "tEXt", ("Comment\0" + place).getBytes(StandardCharsets.ISO_8859_1));
    chunk(png, "IDAT", deflated(noise(random)));
    chunk(png, "IEND", new byte[0]);
    return new Picture("the-old-mill-%s.png".formatted(code), place, png.toByteArray());
  }

  /** Each row begins with its filter, of which this has none. */
  private static byte[] noise(SecureRandom random) {
    var rows = ByteBuffer.allocate(SIDE * (1 + SIDE * SAMPLES));
    byte[] row = new byte[SIDE * SAMPLES];
    for (int y = 0; y < SIDE; y++) {
      random.nextBytes(row);
      rows.put((byte) 0).put(row);
    }
    return rows.array();
  }

  private static byte[] deflated(byte[] bytes) {
    var deflated = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(deflated)) {
      deflater.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return deflated.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
    var sum = new CRC32();
    sum.update(name);
    sum.update(content);
    png.writeBytes(
        ByteBuffer.allocate(12 + content.length)
            .putInt(content.length)
            .put(name)
            .put(content)
            .putInt((int) sum.getValue())
            .array());
  }

  /** Its name alone. */
  @Override
  public String toString() {
    return name;
  }
}
