package io.quantchat.infra.bench.encryption;

import io.quantchat.client.store.Argon2Cost;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.crypto.agreement.ECDHBasicAgreement;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The library's own primitives, called as its examples call them, with keys that are ready. For
 * JMH; {@link Primitive} says what each method is.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Primitives {

  private static final ECDomainParameters P256 =
      new ECDomainParameters(CustomNamedCurves.getByName("P-256"));

  /** Bytes of what is signed of a message, about. */
  private static final int SIGNED = 400;

  /** Bytes of a short message, padded. */
  private static final int PADDED = 256;

  private static final int HASH = 32;
  private static final int SEED = 64;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int ROUND = 128;

  private final SecureRandom random = new SecureRandom();
  private final byte[] signed = bytes(SIGNED);
  private final byte[] hash = bytes(HASH);
  private final byte[] padded = bytes(PADDED);
  private final byte[] key = bytes(HASH);
  private final byte[] nonce = bytes(NONCE);
  private final byte[] round = bytes(ROUND);

  private final ECKeyPairGenerator p256Keys = new ECKeyPairGenerator();
  private AsymmetricCipherKeyPair p256;
  private byte[] otherPoint;
  private BigInteger[] ecdsaSignature;
  private MLKEMPrivateKeyParameters mlKem;
  private MLKEMPublicKeyParameters mlKemPublic;
  private byte[] ciphertext;
  private MLDSAPrivateKeyParameters mlDsa;
  private MLDSAPublicKeyParameters mlDsaPublic;
  private byte[] mlDsaSignature;

  /** The keys, and something to verify and to decapsulate. */
  @Setup
  public void prepare() throws CryptoException {
    p256Keys.init(new ECKeyGenerationParameters(P256, random));
    p256 = p256Keys.generateKeyPair();
    otherPoint = encoded(p256Keys.generateKeyPair());
    ecdsaSignature = ecdsaSign();
    mlKem = mlKemKey();
    mlKemPublic = mlKem.getPublicKeyParameters();
    ciphertext = mlKemEncapsulate().getEncapsulation();
    mlDsa = new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, bytes(HASH));
    mlDsaPublic = mlDsa.getPublicKeyParameters();
    mlDsaSignature = mlDsaSign();
  }

  @Benchmark
  public byte[] p256Key() {
    return encoded(p256Keys.generateKeyPair());
  }

  /** The point comes as bytes, as it does in a message. */
  @Benchmark
  public BigInteger p256Agree() {
    var agreement = new ECDHBasicAgreement();
    agreement.init(p256.getPrivate());
    return agreement.calculateAgreement(
        new ECPublicKeyParameters(P256.getCurve().decodePoint(otherPoint), P256));
  }

  @Benchmark
  public BigInteger[] ecdsaSign() {
    var signer = new ECDSASigner(new HMacDSAKCalculator(SHA256Digest.newInstance()));
    signer.init(true, p256.getPrivate());
    return signer.generateSignature(hash);
  }

  @Benchmark
  public boolean ecdsaVerify() {
    var verifier = new ECDSASigner();
    verifier.init(false, p256.getPublic());
    return verifier.verifySignature(hash, ecdsaSignature[0], ecdsaSignature[1]);
  }

  @Benchmark
  public MLKEMPrivateKeyParameters mlKemKey() {
    return new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, bytes(SEED));
  }

  @Benchmark
  public SecretWithEncapsulation mlKemEncapsulate() {
    return new MLKEMGenerator(random).generateEncapsulated(mlKemPublic);
  }

  @Benchmark
  public byte[] mlKemDecapsulate() {
    return new MLKEMExtractor(mlKem).extractSecret(ciphertext);
  }

  @Benchmark
  public byte[] mlDsaSign() throws CryptoException {
    var signer = new MLDSASigner();
    signer.init(true, new ParametersWithRandom(mlDsa, random));
    signer.update(signed, 0, signed.length);
    return signer.generateSignature();
  }

  @Benchmark
  public boolean mlDsaVerify() {
    var verifier = new MLDSASigner();
    verifier.init(false, mlDsaPublic);
    verifier.update(signed, 0, signed.length);
    return verifier.verifySignature(mlDsaSignature);
  }

  @Benchmark
  public byte[] aesGcm() throws InvalidCipherTextException {
    GCMModeCipher cipher = GCMBlockCipher.newInstance(AESEngine.newInstance());
    cipher.init(true, new AEADParameters(new KeyParameter(key), TAG_BITS, nonce, hash));
    var sealed = new byte[cipher.getOutputSize(padded.length)];
    cipher.doFinal(sealed, cipher.processBytes(padded, 0, padded.length, sealed, 0));
    return sealed;
  }

  @Benchmark
  public byte[] sha512() {
    var digest = new SHA512Digest();
    digest.update(round, 0, round.length);
    var output = new byte[digest.getDigestSize()];
    digest.doFinal(output, 0);
    return output;
  }

  @Benchmark
  public byte[] argon2id() {
    Argon2Cost cost = Argon2Cost.RECOMMENDED;
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withSalt(key)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.iterations())
            .withParallelism(cost.lanes())
            .build());
    var output = new byte[HASH];
    generator.generateBytes(hash, output);
    return output;
  }

  private byte[] bytes(int size) {
    var bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] encoded(AsymmetricCipherKeyPair pair) {
    return ((ECPublicKeyParameters) pair.getPublic()).getQ().getEncoded(false);
  }
}
