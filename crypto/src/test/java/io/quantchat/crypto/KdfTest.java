package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KdfTest {

  @Test
  void hkdfWithSha3GivesTheValueThatTwoOtherLibrariesAgreeOn() {
    assertThat(derive(Kdf.HKDF_SHA3_256, range(0, 32), "salt", "info", 44))
        .isEqualTo(
            "dd0b91a62901bc2e8f77230f1013a0ea1e524e213ee2c896b01439f9"
                + "860ac850473d26d710b332b3b5125ce7");
  }

  /** RFC 5869, appendix A.1. */
  @Test
  void hkdfWithSha256GivesTheRfcsValue() {
    byte[] ikm = new byte[22];
    Arrays.fill(ikm, (byte) 0x0b);
    String salt = new String(range(0, 13), StandardCharsets.ISO_8859_1);
    String info = new String(range(0xf0, 10), StandardCharsets.ISO_8859_1);

    assertThat(derive(Kdf.HKDF_SHA256, ikm, salt, info, 42))
        .isEqualTo(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
                + "34007208d5b887185865");
  }

  @Test
  void moreThan255BlocksAreNotGiven() {
    assertThatThrownBy(() -> derive(Kdf.HKDF_SHA256, range(0, 32), "", "", 255 * 32 + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String derive(Kdf kdf, byte[] ikm, String salt, String info, int size) {
    try (Secret material = Secret.owning(ikm);
        Secret prk = kdf.extract(salt.getBytes(StandardCharsets.ISO_8859_1), material);
        Secret output = kdf.expand(prk, info.getBytes(StandardCharsets.ISO_8859_1), size)) {
      return HexFormat.of().formatHex(output.bytes());
    }
  }

  private static byte[] range(int first, int count) {
    var bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (first + i);
    }
    return bytes;
  }
}
