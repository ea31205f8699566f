package io.quantchat.infra.bench.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Measures each library in turn, each in a process of its own, and prints a table: figures, and how
 * they compare with SQLite's in the same run.
 */
public final class StorageCandidates {

  /** A figure's name as it is said, as it is printed, and what it is divided by. */
  private record Figure(String name, String title, double unit) {}

  private static final List<Figure> FIGURES =
      List.of(
          new Figure("write.rate", "durable writes/s, 8 threads", 1),
          new Figure("write.cpu", "CPU of a write, µs", 1),
          new Figure("get.rate", "gets/s", 1),
          new Figure("get.cpu", "CPU of a get, µs", 1),
          new Figure("scan.rate", "entries/s in ranges of 100", 1),
          new Figure("scan.cpu", "CPU of an entry, µs", 1),
          new Figure("memory", "most memory of the process, MB", 1 << 20),
          new Figure("filled", "disk when filled, MB", 1 << 20),
          new Figure("after", "disk after the writes, MB", 1 << 20),
          new Figure("start", "first opening, ms", 1),
          new Figure("open", "opening again, ms", 1),
          new Figure("jars", "jars, MB", 1 << 20));

  private StorageCandidates() {}

  /**
   * @param arguments a folder on the disk that is measured, rows of 1 kB to begin with, seconds for
   *     each load
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 3) {
      System.err.println("Say a folder, a number of rows, and seconds: bench 100000 5");
      System.exit(2);
    }
    var results = new EnumMap<Library, Map<String, Double>>(Library.class);
    for (Library library : Library.values()) {
      Path folder = Files.createDirectories(Path.of(arguments[0], library.name()));
      try {
        Map<String, Double> figures = run(library, folder, arguments[1], arguments[2]);
        if (figures.isEmpty()) {
          System.err.println(library + " has failed, and is left out: see above.");
        } else {
          results.put(library, figures);
        }
      } finally {
        remove(folder);
      }
    }
    print(results);
  }

  private static Map<String, Double> run(Library library, Path folder, String rows, String seconds)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-Dsecure=" + System.getProperty("secure", "true"),
                "-cp",
                System.getProperty("java.class.path"),
                OneRun.class.getName(),
                library.name(),
                folder.toString(),
                rows,
                seconds)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var figures = new TreeMap<String, Double>();
    try (var said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        int equals = line.indexOf('=');
        figures.put(line.substring(0, equals), Double.valueOf(line.substring(equals + 1)));
      }
    }
    if (process.waitFor() != 0) {
      return Map.of();
    }
    return figures;
  }

  private static void print(Map<Library, Map<String, Double>> results) {
    var head = new StringBuilder("| |");
    var line = new StringBuilder("|---|");
    results
        .keySet()
        .forEach(
            library -> {
              head.append(' ').append(library.name().toLowerCase(Locale.ROOT)).append(" |");
              line.append("---|");
            });
    System.out.println(head);
    System.out.println(line);
    for (Figure figure : FIGURES) {
      double sqlite = results.get(Library.SQLITE).get(figure.name());
      var row = new StringBuilder("| ").append(figure.title()).append(" |");
      for (Map<String, Double> of : results.values()) {
        double value = of.get(figure.name());
        row.append(
            String.format(Locale.ROOT, " %,.1f (%.2f) |", value / figure.unit(), value / sqlite));
      }
      System.out.println(row);
    }
    var checksums = new StringBuilder("| checksums |");
    results.keySet().forEach(library -> checksums.append(" %s |".formatted(library.checksums)));
    System.out.println(checksums);
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
