package io.quantchat.infra.bench.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a process takes of the machine. */
public final class ProcessUse {

  private ProcessUse() {}

  /** The processor time that a process has taken so far, in milliseconds; 0 if it isn't told. */
  public static double processor(long process) {
    return ProcessHandle.of(process)
            .flatMap(each -> each.info().totalCpuDuration())
            .orElse(Duration.ZERO)
            .toNanos()
        / 1e6;
  }

  /** The processor time that this process has taken so far, in milliseconds. */
  public static double own() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean here
        ? here.getProcessCpuTime() / 1e6
        : 0;
  }

  /** How many files and sockets this process may have open; no limit is the largest number. */
  public static long mostFiles() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.UnixOperatingSystemMXBean here
        ? here.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  /**
   * The memory that a process has resident, in bytes: what {@code ps} says.
   *
   * @throws IOException if there is no such process, or no {@code ps}
   */
  public static long resident(long process) throws IOException {
    Process ps =
        new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(process))
            .redirectErrorStream(true)
            .start();
    String said = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      return Long.parseLong(said) * 1024;
    } catch (NumberFormatException notANumber) {
      throw new IOException("ps doesn't tell the memory of process " + process + ": " + said);
    }
  }
}
