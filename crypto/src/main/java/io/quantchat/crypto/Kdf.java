package io.quantchat.crypto;

import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/** HKDF (RFC 5869) over the suites' hashes. */
public enum Kdf {
  HKDF_SHA256("HKDF-SHA256", Hash.SHA_256),
  HKDF_SHA3_256("HKDF-SHA3-256", Hash.SHA3_256);

  /** RFC 5869 §2.3: the counter is one byte. */
  static final int LONGEST_OUTPUT = 255 * Hash.SIZE;

  private final String wireName;
  private final Hash hash;

  Kdf(String wireName, Hash hash) {
    this.wireName = wireName;
    this.hash = hash;
  }

  /** Its name in {@code kdf_algorithm}. */
  public String wireName() {
    return wireName;
  }

  /** A pseudorandom key of 32 bytes; the caller closes it. */
  Secret extract(byte[] salt, Secret ikm) {
    return Secret.owning(new HKDFBytesGenerator(hash.newDigest()).extractPRK(salt, ikm.bytes()));
  }

  /**
   * Output key material; the caller closes it.
   *
   * @throws IllegalArgumentException for more than {@link #LONGEST_OUTPUT} bytes
   */
  Secret expand(Secret prk, byte[] info, int size) {
    if (size > LONGEST_OUTPUT) {
      throw new IllegalArgumentException("HKDF gives at most " + LONGEST_OUTPUT + " bytes");
    }
    var generator = new HKDFBytesGenerator(hash.newDigest());
    generator.init(HKDFParameters.skipExtractParameters(prk.bytes(), info));
    var output = new byte[size];
    generator.generateBytes(output, 0, size);
    return Secret.owning(output);
  }
}
