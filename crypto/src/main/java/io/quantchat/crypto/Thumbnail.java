package io.quantchat.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A small picture that is shown in place of a file: JPEG or PNG, by its first bytes. What follows
 * them isn't looked at.
 *
 * @param bytes not a copy; at most {@value #MOST}, those of a message together
 */
public record Thumbnail(byte[] bytes) {

  public static final int MOST = 16 * 1024;

  private static final List<byte[]> BEGINNINGS =
      List.of(HexFormat.of().parseHex("ffd8ff"), HexFormat.of().parseHex("89504e470d0a1a0a"));
  private static final String FIELD = FilesForm.FIELD + ".thumbnail";

  /**
   * @throws RefusedException EXTENDED or MALFORMED
   */
  public Thumbnail {
    RefusedException.requireSize(FIELD, bytes.length, 0, MOST);
    RefusedException.require(
        BEGINNINGS.stream().anyMatch(beginning -> beginsWith(bytes, beginning)),
        Refusal.MALFORMED,
        FIELD);
  }

  private static boolean beginsWith(byte[] bytes, byte[] beginning) {
    return Arrays.mismatch(bytes, beginning) == beginning.length || Arrays.equals(bytes, beginning);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Thumbnail thumbnail && Arrays.equals(bytes, thumbnail.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Never what is inside. */
  @Override
  public String toString() {
    return "Thumbnail";
  }
}
