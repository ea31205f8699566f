package io.quantchat.client.markdown;

import io.quantchat.client.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of a message in an export, and what its digest is made over.
 *
 * @param number of the message in the export, from 1 on
 */
record Head(ExportName export, int number, int count) {

  private static final String VERSION = "2";

  private static final Pattern LINE =
      Pattern.compile(
          Field.EXPORT + ":\\s*" + VERSION + "\\s+([0-9a-f]{16})\\s+(\\d{1,9})/(\\d{1,9})");

  private static final String DIGESTED = "quantchat export " + VERSION;

  String line() {
    return "%s: %s %s %d/%d".formatted(Field.EXPORT, VERSION, export.value(), number, count);
  }

  /** What a line says, whatever blanks are around it; nothing where it is no such line. */
  static Optional<Head> read(String line) {
    if (!line.contains(Field.EXPORT)) {
      return Optional.empty();
    }
    Matcher matcher = LINE.matcher(line.strip());
    return matcher.matches()
        ? Optional.of(
            new Head(
                new ExportName(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  /** Over all that a message is; two that differ in anything have different ones. */
  String digest(List<Field> fields, String text) {
    var all = new ArrayList<Object>(List.of(DIGESTED, export.value(), number, count));
    for (Field field : fields) {
      all.add(field.name());
      all.add(field.value());
    }
    all.add(text);
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(Json.ascii(all).getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256.", e);
    }
  }
}
