package io.quantchat.infra.dist;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A {@code tar.gz} (POSIX ustar) whose bytes depend on its files alone: they stand in the order of
 * their names, belong to nobody in particular, and have one time.
 */
final class Archive {

  private static final int BLOCK = 512;
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_FOLDER = 155;

  /**
   * A file.
   *
   * @param runs whether it is a program
   */
  private record Entry(byte[] content, boolean runs) {}

  private final String folder;
  private final long time;
  private final Map<String, Entry> entries = new TreeMap<>();

  /**
   * @param folder what everything lies in when it is unpacked
   * @param time of every file, in epoch seconds
   */
  Archive(String folder, long time) {
    this.folder = folder;
    this.time = time;
  }

  void add(String name, byte[] content) {
    entries.put(name, new Entry(content, false));
  }

  void addProgram(String name, byte[] content) {
    entries.put(name, new Entry(content, true));
  }

  /** Bytes of the files whose names begin so. */
  long size(String prefix) {
    return entries.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .mapToLong(entry -> entry.getValue().content().length)
        .sum();
  }

  void write(OutputStream out) throws IOException {
    try (GZIPOutputStream zipped = new SmallGzip(out)) {
      for (Map.Entry<String, Entry> entry : entries.entrySet()) {
        byte[] content = entry.getValue().content();
        zipped.write(
            header(folder + "/" + entry.getKey(), content.length, entry.getValue().runs()));
        zipped.write(content);
        zipped.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
      }
      zipped.write(new byte[2 * BLOCK]);
    }
  }

  private byte[] header(String path, int size, boolean runs) {
    ByteArrayOutputStream header = new ByteArrayOutputStream(BLOCK);
    int split = path.length() <= LONGEST_NAME ? -1 : splitOf(path);
    field(header, path.substring(split + 1), LONGEST_NAME);
    field(header, runs ? "0000755" : "0000644", 8);
    field(header, "0000000", 8);
    field(header, "0000000", 8);
    field(header, "%011o".formatted(size), 12);
    field(header, "%011o".formatted(time), 12);
    // The checksum is of a header with blanks in its place.
    field(header, " ".repeat(8), 8);
    field(header, "0", 1);
    field(header, "", 100);
    field(header, "ustar", 6);
    field(header, "00", 2);
    field(header, "root", 32);
    field(header, "root", 32);
    field(header, "0000000", 8);
    field(header, "0000000", 8);
    field(header, split < 0 ? "" : path.substring(0, split), LONGEST_FOLDER);
    byte[] block = Arrays.copyOf(header.toByteArray(), BLOCK);
    int sum = 0;
    for (byte each : block) {
      sum += each & 0xFF;
    }
    byte[] text = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, block, 148, text.length);
    return block;
  }

  /** The slash between the name's two fields. */
  private static int splitOf(String path) {
    int split = path.indexOf('/', path.length() - LONGEST_NAME - 1);
    if (split < 0 || split > LONGEST_FOLDER) {
      throw new IllegalArgumentException("Too long a name for an archive: " + path);
    }
    return split;
  }

  private static void field(ByteArrayOutputStream header, String value, int length) {
    byte[] bytes = Arrays.copyOf(value.getBytes(StandardCharsets.UTF_8), length);
    header.write(bytes, 0, length);
  }

  private static final class SmallGzip extends GZIPOutputStream {
    SmallGzip(OutputStream out) throws IOException {
      super(out, 64 * 1024);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }
}
