package io.quantchat.infra.local.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The JVM and its process, by the names that dashboards for Java know. */
public final class ProcessMetrics implements MetricsSource {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final double NANOS = 1e9;
  private static final double MILLIS = 1e3;

  @Override
  public void writeTo(Exposition out) {
    memory(out);
    collections(out);
    process(out);
  }

  private static void memory(Exposition out) {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    MemoryUsage heap = memory.getHeapMemoryUsage();
    MemoryUsage rest = memory.getNonHeapMemoryUsage();
    out.gauge("jvm_memory_used_bytes", "Memory in use.")
        .sample(heap.getUsed(), "area", "heap")
        .sample(rest.getUsed(), "area", "nonheap");
    out.gauge("jvm_memory_committed_bytes", "Memory that the system has given.")
        .sample(heap.getCommitted(), "area", "heap")
        .sample(rest.getCommitted(), "area", "nonheap");
    out.gauge("jvm_memory_max_bytes", "Memory that may be used at most; -1 without a limit.")
        .sample(heap.getMax(), "area", "heap")
        .sample(rest.getMax(), "area", "nonheap");
    out.gauge("jvm_threads_current", "Platform threads; virtual ones aren't counted.")
        .sample(ManagementFactory.getThreadMXBean().getThreadCount());
  }

  private static void collections(Exposition out) {
    Exposition.Family seconds =
        out.summary("jvm_gc_collection_seconds", "Garbage collections and the time they took.");
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      seconds
          .sampleOf("_count", collector.getCollectionCount(), "gc", collector.getName())
          .sampleOf("_sum", collector.getCollectionTime() / MILLIS, "gc", collector.getName());
    }
  }

  private static void process(Exposition out) {
    out.gauge("process_start_time_seconds", "When the process started, since the epoch.")
        .sample(ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      out.counter("process_cpu_seconds_total", "Time on processors, of users and system.")
          .sample(system.getProcessCpuTime() / NANOS);
      out.gauge("process_open_fds", "Open file descriptors.")
          .sample(system.getOpenFileDescriptorCount());
      out.gauge("process_max_fds", "How many file descriptors may be open.")
          .sample(system.getMaxFileDescriptorCount());
    }
    residentBytes()
        .ifPresent(
            bytes ->
                out.gauge("process_resident_memory_bytes", "Memory of the process in RAM.")
                    .sample(bytes));
  }

  /** Where the system is Linux. */
  private static OptionalLong residentBytes() {
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith(RESIDENT))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst();
    } catch (IOException | NumberFormatException elsewhere) {
      return OptionalLong.empty();
    }
  }
}
