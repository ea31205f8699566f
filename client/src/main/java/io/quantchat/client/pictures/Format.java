package io.quantchat.client.pictures;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a file is, by its first bytes; its name only adds what it claims to be. */
enum Format {
  JPEG("image/jpeg", "jpg", "jpeg", "jpe", "jfif"),
  PNG("image/png", "png", "apng"),
  GIF("image/gif", "gif"),
  WEBP("image/webp", "webp"),
  /** ISO/IEC 23008-12, and AVIF. */
  HEIF("image/heif", "heic", "heif", "hif", "avif", "avifs"),
  /** With the raw formats of cameras that are built on it. */
  TIFF("image/tiff", "tif", "tiff", "dng", "nef", "arw", "cr2", "cr3", "orf", "rw2", "pef", "raf"),
  JPEG_XL("image/jxl", "jxl"),
  JPEG_2000("image/jp2", "jp2", "jpx", "j2k"),
  PHOTOSHOP("image/vnd.adobe.photoshop", "psd", "psb");

  /** So many bytes are enough to know. */
  static final int HEAD = 64;

  private static final Set<Format> CLEANED = Set.of(JPEG, PNG, GIF, WEBP);

  private static final Set<String> HEIF_BRANDS =
      Set.of(
          "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "mif2", "msf1",
          "avif", "avis", "miaf");

  private final String type;
  private final String extensions;

  Format(String type, String... extensions) {
    this.type = type;
    this.extensions = String.join(" ", extensions);
  }

  /** Its media type. */
  String type() {
    return type;
  }

  boolean isCleaned() {
    return CLEANED.contains(this);
  }

  /** What the file is that begins so. */
  static Optional<Format> of(byte[] head) {
    if (begins(head, 0, "\u00ff\u00d8\u00ff")) {
      return Optional.of(JPEG);
    }
    if (JpegCopy.startsWith(head, PngCopy.SIGNATURE)) {
      return Optional.of(PNG);
    }
    if (begins(head, 0, "GIF87a") || begins(head, 0, "GIF89a")) {
      return Optional.of(GIF);
    }
    if (begins(head, 0, "RIFF") && begins(head, 8, "WEBP")) {
      return Optional.of(WEBP);
    }
    if (begins(head, 0, "\u00ff\n") || begins(head, 4, "JXL \r\n\u0087\n")) {
      return Optional.of(JPEG_XL);
    }
    if (begins(head, 4, "jP  ") || begins(head, 0, "\u00ffO\u00ffQ")) {
      return Optional.of(JPEG_2000);
    }
    if (begins(head, 0, "8BPS")) {
      return Optional.of(PHOTOSHOP);
    }
    return isTiff(head)
        ? Optional.of(TIFF)
        : Optional.of(HEIF).filter(found -> begins(head, 4, "ftyp") && hasHeifBrand(head));
  }

  private static boolean isTiff(byte[] head) {
    return List.of("II*\0", "MM\0*", "II+\0", "MM\0+", "IIRO", "IIRS", "IIU\0", "FUJIFILMCCD-RAW")
            .stream()
            .anyMatch(start -> begins(head, 0, start))
        || begins(head, 4, "ftypcrx ");
  }

  /** The major brand, or one of those that the file is compatible with. */
  private static boolean hasHeifBrand(byte[] head) {
    for (int at = 8; at + 4 <= head.length; at += 4) {
      if (HEIF_BRANDS.contains(new String(head, at, 4, StandardCharsets.ISO_8859_1))) {
        return true;
      }
    }
    return false;
  }

  /** What a name says that the file is. */
  static Optional<Format> claimedBy(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> List.of(format.extensions.split(" ", -1)).contains(extension))
        .findFirst();
  }

  private static boolean begins(byte[] head, int at, String start) {
    byte[] expected = start.getBytes(StandardCharsets.ISO_8859_1);
    return head.length >= at + expected.length
        && Arrays.equals(head, at, at + expected.length, expected, 0, expected.length);
  }
}
