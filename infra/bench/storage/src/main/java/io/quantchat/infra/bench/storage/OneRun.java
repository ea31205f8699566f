package io.quantchat.infra.bench.storage;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** One candidate in a process of its own: says its figures in one line each. */
public final class OneRun {

  private static final int THREADS = 8;
  private static final int BATCH = 1000;
  private static final int SCANNED = 100;

  private final Path folder;
  private final int rows;
  private final long seconds;
  private final Library library;

  private OneRun(Library library, Path folder, int rows, long seconds) {
    this.library = library;
    this.folder = folder;
    this.rows = rows;
    this.seconds = seconds;
  }

  private interface Work {
    void run(Random random, int thread) throws Exception;
  }

  /**
   * @param arguments library, folder, rows of 1 kB to begin with, seconds for each load
   */
  public static void main(String[] arguments) throws Exception {
    new OneRun(
            Library.valueOf(arguments[0]),
            Path.of(arguments[1]),
            Integer.parseInt(arguments[2]),
            Long.parseLong(arguments[3]))
        .run();
  }

  private void run() throws Exception {
    say("jars", (double) library.weight());
    long begin = System.nanoTime();
    try (Candidate candidate = library.open(folder)) {
      candidate.get(key(0));
      say("start", (System.nanoTime() - begin) / 1e6);
      fill(candidate);
      say("filled", (double) bytes());
      try (var groups = new Groups(candidate)) {
        var next = new AtomicLong(rows);
        measure("write", 2, (random, thread) -> writeAndDelete(groups, next, random));
      }
      measure("get", 1, (random, thread) -> candidate.get(key(random.nextInt(rows))));
      measure(
          "scan", SCANNED, (random, thread) -> candidate.scan(key(random.nextInt(rows)), SCANNED));
      say("memory", (double) memory());
    }
    say("after", (double) bytes());
    begin = System.nanoTime();
    try (Candidate candidate = library.open(folder)) {
      candidate.get(key(rows / 2));
      say("open", (System.nanoTime() - begin) / 1e6);
    }
  }

  private void fill(Candidate candidate) throws Exception {
    var random = new Random(1);
    for (int i = 0; i < rows; ) {
      var batch = new ArrayList<Candidate.Write>();
      for (int end = Math.min(rows, i + BATCH); i < end; i++) {
        batch.add(new Candidate.Write(key(i), value(random)));
      }
      candidate.commit(batch);
    }
  }

  /** As a message is: stored, then deleted. */
  private static void writeAndDelete(Groups groups, AtomicLong next, Random random)
      throws Exception {
    byte[] key = key(next.getAndIncrement());
    groups.write(key, value(random));
    groups.write(key, null);
  }

  /** Says how many operations there were in a second, and the CPU of each. */
  private void measure(String name, int operations, Work work) throws InterruptedException {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    // Half as long before, to warm up.
    run(seconds * 1_000_000_000 / 2, work);
    long cpu = system.getProcessCpuTime();
    long begin = System.nanoTime();
    long done = run(seconds * 1_000_000_000, work) * operations;
    say(name + ".rate", done / ((System.nanoTime() - begin) / 1e9));
    say(name + ".cpu", (system.getProcessCpuTime() - cpu) / 1e3 / done);
  }

  private static long run(long nanoseconds, Work work) throws InterruptedException {
    var done = new AtomicLong();
    long end = System.nanoTime() + nanoseconds;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    var random = new Random(thread);
                    while (System.nanoTime() < end) {
                      try {
                        work.run(random, thread);
                      } catch (Exception e) {
                        throw new IllegalStateException(e);
                      }
                      done.incrementAndGet();
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return done.get();
  }

  /** Spread over the key space, as recipients are, with what is new behind the old of each. */
  private static byte[] key(long number) {
    return ByteBuffer.allocate(32)
        .putLong((number % 64) * 0x9e3779b97f4a7c15L)
        .putLong(0)
        .putLong(number)
        .putLong(0)
        .array();
  }

  private static byte[] value(Random random) {
    byte[] value = new byte[1000];
    random.nextBytes(value);
    return value;
  }

  private long bytes() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(OneRun::onDisk).sum();
    }
  }

  /** What it occupies: files may have holes. */
  private static long onDisk(Path file) {
    try {
      var blocks = (Number) Files.getAttribute(file, "unix:blocks");
      return blocks.longValue() * 512;
    } catch (IOException | IllegalArgumentException e) {
      return file.toFile().length();
    }
  }

  /** The process's, in bytes; 0 where the system doesn't say. */
  private static long memory() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    return 0;
  }

  private static void say(String name, double value) {
    System.out.printf(Locale.ROOT, "%s=%.3f%n", name, value);
  }
}
