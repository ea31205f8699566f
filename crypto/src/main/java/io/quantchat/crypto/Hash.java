package io.quantchat.crypto;

import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA3Digest;

/** The hashes of the suites: SHA-256 (FIPS 180-4) and SHA3-256 (FIPS 202). */
public enum Hash {
  SHA_256 {
    @Override
    Digest newDigest() {
      return SHA256Digest.newInstance();
    }
  },
  SHA3_256 {
    @Override
    Digest newDigest() {
      return new SHA3Digest(256);
    }
  };

  /** The hash of bundles, batches and key ids, which belong to no suite. */
  static final Hash OF_DIRECTORY = SHA_256;

  /** Bytes that a hash has. */
  static final int SIZE = 32;

  abstract Digest newDigest();

  byte[] of(byte[] bytes) {
    Digest digest = newDigest();
    digest.update(bytes, 0, bytes.length);
    var hash = new byte[SIZE];
    digest.doFinal(hash, 0);
    return hash;
  }

  byte[] of(Transcript transcript) {
    return of(transcript.toBytes());
  }
}
