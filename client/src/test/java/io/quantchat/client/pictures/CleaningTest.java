package io.quantchat.client.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.quantchat.client.model.MetadataException;
import io.quantchat.client.pictures.Cleaning.Copied;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pictures are made by Pillow; all that may not travel in them is called SECRET something. */
class CleaningTest {

  private static final String SECRET = "SECRET";

  @TempDir private Path folder;

  static Stream<Arguments> pictures() {
    return Stream.of(
        arguments("a.jpg", "image/jpeg", new PixelSize(24, 40), 6),
        arguments("p.jpg", "image/jpeg", new PixelSize(24, 40), 6),
        arguments("a.png", "image/png", new PixelSize(24, 40), 6),
        arguments("a.webp", "image/webp", new PixelSize(24, 40), 6),
        arguments("anim.webp", "image/webp", new PixelSize(24, 40), 6),
        arguments("l.webp", "image/webp", new PixelSize(40, 24), 1),
        arguments("a.gif", "image/gif", new PixelSize(40, 24), 1));
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void whatIsCutAnywhereIsRefused(String name) throws IOException {
    byte[] whole = picture(name);
    for (int size = 1; size < whole.length; size++) {
      byte[] cut = Arrays.copyOf(whole, size);
      assertThatThrownBy(() -> clean(name, cut)).isInstanceOf(MetadataException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void anAlteredPictureIsRefusedOrTellsNothing(String name) throws IOException {
    byte[] whole = picture(name);
    var random = new Random(14);
    for (int i = 0; i < 2_000; i++) {
      byte[] altered = whole.clone();
      altered[random.nextInt(altered.length)] = (byte) random.nextInt();
      altered[random.nextInt(altered.length)] = (byte) random.nextInt();
      try {
        Cleaned cleaned = clean(name, altered);
        // A length that takes in what stands behind, within what is kept, can't be told.
        assertThat(cleaned.bytes()).hasSizeLessThanOrEqualTo(whole.length);
      } catch (MetadataException refused) {
        assertThat(refused).hasMessageContaining("surely");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"heic.heic", "avif.avif", "tiff.tif", "raw.dng", "xl.jxl", "ps.psd"})
  void picturesThatCantBeCleanedAreRefused(String name) throws IOException {
    byte[] content =
        switch (name) {
          case "heic.heic" -> ascii("\0\0\0\u0018ftypheic\0\0\0\0mif1heic" + SECRET);
          case "avif.avif" -> ascii("\0\0\0\u0018ftypmif1\0\0\0\0avifmiaf" + SECRET);
          case "xl.jxl" -> ascii("\0\0\0\fJXL \r\n\u0087\n" + SECRET);
          case "ps.psd" -> ascii("8BPS\0\u0001" + SECRET);
          default -> ascii("II*\0\b\0\0\0" + SECRET);
        };

    assertThatThrownBy(() -> clean("anything.bin", content))
        .isInstanceOf(MetadataException.class)
        .hasMessageContaining("convert");
    assertThat(keep(name, content).bytes()).isEqualTo(content);
  }

  @Test
  void whatIsAPictureByItsNameAloneIsRefused() throws IOException {
    byte[] content = ascii("no picture " + SECRET);

    assertThatThrownBy(() -> clean("Photo.JPG", content)).isInstanceOf(MetadataException.class);
    assertThat(keep("Photo.JPG", content).bytes()).isEqualTo(content);
    assertThat(clean("empty.jpg", new byte[0]).bytes()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void metadataIsRemovedAndThePictureStays(String name, String type, PixelSize shown, int way)
      throws IOException {
    byte[] original = picture(name);
    byte[] behind = Arrays.copyOf(original, original.length + SECRET.length());
    System.arraycopy(ascii(SECRET), 0, behind, original.length, SECRET.length());

    Cleaned cleaned = clean(name, behind);

    assertThat(text(cleaned.bytes())).doesNotContain(SECRET).doesNotContain("xmp");
    assertThat(cleaned.copied().type()).isEqualTo(type);
    assertThat(cleaned.copied().size()).contains(shown);
    assertThat(cleaned.copied().facts().orientation().value()).isEqualTo(way);
    assertThat(samples(cleaned.bytes())).isEqualTo(samples(original));
    assertThat(text(cleaned.bytes()).contains("RGB XYZ"))
        .isEqualTo(text(original).contains("RGB XYZ"));
    // Again, it is the same, with the way up that it has.
    Cleaned again = clean(name, cleaned.bytes());
    assertThat(again.bytes()).isEqualTo(cleaned.bytes());
    assertThat(again.copied()).isEqualTo(cleaned.copied());
  }

  @Test
  void theTypeIsOfTheContentNotOfTheName() throws IOException {
    assertThat(clean("a.png", picture("a.jpg")).copied().type()).isEqualTo("image/jpeg");
    assertThat(clean("a.pdf", ascii("%PDF")).copied().type()).isEqualTo("application/pdf");
    assertThat(clean("a", ascii("?")).copied().type()).isEqualTo("application/octet-stream");
  }

  @Test
  void whatIsNoPictureStaysAsItIs() throws IOException {
    byte[] content = new byte[100_000];
    new Random(1).nextBytes(content);

    assertThat(clean("a.bin", content).bytes()).isEqualTo(content);
  }

  @ParameterizedTest
  @MethodSource("pictures")
  void onRequestAllStaysAsItIs(String name, String type, PixelSize shown) throws IOException {
    Cleaned kept = keep(name, picture(name));

    assertThat(kept.bytes()).isEqualTo(picture(name));
    assertThat(kept.copied().type()).isEqualTo(type);
    assertThat(kept.copied().size()).contains(shown);
  }

  @Test
  void aThumbnailOfAJpegInsideOfItIsRemoved() throws IOException {
    byte[] picture = picture("a.jpg");
    // JFIF's own: 1 × 2 pixels, 6 bytes, behind its 14.
    byte[] with = new byte[picture.length + 6];
    System.arraycopy(picture, 0, with, 0, 20);
    with[5] = (byte) (with[5] + 6);
    with[18] = 1;
    with[19] = 2;
    System.arraycopy(ascii(SECRET), 0, with, 20, 6);
    System.arraycopy(picture, 20, with, 26, picture.length - 20);

    assertThat(clean("a.jpg", with).bytes()).isEqualTo(clean("a.jpg", picture).bytes());
  }

  /** ImageIO reads no WebP: what is compressed is compared there. */
  private static String samples(byte[] picture) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
    if (image == null) {
      String text = text(picture);
      return text.substring(text.indexOf("VP8") + 12).substring(0, 100);
    }
    return Arrays.toString(
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()));
  }

  private Cleaned clean(String name, byte[] content) throws IOException {
    var out = new ByteArrayOutputStream();
    Copied copied = Cleaning.clean(Files.write(folder.resolve("file"), content), name, out);
    return new Cleaned(out.toByteArray(), copied);
  }

  private Cleaned keep(String name, byte[] content) throws IOException {
    var out = new ByteArrayOutputStream();
    Copied copied = Cleaning.keep(Files.write(folder.resolve("file"), content), name, out);
    return new Cleaned(out.toByteArray(), copied);
  }

  private record Cleaned(byte[] bytes, Copied copied) {}

  static byte[] picture(String name) throws IOException {
    try (InputStream in = CleaningTest.class.getResourceAsStream(name)) {
      return Optional.ofNullable(in).orElseThrow().readAllBytes();
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
