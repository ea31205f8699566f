package io.quantchat.client.accountfile;

import io.quantchat.client.store.PassphraseKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM of one segment after the other. A segment opens only in its own place, as the last
 * one or not, and behind its own header.
 */
final class SegmentCipher {

  /** Bytes of plaintext in each segment but the last, which has 1 to as many. */
  static final int SEGMENT = 65_536;

  static final int TAG = 16;

  private static final int KEY_SIZE = 32;
  private static final int NONCE_SIZE = 12;
  private static final int ZEROS = 7;

  private final SecretKeySpec key;
  private final byte[] header;
  private int next;

  SegmentCipher(Header header, char[] passphrase) {
    byte[] derived = PassphraseKey.derive(passphrase, header.salt(), header.cost(), KEY_SIZE);
    this.key = new SecretKeySpec(derived, "AES");
    Arrays.fill(derived, (byte) 0);
    this.header = header.bytes();
  }

  byte[] seal(byte[] plain, int length, boolean isLast) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, isLast).doFinal(plain, 0, length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no AES-GCM.", e);
    }
  }

  byte[] open(byte[] sealed, boolean isLast) {
    boolean isFirst = next == 0;
    try {
      return cipher(Cipher.DECRYPT_MODE, isLast).doFinal(sealed);
    } catch (AEADBadTagException e) {
      throw isFirst ? Refusals.beginning(e) : Refusals.damaged(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java has no AES-GCM.", e);
    }
  }

  private Cipher cipher(int mode, boolean isLast) throws GeneralSecurityException {
    byte[] nonce =
        ByteBuffer.allocate(NONCE_SIZE)
            .position(ZEROS)
            .putInt(next)
            .put((byte) (isLast ? 1 : 0))
            .array();
    next = Math.incrementExact(next);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
    cipher.updateAAD(header);
    return cipher;
  }
}
