package io.quantchat.infra.dist;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Looks into jars, and writes them anew. */
final class Jars {

  /** The earliest that a jar can tell, in whatever zone. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 12, 0);

  private Jars() {}

  /** The files of a jar with these names, in its order. */
  static Map<String, byte[]> files(Path jar, Predicate<String> name) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<? extends ZipEntry> entries = zip.stream().toList();
      for (ZipEntry entry : entries) {
        if (!entry.isDirectory() && name.test(entry.getName())) {
          files.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
        }
      }
    }
    return files;
  }

  /**
   * The same jar without the files of these names, and with one time for all: those that Ant makes
   * tell when they were made.
   */
  static byte[] without(byte[] jar, Predicate<String> name) throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream(jar.length);
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar));
        ZipOutputStream out = new ZipOutputStream(written)) {
      // Stored, so that the archive compresses them and a JVM needn't inflate them.
      out.setMethod(ZipOutputStream.STORED);
      Set<String> there = new HashSet<>();
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!name.test(entry.getName()) && there.add(entry.getName())) {
          write(out, entry.getName(), in.readAllBytes());
        }
      }
    }
    return written.toByteArray();
  }

  private static void write(ZipOutputStream out, String name, byte[] content) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    entry.setSize(content.length);
    entry.setCrc(sum.getValue());
    out.putNextEntry(entry);
    out.write(content);
    out.closeEntry();
  }
}
