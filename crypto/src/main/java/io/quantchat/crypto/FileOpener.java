package io.quantchat.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Opens a file that {@link FileSealer} has sealed, in memory that doesn't grow with it.
 *
 * <p>Each segment is handed out only once it authenticated. Its place is part of that, and whether
 * it is the last: one that is cut off, swapped, repeated or another file's is refused, and nothing
 * that follows it is handed out.
 */
public final class FileOpener {

  private static final byte[] ZEROS = new byte[FileForm.SEGMENT];

  private final FileKey key;
  private final long size;

  /**
   * @param size bytes of the file, as the message says
   * @throws RefusedException TRUNCATED below 0, EXTENDED above {@link FileSealer#MOST_SIZE}
   */
  public FileOpener(FileKey key, long size) {
    FileForm.paddedSize(size);
    this.key = key;
    this.size = size;
  }

  /**
   * Opens a file, in pieces of 64 KiB. Neither stream is closed. No more is read than the file has
   * when it is sealed, and one byte to see that nothing follows.
   *
   * <p>Until this returns, nothing that was written may be shown, opened or kept under the file's
   * name: the end isn't authenticated before. Where it throws, what was written is thrown away.
   *
   * @param file gets exactly the file, without its zeros
   * @throws RefusedException WRONG_CONTENT, MALFORMED (header or zeros), TRUNCATED or EXTENDED for
   *     what is not the file that was sealed under this key
   */
  public void open(InputStream sealed, OutputStream file) throws IOException {
    var header = new byte[FileForm.HEADER];
    read(sealed, header, header.length);
    RefusedException.require(
        header[0] == FileForm.HEADER, Refusal.MALFORMED, FileForm.SEALED_FIELD);
    SegmentCipher cipher = SegmentCipher.opening(key, header);
    int most = (int) Math.min(FileForm.SEGMENT, FileForm.sealedSize(size));
    var segment = new byte[most];
    var plain = new byte[most];
    long ahead = FileForm.paddedSize(size);
    long left = size;
    try {
      for (int number = 0; ahead > 0; number++) {
        int padded = (int) Math.min(ahead, FileForm.capacity(number));
        ahead -= padded;
        read(sealed, segment, padded + Aes256Gcm.TAG_SIZE);
        RefusedException.require(
            ahead > 0 || sealed.read() < 0, Refusal.EXTENDED, FileForm.SEALED_FIELD);
        cipher.next(segment, padded + Aes256Gcm.TAG_SIZE, ahead == 0, plain);
        int held = (int) Math.min(left, padded);
        requireZeros(plain, held, padded);
        file.write(plain, 0, held);
        left -= held;
      }
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static void read(InputStream from, byte[] to, int size) throws IOException {
    RefusedException.require(
        from.readNBytes(to, 0, size) == size, Refusal.TRUNCATED, FileForm.SEALED_FIELD);
  }

  private static void requireZeros(byte[] bytes, int from, int to) {
    RefusedException.require(
        Arrays.equals(bytes, from, to, ZEROS, 0, to - from),
        Refusal.MALFORMED,
        FileForm.SEALED_FIELD);
  }
}
