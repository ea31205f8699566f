package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Consumer;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeysTest {

  private static final SecureRandom RANDOM = new ScriptedRandom("keys");
  private static final byte[] MESSAGE = {1, 2, 3};

  @ParameterizedTest
  @EnumSource(KeyAlgorithm.class)
  void aPublicKeyOfAnotherSizeIsNone(KeyAlgorithm algorithm) {
    byte[] key = publicKey(algorithm).encoded();

    assertRefused(algorithm::publicKey, Arrays.copyOf(key, key.length - 1), Refusal.TRUNCATED);
    assertRefused(algorithm::publicKey, Arrays.copyOf(key, key.length + 1), Refusal.EXTENDED);
    assertRefused(algorithm::publicKey, new byte[0], Refusal.TRUNCATED);
    assertThat(algorithm.publicKey(key)).isEqualTo(publicKey(algorithm));
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyAlgorithm.class,
      names = {"ECDSA_P256", "ECDH_P256"})
  void whatIsNoPointOfTheCurveIsNoKey(KeyAlgorithm algorithm) {
    byte[] key = publicKey(algorithm).encoded();

    for (int bit = 0; bit < key.length * Byte.SIZE; bit++) {
      assertRefused(algorithm::publicKey, Flips.flipped(key, bit), Refusal.INVALID_KEY);
    }
    assertRefused(algorithm::publicKey, new byte[key.length], Refusal.INVALID_KEY);
    byte[] hybrid = key.clone();
    hybrid[0] = (byte) (6 + (key[64] & 1));
    assertRefused(algorithm::publicKey, hybrid, Refusal.INVALID_KEY);
  }

  /** FIPS 203 §7.2: what does not come out of decoding and encoding as it went in. */
  @Test
  void aKemKeyWithACoefficientNotBelowTheModulusIsNoKey() {
    byte[] key = publicKey(KeyAlgorithm.ML_KEM_768).encoded();
    for (int at = 0; at < 1152; at += 3) {
      byte[] first = key.clone();
      first[at] = (byte) (3329 & 0xff);
      first[at + 1] = (byte) ((first[at + 1] & 0xf0) | 3329 >> 8);
      byte[] second = key.clone();
      second[at + 1] = (byte) (second[at + 1] | 0xf0);
      second[at + 2] = (byte) 0xff;

      assertRefused(KeyAlgorithm.ML_KEM_768::publicKey, first, Refusal.INVALID_KEY);
      assertRefused(KeyAlgorithm.ML_KEM_768::publicKey, second, Refusal.INVALID_KEY);
    }
  }

  @Test
  void aScalarOutOfRangeIsNoKey() {
    byte[] order = P256.CURVE.getN().toByteArray();
    byte[] n = Arrays.copyOfRange(order, order.length - 32, order.length);
    byte[] largest = n.clone();
    largest[31]--;

    for (byte[] bad : new byte[][] {new byte[32], n, filled(32)}) {
      assertRefused(bytes -> EcdhPrivateKey.of(Secret.owning(bytes)), bad, Refusal.INVALID_KEY);
      assertRefused(bytes -> EcdsaPrivateKey.of(Secret.owning(bytes)), bad, Refusal.INVALID_KEY);
    }
    assertRefused(
        bytes -> EcdhPrivateKey.of(Secret.owning(bytes)), new byte[31], Refusal.TRUNCATED);
    assertThat(EcdhPrivateKey.of(Secret.owning(largest)).publicKey()).isNotNull();
  }

  @Test
  void aSeedOfAnotherSizeIsNoKey() {
    assertRefused(
        bytes -> MlKemPrivateKey.of(Secret.owning(bytes)), new byte[63], Refusal.TRUNCATED);
    assertRefused(
        bytes -> MlKemPrivateKey.of(Secret.owning(bytes)), new byte[65], Refusal.EXTENDED);
    assertRefused(
        bytes -> MlDsaPrivateKey.of(Secret.owning(bytes)), new byte[31], Refusal.TRUNCATED);
    assertRefused(
        bytes -> MlDsaPrivateKey.of(Secret.owning(bytes)), new byte[33], Refusal.EXTENDED);
  }

  @Test
  void aPrivateKeyComesBackFromWhatItIsKeptAs() {
    try (IdentityKeys identity = IdentityKeys.generate(RANDOM);
        OneTimeKeys pair = OneTimeKeys.generate(RANDOM)) {
      assertThat(EcdsaPrivateKey.of(identity.ecdsa().toSecret()).publicKey())
          .isEqualTo(identity.ecdsa().publicKey());
      assertThat(MlDsaPrivateKey.of(identity.mlDsa().toSecret()).publicKey())
          .isEqualTo(identity.mlDsa().publicKey());
      assertThat(EcdhPrivateKey.of(pair.ecdh().toSecret()).publicKey())
          .isEqualTo(pair.ecdh().publicKey());
      assertThat(MlKemPrivateKey.of(pair.mlKem().toSecret()).publicKey())
          .isEqualTo(pair.mlKem().publicKey());
    }
  }

  @Test
  void aClosedKeyGivesNothingAway() {
    IdentityKeys identity = IdentityKeys.generate(RANDOM);
    OneTimeKeys pair = OneTimeKeys.generate(RANDOM);
    identity.close();
    pair.close();

    assertThatThrownBy(identity.ecdsa()::toSecret).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(identity.mlDsa()::toSecret).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(pair.ecdh()::toSecret).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(pair.mlKem()::toSecret).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aSecretIsWipedAndNeverShown() {
    byte[] bytes = {1, 2, 3};
    Secret secret = Secret.owning(bytes);

    assertThat(secret).hasToString("Secret").isEqualTo(Secret.copyOf(new byte[] {1, 2, 3}));
    secret.close();

    assertThat(bytes).containsOnly(0);
    assertThatThrownBy(secret::bytes).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @EnumSource(SignatureAlgorithm.class)
  void aSignatureIsOfItsMessageAndItsKeyOnly(SignatureAlgorithm algorithm) {
    try (IdentityKeys ann = IdentityKeys.generate(RANDOM);
        IdentityKeys ben = IdentityKeys.generate(RANDOM)) {
      byte[] signature = ann.key(algorithm).sign(MESSAGE, RANDOM);
      VerifyingKey key = ann.identity().key(algorithm);

      assertThat(signature).hasSize(algorithm.signatureSize());
      assertThat(key.verifies(MESSAGE, signature)).isTrue();
      assertThat(key.verifies(new byte[] {1, 2, 4}, signature)).isFalse();
      assertThat(ben.identity().key(algorithm).verifies(MESSAGE, signature)).isFalse();
      assertThat(key.verifies(MESSAGE, Arrays.copyOf(signature, signature.length - 1))).isFalse();
      assertThat(key.verifies(MESSAGE, Arrays.copyOf(signature, signature.length + 1))).isFalse();
    }
  }

  /**
   * The second signature of each, which anybody can make: what is known by its bytes isn't safe.
   */
  @Test
  void aClassicalSignatureIsGoodWithHighSAndWithLow() {
    BigInteger order = P256.CURVE.getN();
    try (IdentityKeys ann = IdentityKeys.generate(RANDOM)) {
      EcdsaPublicKey key = ann.identity().ecdsa();
      byte[] signature = ann.ecdsa().sign(MESSAGE, RANDOM);
      BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));

      assertThat(key.verifies(MESSAGE, withS(signature, order.subtract(s)))).isTrue();
      assertThat(key.verifies(MESSAGE, withS(signature, s))).isTrue();
      assertThat(key.verifies(MESSAGE, withS(signature, BigInteger.ZERO))).isFalse();
      assertThat(key.verifies(MESSAGE, withS(signature, order))).isFalse();
      assertThat(key.verifies(MESSAGE, withS(signature, order.subtract(s).add(BigInteger.ONE))))
          .isFalse();
    }
  }

  private static byte[] withS(byte[] signature, BigInteger s) {
    byte[] changed = signature.clone();
    BigIntegers.asUnsignedByteArray(s, changed, 32, 32);
    return changed;
  }

  @Test
  void latticeSignaturesAreHedgedAndClassicalOnesNeedNoRandomness() {
    try (IdentityKeys keys = IdentityKeys.generate(RANDOM)) {
      assertThat(keys.mlDsa().sign(MESSAGE, new ScriptedRandom("a")))
          .isNotEqualTo(keys.mlDsa().sign(MESSAGE, new ScriptedRandom("b")));
      assertThat(keys.ecdsa().sign(MESSAGE, new ScriptedRandom("a")))
          .isEqualTo(keys.ecdsa().sign(MESSAGE, new ScriptedRandom("b")));
    }
  }

  private static PublicKey publicKey(KeyAlgorithm algorithm) {
    SecureRandom random = new ScriptedRandom("public");
    return switch (algorithm) {
      case ECDSA_P256 -> EcdsaPrivateKey.generate(random).publicKey();
      case ML_DSA_65 -> MlDsaPrivateKey.generate(random).publicKey();
      case ECDH_P256 -> EcdhPrivateKey.generate(random).publicKey();
      case ML_KEM_768 -> MlKemPrivateKey.generate(random).publicKey();
    };
  }

  private static byte[] filled(int size) {
    var bytes = new byte[size];
    Arrays.fill(bytes, (byte) 0xff);
    return bytes;
  }

  private static void assertRefused(Consumer<byte[]> reader, byte[] bytes, Refusal refusal) {
    assertThat(Messages.refusalBy(() -> reader.accept(bytes))).isEqualTo(refusal);
  }
}
