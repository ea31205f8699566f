package io.quantchat.infra.dist;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Puts what was built into an archive. */
final class Packing {

  /** Signed, and thereby slower to load than its copy that isn't. */
  private static final String SIGNED = "bcprov-jdk18on";

  private static final Path UNSIGNED = Path.of("cli/target/bcprov-unsigned.jar");
  private static final String SQLITE = "sqlite-jdbc";
  private static final String NATIVES = "org/sqlite/native/";

  /** No Java of this release runs there. */
  private static final String ANDROID = NATIVES + "Linux-Android/";

  private static final List<String> DOCUMENTS =
      List.of(
          "README.md",
          "CHANGELOG.md",
          "LICENSE",
          "template.yaml",
          "docs/one-machine.md",
          "infra/web-headers.json");

  /** What was built of the browser client, and where it lies in the archive. */
  private static final Path CLIENT = Path.of("web/target/dist");

  private static final String PACKED_CLIENT = "lib/web/";
  private static final Pattern OPTIONS = Pattern.compile("<jvm\\.options>(.*)</jvm\\.options>");

  private final Path root;
  private final Archive archive;
  private final ThirdParty thirdParty = new ThirdParty();

  /** What each jar came from, by the name that it has in the archive. */
  private final Map<String, Path> packed = new LinkedHashMap<>();

  Packing(Path root, Archive archive) {
    this.root = root;
    this.archive = archive;
  }

  /**
   * Packs all of it.
   *
   * @return whose libraries are in it
   */
  ThirdParty pack() throws IOException, DistException {
    for (Map.Entry<String, List<Path>> program : ClassPaths.read(root).entrySet()) {
      StringBuilder names = new StringBuilder();
      for (Path jar : program.getValue()) {
        names.append(pack(jar)).append('\n');
      }
      add("lib/" + program.getKey() + ".txt", names.toString());
    }
    add("lib/jvm-options.txt", options() + "\n");
    archive.add("THIRD-PARTY", thirdParty.list());
    thirdParty.texts().forEach(archive::add);
    archive.addProgram("quantchat", ThirdParty.resource("quantchat").orElseThrow());
    for (String document : DOCUMENTS) {
      Path file = root.resolve(document);
      if (Files.isRegularFile(file)) {
        archive.add(document, Files.readAllBytes(file));
      }
    }
    packClient();
    return thirdParty;
  }

  private void packClient() throws IOException {
    Path folder = root.resolve(CLIENT);
    if (!hasClient()) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
        archive.add(PACKED_CLIENT + name, Files.readAllBytes(file));
      }
    }
  }

  /** Whether there is a browser client to pack: it was built where Node was. */
  boolean hasClient() {
    return Files.isRegularFile(root.resolve(CLIENT).resolve("build.json"));
  }

  /** The name of the jar that stands for this one. */
  private String pack(Path jar) throws IOException, DistException {
    if (!Files.isRegularFile(jar)) {
      throw new DistException("%s isn't there: it was not built.".formatted(jar));
    }
    if (jar.toAbsolutePath().startsWith(root.toAbsolutePath())) {
      return packOwn(jar);
    }
    Library library = Library.of(jar);
    thirdParty.add(library);
    if (library.artifact().equals(SIGNED)) {
      return packOwn(root.resolve(UNSIGNED));
    }
    String name = jar.getFileName().toString();
    if (isNew(name, jar)) {
      byte[] content = Files.readAllBytes(jar);
      if (library.artifact().equals(SQLITE)) {
        content = Jars.without(content, each -> each.startsWith(NATIVES));
        Jars.files(jar, each -> each.startsWith(NATIVES) && !each.startsWith(ANDROID))
            .forEach(
                (file, bytes) ->
                    archive.add("lib/sqlite/" + file.substring(NATIVES.length()), bytes));
      }
      archive.add("lib/" + name, content);
    }
    return name;
  }

  private String packOwn(Path jar) throws IOException, DistException {
    String name = jar.getFileName().toString();
    if (isNew(name, jar)) {
      archive.add("lib/" + name, Jars.without(Files.readAllBytes(jar), each -> false));
    }
    return name;
  }

  private boolean isNew(String name, Path jar) throws DistException {
    Path other = packed.putIfAbsent(name, jar.toAbsolutePath().normalize());
    if (other != null && !other.equals(jar.toAbsolutePath().normalize())) {
      throw new DistException("%s and %s have one name.".formatted(other, jar));
    }
    return other == null;
  }

  /** What every JVM of the project is started with. */
  private String options() throws IOException, DistException {
    Matcher options = OPTIONS.matcher(Files.readString(root.resolve("pom.xml")));
    if (!options.find()) {
      throw new DistException("The project's pom.xml has no jvm.options.");
    }
    return options.group(1);
  }

  private void add(String name, String text) {
    archive.add(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes of jars, of native libraries and of the rest, in words. */
  String sizes() {
    long lib = archive.size("lib/");
    long natives = archive.size("lib/sqlite/");
    long ours = archive.size("lib/quantchat-");
    long client = archive.size(PACKED_CLIENT);
    return Stream.of(
            "libraries " + inMegabytes(lib - natives - ours - client),
            "SQLite's native libraries " + inMegabytes(natives),
            "QuantChat " + inMegabytes(ours),
            "the browser client " + inMegabytes(client),
            "the rest " + inMegabytes(archive.size("") - lib))
        .reduce((all, each) -> all + ", " + each)
        .orElseThrow();
  }

  static String inMegabytes(long bytes) {
    return "%.1f MB".formatted(bytes / 1e6);
  }
}
