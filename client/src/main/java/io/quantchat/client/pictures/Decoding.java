package io.quantchat.client.pictures;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Reads and writes pictures with ImageIO, in bounded memory. */
final class Decoding {

  /** A larger one isn't decoded: a small file may say that it is. */
  static final int MOST_MEGAPIXELS = 64;

  /** A JPEG in several passes is in memory as a whole, 3 bytes or more of each pixel. */
  private static final int MOST_MEGAPIXELS_IN_PASSES = 24;

  private static final long MEGAPIXEL = 1_000_000;

  private static final Set<String> FORMATS = Set.of("jpeg", "png", "gif", "bmp");

  private static final float[] QUALITIES = {0.8f, 0.6f, 0.4f, 0.25f};

  private static final int SMALLEST = 16;
  private static final int WHITE = 0xff;

  private Decoding() {}

  /**
   * Reads a picture, coarser than it is.
   *
   * @param longest about as many pixels has the longest side, or twice as many
   * @return nothing where it can't be read, or is too large
   */
  static Optional<Pixels> read(Path file, int longest, boolean isInPasses) throws IOException {
    try (var in = new FileImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      try {
        if (!FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
          return Optional.empty();
        }
        // Texts in a PNG may grow without end: they aren't looked at.
        reader.setInput(in, true, true);
        return read(reader, longest, isInPasses);
      } catch (IIOException | RuntimeException broken) {
        // These readers throw anything where a picture is broken.
        return Optional.empty();
      } finally {
        reader.dispose();
      }
    }
  }

  private static Optional<Pixels> read(ImageReader reader, int longest, boolean isInPasses)
      throws IOException {
    var size = new PixelSize(reader.getWidth(0), reader.getHeight(0));
    long most = isInPasses ? MOST_MEGAPIXELS_IN_PASSES : MOST_MEGAPIXELS;
    if (size.isEmpty() || size.pixels() > most * MEGAPIXEL) {
      return Optional.empty();
    }
    ImageReadParam param = reader.getDefaultReadParam();
    int step = Math.max(1, size.longest() / longest);
    // What is very narrow keeps a pixel.
    param.setSourceSubsampling(Math.min(step, size.width()), Math.min(step, size.height()), 0, 0);
    return Optional.of(opaque(reader.read(0, param)));
  }

  private static Pixels opaque(BufferedImage image) {
    var size = new PixelSize(image.getWidth(), image.getHeight());
    int[] argb = image.getRGB(0, 0, size.width(), size.height(), null, 0, size.width());
    for (int i = 0; i < argb.length; i++) {
      int alpha = argb[i] >>> 24;
      argb[i] =
          onWhite(argb[i] >> 16 & 0xff, alpha) << 16
              | onWhite(argb[i] >> 8 & 0xff, alpha) << 8
              | onWhite(argb[i] & 0xff, alpha);
    }
    return new Pixels(size, argb);
  }

  private static int onWhite(int colour, int alpha) {
    return (colour * alpha + WHITE * (WHITE - alpha)) / WHITE;
  }

  /**
   * Writes a picture as a JPEG, as good as it may be, and smaller where it must.
   *
   * @param largest in bytes
   */
  static Optional<byte[]> jpeg(Pixels pixels, int largest) throws IOException {
    Pixels smaller = pixels;
    while (true) {
      for (float quality : QUALITIES) {
        byte[] jpeg = jpeg(smaller, quality);
        if (jpeg.length <= largest) {
          return Optional.of(jpeg);
        }
      }
      int longest = smaller.size().longest() / 2;
      if (longest < SMALLEST) {
        return Optional.empty();
      }
      smaller = smaller.within(longest);
    }
  }

  private static byte[] jpeg(Pixels pixels, float quality) throws IOException {
    int width = pixels.size().width();
    int height = pixels.size().height();
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, height, pixels.rgb(), 0, width);
    var bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
