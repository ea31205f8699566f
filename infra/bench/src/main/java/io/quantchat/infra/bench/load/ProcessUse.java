package io.quantchat.infra.bench.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process takes of the machine. */
public final class ProcessUse {

  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s*(\\d+)");

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
   * The memory that a process has resident, in bytes: what Linux tells of it, elsewhere {@code ps}.
   *
   * @throws IOException if there is no such process, or no {@code ps}
   */
  public static long resident(long process) throws IOException {
    Path status = Path.of("/proc/" + process + "/status");
    String said = Files.isReadable(status) ? Files.readString(status) : ps(process);
    Matcher kibibytes = RESIDENT.matcher(said);
    if (!kibibytes.find()) {
      throw new IOException("The memory of process " + process + " isn't told: " + said);
    }
    return Long.parseLong(kibibytes.group(1)) * 1024;
  }

  private static String ps(long process) throws IOException {
    Process ps =
        new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(process))
            .redirectErrorStream(true)
            .start();
    return "VmRSS: " + new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
