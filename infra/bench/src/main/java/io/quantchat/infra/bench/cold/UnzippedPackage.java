package io.quantchat.infra.bench.cold;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** A function's package as Lambda lays it out: classes at the root, jars in {@code lib}. */
record UnzippedPackage(Path root) implements AutoCloseable {

  private static final String LIBRARIES = "lib";

  /** Unzips a package into a new temporary folder. */
  static UnzippedPackage of(Path zip) throws IOException {
    if (!Files.exists(zip)) {
      throw new NoSuchFileException(zip.toString(), null, "build it with `mvn package`");
    }
    Path root = Files.createTempDirectory("quantchat-package").toRealPath();
    try (ZipFile file = new ZipFile(zip.toFile())) {
      Enumeration<? extends ZipEntry> entries = file.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
          throw new IOException(zip + " holds a path that leads out of it: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          try (InputStream in = file.getInputStream(entry)) {
            Files.copy(in, target);
          }
        }
      }
    }
    return new UnzippedPackage(root);
  }

  /**
   * The same as jars alone, in the order that the runtime client searches them: what a JVM can load
   * by itself, and archive. The classes become a jar beside the others; the package itself stays as
   * it is.
   */
  List<Path> asJars(Path classesJar) throws IOException {
    List<Path> jars = new ArrayList<>();
    try (OutputStream out = Files.newOutputStream(classesJar);
        ZipOutputStream jar = new ZipOutputStream(out)) {
      for (Path file : filesOutsideLibraries()) {
        jar.putNextEntry(new ZipEntry(root.relativize(file).toString()));
        Files.copy(file, jar);
        jar.closeEntry();
      }
    }
    jars.add(classesJar);
    if (Files.isDirectory(root.resolve(LIBRARIES))) {
      jars.addAll(jarsIn(root.resolve(LIBRARIES)));
    }
    return jars;
  }

  /** The jars of a folder, by name. */
  static List<Path> jarsIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private List<Path> filesOutsideLibraries() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(root.resolve(LIBRARIES)))
          .sorted()
          .toList();
    }
  }

  @Override
  public void close() throws IOException {
    delete(root);
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
