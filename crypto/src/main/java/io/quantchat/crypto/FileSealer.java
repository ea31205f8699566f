package io.quantchat.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Seals files, in memory that doesn't grow with them. The package's description has the form.
 *
 * <p>Each sealing takes a salt of its own: no key sees a nonce twice, also where the same file, or
 * one that has changed meanwhile, is sealed again under the same {@link FileKey}. So what was
 * sealed is kept until it was uploaded: sealed again it is other bytes.
 */
public final class FileSealer {

  /** Bytes of the largest file. */
  public static final long MOST_SIZE = FileForm.MOST_SIZE;

  private final SecureRandom random;

  public FileSealer(SecureRandom random) {
    this.random = random;
  }

  /**
   * Bytes that a file of a size has when it is sealed, zeros included.
   *
   * @throws RefusedException TRUNCATED below 0, EXTENDED above {@link #MOST_SIZE}
   */
  public static long sealedSize(long size) {
    return FileForm.sealedSize(size);
  }

  /**
   * Seals a file to its end, in pieces of 64 KiB. Neither stream is closed.
   *
   * @param sealed such as {@link UploadHashes}
   * @return bytes of the file: {@code sealed} has {@link #sealedSize} of them
   * @throws RefusedException EXTENDED as soon as the file is larger than {@link #MOST_SIZE}: what
   *     was written by then is of no use
   */
  public long seal(FileKey key, InputStream file, OutputStream sealed) throws IOException {
    var header = new byte[FileForm.HEADER];
    random.nextBytes(header);
    header[0] = FileForm.HEADER;
    SegmentCipher cipher = SegmentCipher.sealing(key, header);
    var plain = new byte[FileForm.SEGMENT];
    var segment = new byte[FileForm.SEGMENT];
    var padded = new PaddedFile(file);
    try {
      sealed.write(header);
      for (int number = 0; !padded.isOver(); number++) {
        int filled = padded.read(plain, FileForm.capacity(number));
        sealed.write(segment, 0, cipher.next(plain, filled, padded.isOver(), segment));
      }
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
    return padded.size();
  }
}
