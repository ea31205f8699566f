package io.quantchat.infra.bench.cold;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Lambda's managed Java runtime: AWS's runtime client, on the flags that it is known to have: the
 * serial collector, IPv4, a heap of 85 % of the memory, and the first compiler alone, but for
 * functions with SnapStart, whose JVM compiles as it does by default (Lambda Developer Guide,
 * "Customize Java runtime startup behavior").
 *
 * @param classPath the client's jars
 * @param library the client's native half: unless told where it is, each process would write it to
 *     the same file, under the feet of those that run already
 */
record ManagedRuntime(List<Path> classPath, Path library) {

  private static final String CLIENT = "aws-lambda-java-runtime-interface-client-";

  /** How the names of the client's own jar and of those that it needs begin. */
  private static final List<String> JARS =
      List.of(CLIENT, "aws-lambda-java-core-", "aws-lambda-java-serialization-", "utils-lite-");

  private static final String LIBRARY_PROPERTY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";
  private static final int HEAP_PER_CENT = 85;

  /**
   * The client on this program's own class path.
   *
   * @param folder where its native half is put
   */
  static ManagedRuntime in(Path folder) throws IOException {
    List<Path> own =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    List<Path> jars = new ArrayList<>();
    for (String beginning : JARS) {
      jars.add(
          own.stream()
              .filter(jar -> jar.getFileName().toString().startsWith(beginning))
              .findFirst()
              .orElseThrow(() -> new FileNotFoundException("No " + beginning + "* among " + own)));
    }
    Path client = jars.getFirst();
    Path library = folder.resolve("runtime-client.so");
    try (ZipFile jar = new ZipFile(client.toFile())) {
      ZipEntry entry = jar.getEntry(libraryName());
      if (entry == null) {
        throw new FileNotFoundException(client + " holds nothing for this machine");
      }
      try (InputStream in = jar.getInputStream(entry)) {
        Files.copy(in, library);
      }
    }
    return new ManagedRuntime(jars, library);
  }

  /** The JVM's options for a function without SnapStart. */
  List<String> options(int memoryMegabytes) {
    List<String> options = new ArrayList<>(snapStartOptions(memoryMegabytes));
    options.add("-XX:TieredStopAtLevel=1");
    return options;
  }

  /** The JVM's options for a function with SnapStart. */
  List<String> snapStartOptions(int memoryMegabytes) {
    return List.of(
        "-XX:+UseSerialGC",
        "-Djava.net.preferIPv4Stack=true",
        "-Xmx" + memoryMegabytes * HEAP_PER_CENT / 100 + "m",
        "-D" + LIBRARY_PROPERTY + "=" + library);
  }

  private static String libraryName() {
    boolean isArm = System.getProperty("os.arch").equals("aarch64");
    boolean isMusl =
        Files.exists(Path.of("/lib/ld-musl-" + (isArm ? "aarch64" : "x86_64") + ".so.1"));
    return "jni/libaws-lambda-jni.linux%s-%s.so"
        .formatted(isMusl ? "_musl" : "", isArm ? "aarch_64" : "x86_64");
  }
}
