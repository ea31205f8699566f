package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** Files that are sealed and opened in memory, here and by Tink. */
final class SealedFiles {

  static final FileKey KEY = FileKey.generate(new ScriptedRandom("file key"));

  private static final byte[] ASSOCIATED = "QuantChat file 1".getBytes(StandardCharsets.US_ASCII);

  private SealedFiles() {}

  /** Byte i is i modulo 251. */
  static byte[] counting(int size) {
    var file = new byte[size];
    for (int i = 0; i < size; i++) {
      file[i] = (byte) (i % 251);
    }
    return file;
  }

  static byte[] seal(byte[] file) {
    return seal(file, "file");
  }

  /**
   * @param randomness the same name gives the same salt
   */
  static byte[] seal(byte[] file, String randomness) {
    var sealed = new ByteArrayOutputStream();
    try {
      long size =
          new FileSealer(new ScriptedRandom(randomness))
              .seal(KEY, new ByteArrayInputStream(file), sealed);
      assertThat(size).isEqualTo(file.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sealed.toByteArray();
  }

  static byte[] open(byte[] sealed, long size) {
    var file = new ByteArrayOutputStream();
    open(sealed, size, file);
    return file.toByteArray();
  }

  static void open(byte[] sealed, long size, OutputStream file) {
    try {
      new FileOpener(KEY, size).open(new ByteArrayInputStream(sealed), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Without any padding: Tink knows of none. */
  static byte[] sealByTink(byte[] padded) throws GeneralSecurityException, IOException {
    var sealed = new ByteArrayOutputStream();
    try (OutputStream plain = tink().newEncryptingStream(sealed, ASSOCIATED)) {
      plain.write(padded);
    }
    return sealed.toByteArray();
  }

  /** With what stands behind the file. */
  static byte[] openByTink(byte[] sealed) throws GeneralSecurityException, IOException {
    return tink().newDecryptingStream(new ByteArrayInputStream(sealed), ASSOCIATED).readAllBytes();
  }

  static byte[] padded(byte[] file) {
    return Arrays.copyOf(file, (int) FileForm.paddedSize(file.length));
  }

  private static AesGcmHkdfStreaming tink() throws GeneralSecurityException {
    try (Secret key = KEY.toSecret()) {
      return new AesGcmHkdfStreaming(key.bytes().clone(), "HmacSha256", 32, 65_536, 0);
    }
  }
}
