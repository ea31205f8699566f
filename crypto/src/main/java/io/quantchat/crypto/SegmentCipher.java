package io.quantchat.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM over the segments of one sealed file, in their order. A segment's nonce is {@code
 * prefix(7) ‖ its number(4) ‖ 1 where it is the last, else 0}: one that is elsewhere, or ends a
 * file that went on, doesn't open.
 *
 * <p>The JDK's cipher, which is many times faster than one in Java alone.
 */
final class SegmentCipher {

  private static final int TAG_BITS = Aes256Gcm.TAG_SIZE * Byte.SIZE;

  private final int mode;
  private final Cipher cipher;
  private final SecretKeySpec key;
  private final ByteBuffer nonce;
  private int segment;

  private SegmentCipher(int mode, FileKey key, byte[] header) {
    this.mode = mode;
    int end = 1 + FileForm.SALT;
    try (Secret contentKey = key.contentKey(Arrays.copyOfRange(header, 1, end))) {
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
      this.key = new SecretKeySpec(contentKey.bytes(), "AES");
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
    this.nonce = ByteBuffer.allocate(Aes256Gcm.NONCE_SIZE).put(header, end, FileForm.PREFIX);
  }

  /**
   * @param header whose salt no other file of this key has
   */
  static SegmentCipher sealing(FileKey key, byte[] header) {
    return new SegmentCipher(Cipher.ENCRYPT_MODE, key, header);
  }

  static SegmentCipher opening(FileKey key, byte[] header) {
    return new SegmentCipher(Cipher.DECRYPT_MODE, key, header);
  }

  /**
   * Seals or opens the next segment.
   *
   * @param size bytes of {@code from} that are the segment
   * @param to nothing is in it where the segment is refused
   * @return bytes that were written
   * @throws RefusedException WRONG_CONTENT where key, place, or any byte isn't the one of sealing
   */
  int next(byte[] from, int size, boolean isLast, byte[] to) {
    nonce.putInt(FileForm.PREFIX, segment++).put(Aes256Gcm.NONCE_SIZE - 1, (byte) (isLast ? 1 : 0));
    try {
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce.array()));
      return cipher.doFinal(from, 0, size, to, 0);
    } catch (AEADBadTagException forged) {
      throw new RefusedException(Refusal.WRONG_CONTENT, FileForm.SEALED_FIELD);
    } catch (GeneralSecurityException notWithTheseSizes) {
      throw new IllegalStateException(notWithTheseSizes);
    }
  }
}
