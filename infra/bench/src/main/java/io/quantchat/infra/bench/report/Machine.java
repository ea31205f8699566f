package io.quantchat.infra.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.stream.Stream;

/** The machine that figures depend on. */
public record Machine(int cores, String processor, String system, String jdk, LocalDate date) {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** This machine, now. */
  public static Machine here(Clock clock) {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        processorName(),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        System.getProperty("java.vendor") + " " + Runtime.version(),
        LocalDate.now(clock));
  }

  private static String processorName() {
    if (!Files.isReadable(PROCESSORS)) {
      return "";
    }
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException unreadable) {
      return "";
    }
  }

  /** One line: cores, processor, system, JDK, date. */
  public String inWords() {
    return "%d cores%s, %s, JDK %s, %s"
        .formatted(cores, processor.isEmpty() ? "" : " (" + processor + ")", system, jdk, date);
  }
}
