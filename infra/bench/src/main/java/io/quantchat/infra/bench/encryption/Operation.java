package io.quantchat.infra.bench.encryption;

import java.util.Optional;

/**
 * A client's operations, each a method of {@link EncryptionPaths}, and the primitives that each
 * takes at the least: without hashes, derivations, encodings and JSON.
 */
@SuppressWarnings("ImmutableEnumChecker") // A recipe copies its map, and shows it read-only.
enum Operation {
  V1_SEND("v1Send", "v1: send", Recipes.V1_SEND),
  V1_RECEIVE("v1Receive", "v1: receive", Recipes.V1_RECEIVE),
  V2_SEND("v2Send", "v2: send", Recipes.V2_SEND, 1_500),
  V2_SEND_FIRST(
      "v2SendFirstOfBatch",
      "v2: send with the first prekey of a batch",
      Recipes.V2_SEND.with(Recipes.VERIFY)),
  V2_RECEIVE("v2Receive", "v2: receive", Recipes.V2_RECEIVE, 1_200),
  BUNDLE_READ("bundleRead", "read and verify a bundle", Recipes.VERIFY),
  BATCH_MADE("batchMade", "make and sign 128 prekeys", Recipes.BATCH),
  SAFETY_NUMBER("safetyNumber", "safety number", Recipe.NOTHING.with(2 * 5_200, Primitive.SHA_512)),
  STORE_OPENED("storeOpened", "open the store", Recipe.NOTHING.with(1, Primitive.ARGON2ID));

  private static final class Recipes {

    static final Recipe V1_SEND =
        Recipe.NOTHING
            .with(1, Primitive.P256_KEY)
            .with(2, Primitive.P256_AGREE)
            .with(1, Primitive.ECDSA_SIGN)
            .with(2, Primitive.AES_GCM);

    static final Recipe V1_RECEIVE =
        Recipe.NOTHING
            .with(1, Primitive.ECDSA_VERIFY)
            .with(2, Primitive.P256_AGREE)
            .with(2, Primitive.AES_GCM);

    static final Recipe V2_SEND =
        V1_SEND.with(1, Primitive.ML_KEM_ENCAPSULATE).with(1, Primitive.ML_DSA_SIGN);

    /** Private keys are kept as seeds. */
    static final Recipe V2_RECEIVE =
        V1_RECEIVE
            .with(1, Primitive.ML_DSA_VERIFY)
            .with(1, Primitive.ML_KEM_KEY)
            .with(1, Primitive.ML_KEM_DECAPSULATE);

    static final Recipe VERIFY =
        Recipe.NOTHING.with(1, Primitive.ECDSA_VERIFY).with(1, Primitive.ML_DSA_VERIFY);

    static final Recipe BATCH =
        Recipe.NOTHING
            .with(128, Primitive.P256_KEY)
            .with(128, Primitive.ML_KEM_KEY)
            .with(1, Primitive.ECDSA_SIGN)
            .with(1, Primitive.ML_DSA_SIGN);

    private Recipes() {}
  }

  private final String method;
  private final String inWords;
  private final Recipe least;
  private final Optional<Integer> aim;

  Operation(String method, String inWords, Recipe least) {
    this(method, inWords, least, Optional.empty());
  }

  Operation(String method, String inWords, Recipe least, int aim) {
    this(method, inWords, least, Optional.of(aim));
  }

  Operation(String method, String inWords, Recipe least, Optional<Integer> aim) {
    this.method = method;
    this.inWords = inWords;
    this.least = least;
    this.aim = aim;
  }

  String method() {
    return method;
  }

  String inWords() {
    return inWords;
  }

  Recipe least() {
    return least;
  }

  /** Microseconds that it is to take at most, on average. */
  Optional<Integer> aim() {
    return aim;
  }
}
