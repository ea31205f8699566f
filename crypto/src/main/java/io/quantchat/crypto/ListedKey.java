package io.quantchat.crypto;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A public key in an account's list. One of an algorithm that isn't known here is kept as it is, so
 * that a bundle of tomorrow can be read today. The key is read once, for all who ask for it.
 */
public final class ListedKey {

  /** Bytes of the largest key of any algorithm to come. */
  static final int LARGEST = 4096;

  /** Unicode characters, as the REST contract counts them. */
  private static final int LONGEST_ALGORITHM = 64;

  private static final String KEY_ID = "key_id";
  private static final String ALGORITHM = "algorithm";
  private static final String KEY_DATA = "key_data";
  private static final String CREATED_AT = "created_at";
  private static final String STATUS = "status";

  private final KeyId id;
  private final String algorithm;
  private final byte[] data;
  private final Instant created;
  private final KeyStatus status;
  private final Optional<PublicKey> key;

  /**
   * @param id what {@link KeyId#of} gives for the key: it can't name another
   * @param algorithm its name
   * @param data the raw key, of the algorithm's size; at most {@value #LARGEST} bytes
   * @param created milliseconds
   * @throws RefusedException MALFORMED, TRUNCATED, EXTENDED, INVALID_KEY, or WRONG_KEY where the id
   *     is another key's
   */
  ListedKey(KeyId id, String algorithm, byte[] data, Instant created, KeyStatus status) {
    RefusedException.require(Utf8Text.isWhole(algorithm), Refusal.MALFORMED, ALGORITHM);
    int characters = algorithm.codePointCount(0, algorithm.length());
    RefusedException.requireSize(ALGORITHM, characters, 1, LONGEST_ALGORITHM);
    RefusedException.requireSize(KEY_DATA, data.length, 1, LARGEST);
    WireTime.requireMilliseconds(created);
    this.data = data.clone();
    this.key = KeyAlgorithm.named(algorithm).map(known -> known.publicKey(this.data));
    KeyId expected = key.map(KeyId::of).orElseGet(() -> KeyId.of(algorithm, this.data));
    RefusedException.require(id.equals(expected), Refusal.WRONG_KEY, KEY_ID);
    this.id = id;
    this.algorithm = algorithm;
    this.created = created;
    this.status = status;
  }

  private ListedKey(ListedKey same, KeyStatus status) {
    this.id = same.id;
    this.algorithm = same.algorithm;
    this.data = same.data;
    this.created = same.created;
    this.key = same.key;
    this.status = status;
  }

  /** A key under the id that it gets. */
  public static ListedKey of(PublicKey key, Instant created, KeyStatus status) {
    return new ListedKey(KeyId.of(key), key.algorithm().wireName(), key.encoded(), created, status);
  }

  public KeyId id() {
    return id;
  }

  /** The algorithm's name. */
  public String algorithm() {
    return algorithm;
  }

  /** The raw key, a copy. */
  public byte[] data() {
    return data.clone();
  }

  public Instant created() {
    return created;
  }

  public KeyStatus status() {
    return status;
  }

  /** The key; nothing where its algorithm isn't known here. */
  Optional<PublicKey> key() {
    return key;
  }

  /** The same key in another state. */
  public ListedKey withStatus(KeyStatus other) {
    return new ListedKey(this, other);
  }

  boolean is(KeyAlgorithm other) {
    return algorithm.equals(other.wireName());
  }

  /** The part of it that a bundle's signatures cover. */
  Transcript transcript() {
    return new Transcript()
        .add(id.text())
        .add(algorithm)
        .add(status.wireName())
        .add(created)
        .add(Hash.OF_DIRECTORY.of(data));
  }

  /** As it goes out, in a bundle and in an account's {@code public_keys}. */
  Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put(KEY_ID, id.text());
    map.put(ALGORITHM, algorithm);
    map.put(KEY_DATA, Base64Text.encode(data));
    map.put(CREATED_AT, WireTime.format(created));
    map.put(STATUS, status.wireName());
    return map;
  }

  static ListedKey from(WireFields fields) {
    String algorithm = fields.text(ALGORITHM);
    int least = KeyAlgorithm.named(algorithm).map(KeyAlgorithm::publicKeySize).orElse(1);
    int most = KeyAlgorithm.named(algorithm).map(KeyAlgorithm::publicKeySize).orElse(LARGEST);
    return new ListedKey(
        fields.keyId(KEY_ID),
        algorithm,
        fields.bytes(KEY_DATA, least, most),
        fields.time(CREATED_AT),
        KeyStatus.named(fields.text(STATUS)));
  }
}
