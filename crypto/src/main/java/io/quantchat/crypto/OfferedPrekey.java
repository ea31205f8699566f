package io.quantchat.crypto;

import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A one-time prekey as the server hands it to a sender, with the proof that its owner signed it:
 * checked or not.
 *
 * @param index its place in the batch, from 0
 * @param path the hashes of 32 bytes that lead to the batch's root
 * @param signatures the batch's
 */
public record OfferedPrekey(
    BatchStatement batch,
    int index,
    List<byte[]> path,
    OneTimePrekey prekey,
    List<Signature> signatures) {

  private static final String FIELD = "prekey";
  private static final String COUNT = "count";
  private static final String ROOT = "root";
  private static final String INDEX = "index";
  private static final String PATH = "path";
  private static final int LONGEST_PATH = MerkleTree.heightOf(BatchStatement.MOST);

  /**
   * @throws RefusedException TRUNCATED or EXTENDED for a path of another length than the batch's
   *     tree is high, EXTENDED for an index outside of the batch
   */
  public OfferedPrekey {
    path = List.copyOf(path);
    signatures = List.copyOf(signatures);
    RefusedException.requireSize(INDEX, index, 0, batch.size() - 1);
    RefusedException.requireSize(PATH, path.size(), MerkleTree.heightOf(batch.size()));
    for (byte[] hash : path) {
      RefusedException.requireSize(PATH, hash.length, Hash.SIZE);
    }
  }

  /**
   * Checks that the identity signed it for this account.
   *
   * @throws RefusedException WRONG_USER, BAD_PROOF, MISSING_SIGNATURE, UNEXPECTED_SIGNATURE,
   *     WRONG_KEY or BAD_SIGNATURE
   */
  public void verify(UUID owner, Identity identity) {
    verifyProof(owner);
    verifyBatch(identity);
  }

  void verifyProof(UUID owner) {
    RefusedException.require(batch.userId().equals(owner), Refusal.WRONG_USER, FIELD);
    byte[] root = MerkleTree.climb(MerkleTree.leaf(index, prekey), index, path);
    RefusedException.require(MessageDigest.isEqual(root, batch.root()), Refusal.BAD_PROOF, FIELD);
  }

  void verifyBatch(Identity identity) {
    Signature.requireAll(signatures, identity, batch.transcript(), FIELD);
  }

  /** As it goes out. */
  public Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put(PrekeyBatch.USER_ID, batch.userId().toString());
    map.put(PrekeyBatch.BATCH_ID, batch.batchId().toString());
    map.put(PrekeyBatch.CREATED_AT, WireTime.format(batch.created()));
    map.put(COUNT, batch.size());
    map.put(ROOT, Base64Text.encode(batch.root()));
    map.put(INDEX, index);
    map.put(PATH, path.stream().map(Base64Text::encode).toList());
    map.putAll(prekey.toMap());
    map.put(PrekeyBatch.SIGNATURES, signatures.stream().map(Signature::toMap).toList());
    return map;
  }

  /**
   * Reads one, and checks of it all but proof and signatures.
   *
   * @throws RefusedException what is wrong with it
   */
  public static OfferedPrekey fromMap(Map<String, ?> map) {
    WireFields fields = WireFields.of(map);
    var batch =
        new BatchStatement(
            fields.id(PrekeyBatch.USER_ID),
            fields.id(PrekeyBatch.BATCH_ID),
            fields.time(PrekeyBatch.CREATED_AT),
            smallNumber(fields, COUNT),
            fields.bytes(ROOT, Hash.SIZE));
    return new OfferedPrekey(
        batch,
        smallNumber(fields, INDEX),
        fields.allBytes(PATH, LONGEST_PATH, Hash.SIZE),
        OneTimePrekey.from(fields),
        Signature.listFrom(fields, PrekeyBatch.SIGNATURES));
  }

  private static int smallNumber(WireFields fields, String name) {
    long number = fields.number(name);
    RefusedException.require(number <= BatchStatement.MOST, Refusal.EXTENDED, name);
    return (int) number;
  }
}
