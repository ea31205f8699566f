package io.quantchat.infra.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./quantchat dist}: packs what was built. */
public final class Dist {

  private static final int FAILED = 1;
  private static final int UNUSABLE = 2;

  private static final String USAGE =
      """
      Usage: ./quantchat dist [--output FILE]
      Pack QuantChat into one archive that runs where only a Java 25 runtime is.
            --output FILE   what to write (default target/quantchat-VERSION.tar.gz in the project)
        -h, --help          show this text
      """;

  private static final Pattern TIME =
      Pattern.compile(
          "<project\\.build\\.outputTimestamp>(.*)</project\\.build\\.outputTimestamp>");

  private Dist() {}

  /** Exits 0 with an archive, 1 without one, 2 if what was typed can't be used. */
  public static void main(String[] arguments) {
    Path root = Path.of(System.getProperty("quantchat.home", "")).toAbsolutePath();
    System.exit(run(List.of(arguments), root, System.out, System.err));
  }

  static int run(List<String> words, Path root, PrintStream out, PrintStream err) {
    int code = pack(words, root, out, err);
    if (code == 0 && out.checkError()) {
      err.println("What this prints can't be written; all else that it does is done.");
      return FAILED;
    }
    return code;
  }

  private static int pack(List<String> words, Path root, PrintStream out, PrintStream err) {
    if (words.contains("--help") || words.contains("-h")) {
      out.print(USAGE);
      return 0;
    }
    boolean hasOutput = words.size() == 2 && words.getFirst().equals("--output");
    if (!words.isEmpty() && !hasOutput) {
      err.println(
          words.getLast().equals("--output")
              ? "--output needs a value."
              : "dist takes --output FILE, and nothing else.");
      err.print(USAGE);
      return UNUSABLE;
    }
    try {
      pack(root, hasOutput ? Path.of(words.getLast()) : null, out);
      return 0;
    } catch (DistException e) {
      err.println(e.getMessage());
      return FAILED;
    } catch (IOException e) {
      err.println("The archive can't be written: " + e);
      return FAILED;
    }
  }

  private static void pack(Path root, Path typed, PrintStream out)
      throws IOException, DistException {
    Path pom = root.resolve("pom.xml");
    String name = "quantchat-" + Pom.read(pom).version();
    Path output = typed == null ? root.resolve("target").resolve(name + ".tar.gz") : typed;
    Archive archive = new Archive(name, time(pom));
    Packing packing = new Packing(root, archive);
    ThirdParty thirdParty = packing.pack();
    write(archive, output.toAbsolutePath());
    out.printf(
        "%s: %s (%s); %d libraries of others, listed in THIRD-PARTY%n",
        output, Packing.inMegabytes(Files.size(output)), packing.sizes(), thirdParty.size());
    if (!packing.hasClient()) {
      out.println(
          "The browser client isn't in it: it is packed where Node 20.19 or newer is, with npm.");
    }
  }

  /** The time that all builds of this version have. */
  private static long time(Path pom) throws IOException, DistException {
    Matcher time = TIME.matcher(Files.readString(pom));
    if (!time.find()) {
      throw new DistException("The project's pom.xml has no project.build.outputTimestamp.");
    }
    return Instant.parse(time.group(1)).getEpochSecond();
  }

  /** Whole or not at all: what was there stays until then. */
  private static void write(Archive archive, Path output) throws IOException {
    Files.createDirectories(output.getParent());
    Path written = Files.createTempFile(output.getParent(), ".quantchat-dist", "");
    try {
      try (OutputStream out = Files.newOutputStream(written)) {
        archive.write(out);
      }
      Files.move(written, output, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(written);
    }
  }
}
