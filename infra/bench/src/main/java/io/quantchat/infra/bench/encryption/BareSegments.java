package io.quantchat.infra.bench.encryption;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM of the JDK over a file in pieces of 64 KiB, and nothing around it. */
final class BareSegments {

  private static final int PIECE = 64 * 1024;
  private static final int TAG = 16;
  private static final int NONCE = 12;

  private final byte[] file;
  private final byte[][] sealed;
  private final byte[] result = new byte[PIECE + TAG];
  private final SecretKeySpec key;
  private final Cipher cipher;

  /**
   * @param file a multiple of 64 KiB
   */
  BareSegments(byte[] file, byte[] key) {
    this.file = file;
    this.sealed = new byte[file.length / PIECE][PIECE + TAG];
    this.key = new SecretKeySpec(key, "AES");
    try {
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
    for (int piece = 0; piece < sealed.length; piece++) {
      run(Cipher.ENCRYPT_MODE, piece, file, piece * PIECE, PIECE, sealed[piece]);
    }
  }

  /** Each piece into the same memory, as a stream would. */
  void seal() {
    for (int piece = 0; piece < sealed.length; piece++) {
      run(Cipher.ENCRYPT_MODE, piece, file, piece * PIECE, PIECE, result);
    }
  }

  void open() {
    for (int piece = 0; piece < sealed.length; piece++) {
      run(Cipher.DECRYPT_MODE, piece, sealed[piece], 0, PIECE + TAG, result);
    }
  }

  private void run(int mode, int piece, byte[] from, int offset, int length, byte[] to) {
    byte[] nonce = ByteBuffer.allocate(NONCE).putInt(piece).array();
    try {
      cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
      cipher.doFinal(from, offset, length, to, 0);
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
