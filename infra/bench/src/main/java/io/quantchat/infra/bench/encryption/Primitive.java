package io.quantchat.infra.bench.encryption;

/** The computations that can't be done without, each a method of {@link Primitives}. */
enum Primitive {
  P256_KEY("p256Key", "P-256 key", "a new key pair of P-256"),
  P256_AGREE("p256Agree", "ECDH", "agree by ECDH over P-256"),
  ECDSA_SIGN("ecdsaSign", "ECDSA sign", "sign with ECDSA over P-256"),
  ECDSA_VERIFY("ecdsaVerify", "ECDSA verify", "verify ECDSA over P-256"),
  ML_KEM_KEY("mlKemKey", "ML-KEM key", "a key pair of ML-KEM-768 from its seed"),
  ML_KEM_ENCAPSULATE("mlKemEncapsulate", "encapsulate", "encapsulate with ML-KEM-768"),
  ML_KEM_DECAPSULATE("mlKemDecapsulate", "decapsulate", "decapsulate with ML-KEM-768"),
  ML_DSA_SIGN("mlDsaSign", "ML-DSA sign", "sign with ML-DSA-65"),
  ML_DSA_VERIFY("mlDsaVerify", "ML-DSA verify", "verify ML-DSA-65"),
  AES_GCM("aesGcm", "AES-GCM", "seal 256 bytes with AES-256-GCM"),
  SHA_512("sha512", "SHA-512", "hash 128 bytes with SHA-512"),
  ARGON2ID("argon2id", "Argon2id", "Argon2id: 64 MiB, 3 times, 4 lanes");

  private final String method;
  private final String brief;
  private final String inWords;

  Primitive(String method, String brief, String inWords) {
    this.method = method;
    this.brief = brief;
    this.inWords = inWords;
  }

  String method() {
    return method;
  }

  String brief() {
    return brief;
  }

  String inWords() {
    return inWords;
  }
}
