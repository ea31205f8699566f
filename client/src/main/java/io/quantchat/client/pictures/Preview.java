package io.quantchat.client.pictures;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The small forms of a picture.
 *
 * @param thumbnail a JPEG
 */
public record Preview(byte[] thumbnail, String blurhash) {

  /** The longest side of a thumbnail, in pixels. */
  static final int LONGEST = 320;

  /**
   * Makes them, where that can be done: the format is one that Java reads, the picture isn't
   * broken, nor larger than {@value Decoding#MOST_MEGAPIXELS} megapixels.
   *
   * @param copied what was found when it was copied
   * @param largest of the thumbnail, in bytes
   */
  public static Optional<Preview> of(Path picture, Cleaning.Copied copied, int largest)
      throws IOException {
    try {
      Optional<Pixels> read = Decoding.read(picture, 2 * LONGEST, copied.facts().isInPasses());
      if (read.isEmpty()) {
        return Optional.empty();
      }
      Pixels small = read.get().turned(copied.facts().orientation()).within(LONGEST);
      String blurhash = Blurhash.of(small);
      return Decoding.jpeg(small, largest).map(jpeg -> new Preview(jpeg, blurhash));
    } catch (LinkageError noDesktop) {
      // A Java without the desktop module, or without its native libraries.
      return Optional.empty();
    }
  }
}
