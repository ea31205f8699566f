package io.quantchat.client.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreviewTest {

  private static final int LARGEST = 16_000;

  @TempDir private Path folder;

  @Test
  void aPictureThatSaysItIsHugeIsntDecoded() throws IOException {
    byte[] png = CleaningTest.picture("a.png");
    // Its width, and the header's checksum.
    png[16] = 0x7f;
    var sum = new CRC32();
    sum.update(png, 12, 17);
    for (int i = 0; i < 4; i++) {
      png[29 + i] = (byte) (sum.getValue() >>> (24 - 8 * i));
    }

    assertThat(preview(png)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jpg", "a.png", "a.gif"})
  void whatIsCutHasNoneOrAPartOfIt(String name) throws IOException {
    byte[] whole = CleaningTest.picture(name);
    for (int size = 0; size < whole.length; size += 7) {
      byte[] cut = Arrays.copyOf(whole, size);
      Path file = Files.write(folder.resolve("cut"), cut);
      var copied = Cleaning.keep(file, name, OutputStream.nullOutputStream());
      assertThat(Preview.of(file, copied, LARGEST)).isNotNull();
    }
  }

  @Test
  void whatJavaDoesntReadHasNone() throws IOException {
    assertThat(preview(CleaningTest.picture("a.webp"))).isEmpty();
    assertThat(preview(new byte[1000])).isEmpty();
    assertThat(preview(new byte[0])).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jpg", "p.jpg", "a.png"})
  void itIsTurnedTheWayThatThePictureIsShown(String name) throws IOException {
    Preview preview = preview(CleaningTest.picture(name)).orElseThrow();

    BufferedImage shown = ImageIO.read(new ByteArrayInputStream(preview.thumbnail()));
    assertThat(shown.getWidth()).isEqualTo(24);
    assertThat(shown.getHeight()).isEqualTo(40);
    // Green grows downwards as it is stored, so to the left where it is shown.
    assertThat(shown.getRGB(2, 2) >> 8 & 0xff).isGreaterThan(150);
    assertThat(shown.getRGB(21, 2) >> 8 & 0xff).isLessThan(80);
  }

  @ParameterizedTest
  @CsvSource({"3000, 2000, 320, 213", "10, 5000, 1, 320", "320, 320, 320, 320", "1, 1, 1, 1"})
  void itIsSmall(int width, int height, int toWidth, int toHeight) throws IOException {
    var noise = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var random = new Random(3);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        noise.setRGB(x, y, random.nextInt());
      }
    }
    Path file = folder.resolve("noise.png");
    ImageIO.write(noise, "png", file.toFile());

    Preview preview = preview(Files.readAllBytes(file)).orElseThrow();

    assertThat(preview.thumbnail()).hasSizeLessThanOrEqualTo(LARGEST);
    BufferedImage small = ImageIO.read(new ByteArrayInputStream(preview.thumbnail()));
    assertThat((double) small.getWidth() / small.getHeight())
        .isCloseTo((double) toWidth / toHeight, org.assertj.core.data.Percentage.withPercentage(2));
    assertThat(small.getWidth()).isLessThanOrEqualTo(toWidth);
  }

  @Test
  void itKeepsToWhateverRoomThereIs() throws IOException {
    byte[] picture = CleaningTest.picture("a.png");

    assertThat(preview(picture, 700).orElseThrow().thumbnail()).hasSizeLessThanOrEqualTo(700);
    assertThat(preview(picture, 100)).isEmpty();
  }

  @Test
  void theBlurhashIsThatOfAnotherImplementation() {
    int[] rgb = new int[32 * 20];
    for (int y = 0; y < 20; y++) {
      for (int x = 0; x < 32; x++) {
        rgb[y * 32 + x] = (x * 7) << 16 | (y * 12) << 8 | (x * y) % 256;
      }
    }

    // By https://pypi.org/project/blurhash.
    assertThat(Blurhash.of(new Pixels(new PixelSize(32, 20), rgb)))
        .isEqualTo("LnE{,$2lwtX3l@WCjwe@gFfmfTfg");
  }

  private Optional<Preview> preview(byte[] picture) throws IOException {
    return preview(picture, LARGEST);
  }

  private Optional<Preview> preview(byte[] picture, int largest) throws IOException {
    Path file = Files.write(folder.resolve("picture"), picture);
    return Preview.of(
        file, Cleaning.keep(file, "picture", OutputStream.nullOutputStream()), largest);
  }
}
