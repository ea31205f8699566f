package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.bouncycastle.util.BigIntegers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Wycheproof's files through this module's types. Where they hold what a type doesn't take by
 * design (other key sizes, compressed points, contexts), it must refuse it: nothing is passed over.
 */
class WycheproofTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] NONE = {};

  private static Path vectors;

  @BeforeAll
  static void vectorsAreWhereThePropertySays() {
    String folder = System.getProperty("quantchat.vectors", "");
    if (folder.isEmpty()) {
      System.out.println(
          "Wycheproof: skipped. Run with -Dquantchat.vectors=FOLDER, from the project's root.");
    }
    assumeTrue(!folder.isEmpty(), "No -Dquantchat.vectors=FOLDER");
    vectors = Path.of(System.getProperty("quantchat.root")).resolve(folder);
  }

  @Test
  void aesGcmWithNoncesOf96BitsAndKeysOf256() throws IOException {
    run("aes_gcm", 250, WycheproofTest::aesGcm);
  }

  @Test
  void ecdhOverP256WithUncompressedPoints() throws IOException {
    run("ecdh_secp256r1_ecpoint", 1, WycheproofTest::ecdh);
  }

  @Test
  void ecdsaOverP256() throws IOException {
    run("ecdsa_secp256r1_sha256_p1363", 0, WycheproofTest::ecdsa);
  }

  @Test
  void hkdfWithSha256() throws IOException {
    run("hkdf_sha256", 0, WycheproofTest::hkdf);
  }

  @Test
  void mlDsa65WithTheEmptyContext() throws IOException {
    run("mldsa_65_verify", 2, WycheproofTest::mlDsa);
  }

  @Test
  void mlKem768FromSeeds() throws IOException {
    run("mlkem_768", 0, WycheproofTest::mlKem);
  }

  @Test
  void noFileIsPassedOver() throws IOException {
    try (Stream<Path> files = Files.list(vectors)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.startsWith("wycheproof_"))
          .containsExactlyInAnyOrder(
              "wycheproof_aes_gcm_test.json",
              "wycheproof_ecdh_secp256r1_ecpoint_test.json",
              "wycheproof_ecdsa_secp256r1_sha256_p1363_test.json",
              "wycheproof_hkdf_sha256_test.json",
              "wycheproof_mldsa_65_verify_test.json",
              "wycheproof_mlkem_768_test.json");
    }
  }

  /**
   * Each case says what was to come out, and whether it did.
   *
   * @param expectedByDesign how many are of a kind that the type doesn't take
   */
  private static void run(
      String name, int expectedByDesign, BiFunction<JsonNode, JsonNode, Outcome> test)
      throws IOException {
    Path file = vectors.resolve("wycheproof_" + name + "_test.json");
    JsonNode root = JSON.readTree(Files.readString(file));
    int passed = 0;
    int refusedByDesign = 0;
    for (JsonNode group : root.path("testGroups")) {
      for (JsonNode one : group.path("tests")) {
        Outcome outcome = test.apply(group, one);
        assertThat(outcome).as("%s, test %s", name, one.path("tcId")).isNotEqualTo(Outcome.WRONG);
        passed++;
        refusedByDesign += outcome == Outcome.REFUSED_BY_DESIGN ? 1 : 0;
      }
    }
    System.out.printf(
        "Wycheproof %s: %d passed, of which %d are refused by design%n",
        name, passed, refusedByDesign);
    assertThat(passed).isPositive().isEqualTo(root.path("numberOfTests").asInt());
    assertThat(refusedByDesign).as("%s, refused by design", name).isEqualTo(expectedByDesign);
  }

  private enum Outcome {
    RIGHT,
    /** Good input of a kind that the type doesn't take, and didn't. */
    REFUSED_BY_DESIGN,
    WRONG;

    static Outcome of(boolean right) {
      return right ? RIGHT : WRONG;
    }

    static Outcome ofRefusal(boolean refused) {
      return refused ? REFUSED_BY_DESIGN : WRONG;
    }
  }

  private static Outcome aesGcm(JsonNode group, JsonNode one) {
    byte[] nonce = hex(one, "iv");
    byte[] sealed = concatenated(hex(one, "ct"), hex(one, "tag"));
    byte[] text = hex(one, "msg");
    byte[] associated = hex(one, "aad");
    try (Secret key = Secret.owning(hex(one, "key"))) {
      if (group.path("keySize").asInt() != 256 || group.path("ivSize").asInt() != 96) {
        return Outcome.ofRefusal(
            isRefused(() -> Aes256Gcm.open(key, nonce, sealed, associated))
                && isRefused(() -> Aes256Gcm.seal(key, nonce, text, associated)));
      }
      Optional<Secret> opened = Aes256Gcm.open(key, nonce, sealed, associated);
      return isValid(one)
          ? Outcome.of(
              opened.equals(Optional.of(Secret.copyOf(text)))
                  && same(Aes256Gcm.seal(key, nonce, text, associated), sealed))
          : Outcome.of(opened.isEmpty());
    }
  }

  private static Outcome ecdh(JsonNode group, JsonNode one) {
    byte[] point = hex(one, "public");
    if (!isValid(one) || point.length != P256.POINT_SIZE) {
      boolean refused = isRefused(() -> new EcdhPublicKey(point));
      return one.path("result").asText().equals("invalid")
          ? Outcome.of(refused)
          : Outcome.ofRefusal(refused);
    }
    // The file writes scalars as DER integers do: without zeros in front, or with one.
    var scalar = new BigInteger(1, hex(one, "private"));
    try (EcdhPrivateKey key =
            EcdhPrivateKey.of(
                Secret.owning(BigIntegers.asUnsignedByteArray(P256.SCALAR_SIZE, scalar)));
        Secret shared = key.agree(new EcdhPublicKey(point))) {
      return Outcome.of(same(shared.bytes(), hex(one, "shared")));
    }
  }

  private static Outcome ecdsa(JsonNode group, JsonNode one) {
    var key = new EcdsaPublicKey(hex(group.path("publicKey"), "uncompressed"));
    return Outcome.of(key.verifies(hex(one, "msg"), hex(one, "sig")) == isValid(one));
  }

  private static Outcome hkdf(JsonNode group, JsonNode one) {
    int size = one.path("size").asInt();
    try (Secret ikm = Secret.owning(hex(one, "ikm"));
        Secret prk = Kdf.HKDF_SHA256.extract(hex(one, "salt"), ikm)) {
      if (!isValid(one)) {
        return Outcome.of(size > Kdf.LONGEST_OUTPUT && isRefused(() -> expand(prk, one, size)));
      }
      return Outcome.of(same(expand(prk, one, size), hex(one, "okm")));
    }
  }

  private static byte[] expand(Secret prk, JsonNode one, int size) {
    return Kdf.HKDF_SHA256.expand(prk, hex(one, "info"), size).bytes();
  }

  private static Outcome mlDsa(JsonNode group, JsonNode one) {
    byte[] encoded = hex(group, "publicKey");
    if (encoded.length != MlDsaPublicKey.SIZE) {
      return Outcome.of(!isValid(one) && isRefused(() -> new MlDsaPublicKey(encoded)));
    }
    boolean verified = new MlDsaPublicKey(encoded).verifies(hex(one, "msg"), hex(one, "sig"));
    boolean hasContext = hex(one, "ctx").length > 0;
    return isValid(one) && hasContext
        ? Outcome.ofRefusal(!verified)
        : Outcome.of(verified == isValid(one));
  }

  private static Outcome mlKem(JsonNode group, JsonNode one) {
    byte[] seed = hex(one, "seed");
    if (seed.length != MlKemPrivateKey.SEED_SIZE) {
      return Outcome.of(!isValid(one) && isRefused(() -> MlKemPrivateKey.of(Secret.owning(seed))));
    }
    try (MlKemPrivateKey key = MlKemPrivateKey.of(Secret.owning(seed))) {
      byte[] ciphertext = hex(one, "c");
      boolean sameKey = same(key.publicKey().encoded(), hex(one, "ek"));
      if (!isValid(one)) {
        return Outcome.of(sameKey && isRefused(() -> key.decapsulate(ciphertext)));
      }
      try (Secret shared = key.decapsulate(ciphertext)) {
        return Outcome.of(sameKey && same(shared.bytes(), hex(one, "K")));
      }
    }
  }

  private static boolean isRefused(Runnable action) {
    try {
      action.run();
      return false;
    } catch (RefusedException | IllegalArgumentException refused) {
      return true;
    }
  }

  private static boolean isValid(JsonNode one) {
    return one.path("result").asText().equals("valid");
  }

  private static boolean same(byte[] one, byte[] other) {
    return Arrays.equals(one, other);
  }

  private static byte[] hex(JsonNode node, String name) {
    return node.has(name) ? HexFormat.of().parseHex(node.path(name).asText()) : NONE;
  }

  private static byte[] concatenated(byte[] one, byte[] other) {
    return org.bouncycastle.util.Arrays.concatenate(one, other);
  }
}
