package io.quantchat.crypto;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * Passes on what is written, and makes the hashes of it that an upload is asked for with: SHA-256
 * of the whole, and of each part of 8 MiB. They are of what was written so far.
 */
public final class UploadHashes extends FilterOutputStream {

  /** Bytes of each part but the last. */
  public static final int PART_SIZE = 8 << 20;

  private final MessageDigest whole = newSha256();
  private final MessageDigest part = newSha256();
  private final List<byte[]> parts = new ArrayList<>();
  private long size;

  public UploadHashes(OutputStream to) {
    super(to);
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    whole.update(bytes, offset, length);
    int done = 0;
    while (done < length) {
      int more = Math.min(length - done, PART_SIZE - (int) (size % PART_SIZE));
      part.update(bytes, offset + done, more);
      done += more;
      size += more;
      if (size % PART_SIZE == 0) {
        parts.add(part.digest());
      }
    }
  }

  /** Bytes. */
  public long size() {
    return size;
  }

  /** SHA-256 of all. */
  public byte[] sha256() {
    return soFar(whole);
  }

  /** SHA-256 of each part; the last one may be shorter. */
  public List<byte[]> parts() {
    var all = new ArrayList<>(parts);
    if (size % PART_SIZE != 0) {
      all.add(soFar(part));
    }
    return List.copyOf(all);
  }

  private static byte[] soFar(MessageDigest digest) {
    try {
      return ((MessageDigest) digest.clone()).digest();
    } catch (CloneNotSupportedException everySha256CanBe) {
      throw new IllegalStateException(everySha256CanBe);
    }
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }
}
