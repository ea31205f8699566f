package io.quantchat.infra.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What others have made of what is packed, with its licences and the texts that they ask for. */
final class ThirdParty {

  /** A licence's own text within a jar. */
  private static final Pattern TEXT = Pattern.compile("META-INF/LICENSE(\\.(txt|md))?");

  private static final String HEAD =
      """
      QuantChat is under the Apache License 2.0: see LICENSE. It holds these libraries of others, each
      under the licence beside it. Whose licence is Apache-2.0, its text is that of LICENSE, too, and
      its notices are in META-INF of its jar. The other licences' texts are in the folder licences.

      """;

  private static final String TAIL =
      """

      Changed: bcprov-unsigned.jar holds the classes of bcprov-jdk18on without their signature; of
      sqlite-jdbc, the native libraries lie in lib/sqlite. SQLite itself is in the public domain.

      The browser client, where it is packed, holds libraries of others, too, each with its licence
      and its text in lib/web/licences.txt.
      """;

  /** The lines of the list, by coordinates. */
  private final Map<String, String> lines = new TreeMap<>();

  private final Map<String, byte[]> texts = new TreeMap<>();

  /**
   * Takes a library in.
   *
   * @throws DistException if it may not be passed on, or its licence's text is missing
   */
  void add(Library library) throws DistException, IOException {
    Licence licence = library.licence();
    String line = "%s  %s".formatted(library.coordinates(), licence.title());
    if (licence.text() == Licence.Text.OWN) {
      String name = "licences/%s-%s.txt".formatted(library.artifact(), library.version());
      texts.put(
          name,
          ownText(library.jar())
              .or(() -> knownText(library.artifact()))
              .orElseThrow(
                  () ->
                      new DistException(
                          "The licence of %s asks for its text, which isn't in its jar: add it to the dist module's resources."
                              .formatted(library.coordinates()))));
      line += "  " + name;
    }
    lines.put(library.coordinates(), line);
  }

  private static Optional<byte[]> ownText(Path jar) throws IOException {
    return Jars.files(jar, name -> TEXT.matcher(name).matches()).values().stream().findFirst();
  }

  /** The text that belongs to an artifact, or to all whose names begin so up to a hyphen. */
  private static Optional<byte[]> knownText(String artifact) {
    return resource("licences/" + artifact + ".txt")
        .or(() -> resource("licences/" + artifact.split("-", 2)[0] + ".txt"));
  }

  static Optional<byte[]> resource(String name) {
    try (InputStream in = ThirdParty.class.getResourceAsStream(name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException unreadable) {
      throw new IllegalStateException("A resource of this program can't be read", unreadable);
    }
  }

  /** The list, for {@code THIRD-PARTY}. */
  byte[] list() {
    return (HEAD + String.join("\n", lines.values()) + "\n" + TAIL)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The texts, by the names of their files. */
  Map<String, byte[]> texts() {
    return texts;
  }

  /** How many libraries there are. */
  int size() {
    return lines.size();
  }
}
