package io.quantchat.client.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;

/**
 * What SQLite leaves behind of what it deletes, although told to overwrite it: copies in the
 * write-ahead log, and in the space between a page's cells where it has moved cells from one page
 * to another. Both formats are SQLite's: sqlite.org/fileformat2.html, 1.6 and 4.
 */
final class Remains implements AutoCloseable {

  private static final String LOG_SUFFIX = "-wal";
  private static final int LOG_HEADER = 32;
  private static final int FRAME_HEADER = 24;
  private static final int LOG_PAGE_SIZE_AT = 8;

  private static final int FILE_HEADER = 100;
  private static final int PAGE_SIZE_AT = 16;
  private static final int LARGEST_PAGE = 65_536;

  /** Above it, the first byte of an overflow page, which is of a page's number, may be any. */
  private static final int LAST_PAGE = 0xffffff;

  private static final Set<Integer> INTERIOR = Set.of(2, 5);
  private static final Set<Integer> LEAF = Set.of(10, 13);
  private static final int CELLS_AT = 3;
  private static final int CONTENT_AT = 5;
  private static final int BLANK = 1 << 16;

  private final Path file;
  private final Path log;

  /**
   * Stays open as long as SQLite has the file open: on POSIX systems, to close it would be to let
   * go of SQLite's lock.
   */
  private FileChannel pages;

  Remains(Path file) {
    this.file = file;
    this.log = file.resolveSibling(file.getFileName() + LOG_SUFFIX);
  }

  /** Of the log, since it was last emptied. Bytes. */
  long logSize() {
    return log.toFile().length();
  }

  /** The pages in the log, also those of its last round. */
  Set<Integer> logged() throws IOException {
    var numbers = new TreeSet<Integer>();
    try (FileChannel channel =
        FileChannel.open(log, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      long end = channel.size();
      if (end < LOG_HEADER) {
        return numbers;
      }
      int pageSize = read(channel, LOG_PAGE_SIZE_AT, Integer.BYTES).getInt();
      if (pageSize <= 0) {
        return numbers;
      }
      for (long at = LOG_HEADER; at + FRAME_HEADER <= end; at += FRAME_HEADER + pageSize) {
        numbers.add(read(channel, at, Integer.BYTES).getInt());
      }
    }
    return numbers;
  }

  /** All pages that there are. */
  Set<Integer> all() throws IOException {
    open();
    var numbers = new TreeSet<Integer>();
    long count = pages.size() / pageSize();
    for (int number = 1; number <= Math.min(count, LAST_PAGE); number++) {
      numbers.add(number);
    }
    return numbers;
  }

  /**
   * Overwrites what is between cells. The log is in the file, and nothing is written meanwhile.
   *
   * @return whether there was something
   */
  boolean overwriteBetweenCells(Set<Integer> numbers) throws IOException {
    open();
    int pageSize = pageSize();
    int usable = pageSize - Byte.toUnsignedInt(read(pages, PAGE_SIZE_AT + 4, 1).get());
    long count = pages.size() / pageSize;
    boolean found = false;
    for (int number : numbers) {
      if (number >= 1 && number <= Math.min(count, LAST_PAGE)) {
        found |= overwriteBetweenCells((number - 1L) * pageSize, pageSize, usable);
      }
    }
    if (found) {
      pages.force(false);
    }
    return found;
  }

  private boolean overwriteBetweenCells(long at, int pageSize, int usable) throws IOException {
    ByteBuffer page = read(pages, at, pageSize);
    int header = at == 0 ? FILE_HEADER : 0;
    int kind = page.get(header);
    if (!INTERIOR.contains(kind) && !LEAF.contains(kind)) {
      return false;
    }
    int cells = Short.toUnsignedInt(page.getShort(header + CELLS_AT));
    int content = Short.toUnsignedInt(page.getShort(header + CONTENT_AT));
    int end = content == 0 ? LARGEST_PAGE : content;
    int start = header + (INTERIOR.contains(kind) ? 12 : 8) + cells * Short.BYTES;
    if (end > usable || start >= end) {
      return false;
    }
    var blank = ByteBuffer.allocate(end - start);
    if (page.slice(start, end - start).equals(blank)) {
      return false;
    }
    write(pages, at + start, blank);
    return true;
  }

  /** Overwrites the log, all of which is in the file. */
  void overwriteLog() throws IOException {
    try (FileChannel channel =
        FileChannel.open(log, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      long end = channel.size();
      for (long at = 0; at < end; at += BLANK) {
        write(channel, at, ByteBuffer.allocate((int) Math.min(BLANK, end - at)));
      }
      channel.force(false);
    }
  }

  private void open() throws IOException {
    if (pages == null) {
      pages = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
  }

  private int pageSize() throws IOException {
    int size = Short.toUnsignedInt(read(pages, PAGE_SIZE_AT, Short.BYTES).getShort());
    return size == 1 ? LARGEST_PAGE : Math.max(size, 512);
  }

  private static ByteBuffer read(FileChannel channel, long at, int size) throws IOException {
    var bytes = ByteBuffer.allocate(size);
    while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
      // A read may give less than there is.
    }
    return bytes.flip().limit(size);
  }

  private static void write(FileChannel channel, long at, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes, at + bytes.position());
    }
  }

  @Override
  public void close() throws IOException {
    if (pages != null) {
      pages.close();
    }
  }
}
