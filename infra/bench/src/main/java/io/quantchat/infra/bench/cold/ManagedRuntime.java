package io.quantchat.infra.bench.cold;

import java.util.List;

/**
 * Lambda's managed Java runtime.
 *
 * <p>Its flags, as functions that print their own command line show them: the serial collector, the
 * first compiler alone, and a heap of 85 % of the memory. They also have {@code -Xshare}, which
 * says what is the default here (the JDK's own archive of classes is used) and refuses an AOT
 * cache.
 */
final class ManagedRuntime {

  private static final int HEAP_PER_CENT = 85;

  private ManagedRuntime() {}

  static List<String> flags(int memoryMegabytes) {
    return List.of(
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Djava.net.preferIPv4Stack=true",
        "-Xmx" + memoryMegabytes * HEAP_PER_CENT / 100 + "m");
  }
}
