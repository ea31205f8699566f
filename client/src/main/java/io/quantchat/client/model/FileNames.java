package io.quantchat.client.model;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names that others give to files. Under one of them something is written only where it names a
 * file in a folder, on any system, and looks like what it is.
 */
public final class FileNames {

  /** What file systems take, in bytes of UTF-8. */
  private static final int LONGEST = 255;

  private static final Pattern SEPARATORS = Pattern.compile("[/\\\\]");

  /** Of drives and of streams, and what Windows lets nothing be called by. */
  private static final Pattern RESERVED = Pattern.compile("[:*?\"<>|]");

  /** Windows takes these for devices, whatever follows a point; superscripts, too. */
  private static final Pattern DEVICE =
      Pattern.compile("(?:con|prn|aux|nul|conin\\$|conout\\$|(?:com|lpt)[0-9¹²³])(?:[ .].*)?");

  private FileNames() {}

  /** Why nothing is written under a name that somebody else gave; empty where it may be. */
  public static Optional<String> danger(String name) {
    if (name.isBlank()) {
      return Optional.of("it is empty");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      return Optional.of("it is too long");
    }
    if (SEPARATORS.matcher(name).find()) {
      return Optional.of("it names a folder");
    }
    if (RESERVED.matcher(name).find()) {
      return Optional.of("it has characters that not all systems allow");
    }
    if (name.startsWith(".")) {
      return Optional.of("it is hidden, or climbs");
    }
    if (name.startsWith("-") || name.startsWith("~")) {
      return Optional.of("a command line may take it for something else");
    }
    if (!name.strip().equals(name) || name.endsWith(".")) {
      return Optional.of("it begins or ends with what isn't seen");
    }
    if (DEVICE.matcher(name.toLowerCase(Locale.ROOT)).matches()) {
      return Optional.of("it names a device");
    }
    return name.codePoints().anyMatch(FileNames::isUnseen)
        ? Optional.of("it has characters that aren't seen, or turn the line")
        : Optional.empty();
  }

  /**
   * Controls, formats (bidirectional ones among them), spaces but the ordinary, and no characters.
   */
  private static boolean isUnseen(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      case Character.SPACE_SEPARATOR -> character != ' ';
      default -> isBlank(character);
    };
  }

  /** Letters and marks that have no width. */
  private static boolean isBlank(int character) {
    return character == 0x034F
        || character == 0x115F
        || character == 0x1160
        || character == 0x17B4
        || character == 0x17B5
        || character == 0x2800
        || character == 0x3164
        || character == 0xFFA0
        || (character >= 0xFE00 && character <= 0xFE0E)
        || (character >= 0xE0100 && character <= 0xE01EF);
  }
}
