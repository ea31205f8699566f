package io.quantchat.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** README, the changelog and the pages in {@code docs} point to what is there. */
class DocumentationTest {
  private static final Path PROJECT =
      Path.of(System.getProperty("quantchat.template")).toAbsolutePath().getParent();
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("#{1,6} (.+)");
  private static final Pattern INLINE_CODE = Pattern.compile("`[^`]*`");
  private static final Pattern ENTRY = Pattern.compile("^  (\\w+):$", Pattern.MULTILINE);
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsToAFileAndAnAnchorInIt(Path page) {
    for (String link : links(page)) {
      String[] parts = link.split("#", 2);
      Path target =
          parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).toAbsolutePath().normalize();

      assertThat(target).as("%s in %s", link, page).exists().startsWith(PROJECT);
      if (parts.length == 2) {
        assertThat(anchors(target)).as("%s in %s", link, page).contains(parts[1]);
      }
    }
  }

  @Test
  void everyPageIsLinkedFromTheReadme() {
    Path readme = PROJECT.resolve("README.md");
    Set<Path> linked =
        links(readme).stream()
            .map(link -> readme.resolveSibling(link).normalize())
            .collect(Collectors.toSet());

    assertThat(pages().filter(page -> !page.equals(readme)))
        .isNotEmpty()
        .allMatch(linked::contains);
  }

  /** The release is no choice: the command that deploys works it out. */
  @Test
  void everyParameterOfTheTemplateThatOneMayChooseIsInOperations() throws IOException {
    String template = Files.readString(PROJECT.resolve("template.yaml"));
    String parameters =
        template.substring(template.indexOf("\nParameters:"), template.indexOf("\nConditions:"));
    List<String> names =
        ENTRY.matcher(parameters).results().map((MatchResult entry) -> entry.group(1)).toList();
    String operations = Files.readString(PROJECT.resolve("docs/operations.md"));

    assertThat(names).contains("Release");
    assertThat(names)
        .filteredOn(name -> !name.equals("Release"))
        .allSatisfy(name -> assertThat(operations).contains("`" + name + "`"));
  }

  static Stream<Path> pages() {
    try (Stream<Path> docs = Files.list(PROJECT.resolve("docs"))) {
      List<Path> pages =
          new ArrayList<>(docs.filter(file -> file.toString().endsWith(".md")).sorted().toList());
      pages.add(PROJECT.resolve("README.md"));
      pages.add(PROJECT.resolve("CHANGELOG.md"));
      return pages.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A page's links into the project. */
  private static List<String> links(Path page) {
    return prose(page)
        .flatMap(line -> LINK.matcher(INLINE_CODE.matcher(line).replaceAll("")).results())
        .map((MatchResult link) -> link.group(1))
        .filter(link -> !ELSEWHERE.matcher(link).matches())
        .toList();
  }

  /** As GitHub makes them: a heading's letters and digits, with hyphens for blanks. */
  private static Set<String> anchors(Path page) {
    Set<String> anchors = new HashSet<>();
    prose(page)
        .flatMap(line -> HEADING.matcher(line).results())
        .map(
            heading ->
                heading
                    .group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'))
        .forEach(
            anchor ->
                assertThat(anchors.add(anchor))
                    .as("two headings #%s in %s", anchor, page)
                    .isTrue());
    return anchors;
  }

  /** A page's lines outside of fenced code. */
  private static Stream<String> prose(Path page) {
    List<String> prose = new ArrayList<>();
    boolean fenced = false;
    for (String line : lines(page)) {
      if (line.startsWith("```")) {
        fenced = !fenced;
      } else if (!fenced) {
        prose.add(line);
      }
    }
    return prose.stream();
  }

  private static List<String> lines(Path page) {
    try {
      return Files.readAllLines(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
