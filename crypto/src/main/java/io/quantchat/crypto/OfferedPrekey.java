package io.quantchat.crypto;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Map<String, Object> map = batch.toMap();
    map.putAll(ownMap(path.size()));
    map.put(PrekeyBatch.SIGNATURES, signatures.stream().map(Signature::toMap).toList());
    return map;
  }

  /**
   * What it doesn't share with its batch.
   *
   * @param pathSize hashes of the path, from the leaf up
   */
  Map<String, Object> ownMap(int pathSize) {
    var map = new LinkedHashMap<String, Object>();
    map.put(INDEX, index);
    map.put(PATH, path.subList(0, pathSize).stream().map(Base64Text::encode).toList());
    map.putAll(prekey.toMap());
    return map;
  }

  /**
   * Reads one, and checks of it all but proof and signatures.
   *
   * @throws RefusedException what is wrong with it
   */
  public static OfferedPrekey fromMap(Map<String, ?> map) {
    WireFields fields = WireFields.of(map);
    return from(
        fields,
        BatchStatement.from(fields, fields.id(PrekeyBatch.USER_ID)),
        Signature.listFrom(fields, PrekeyBatch.SIGNATURES),
        Optional.empty());
  }

  /**
   * Reads what it doesn't share with its batch.
   *
   * @param before the prekey whose path goes on where this one's ends
   */
  static OfferedPrekey from(
      WireFields fields,
      BatchStatement batch,
      List<Signature> signatures,
      Optional<OfferedPrekey> before) {
    int index = BatchStatement.smallNumber(fields, INDEX);
    RefusedException.requireSize(INDEX, index, 0, batch.size() - 1);
    var path = new ArrayList<>(fields.allBytes(PATH, LONGEST_PATH, Hash.SIZE));
    int height = MerkleTree.heightOf(batch.size());
    int own = OfferedPrekeys.pathSize(before.map(OfferedPrekey::index), index, height);
    RefusedException.requireSize(PATH, path.size(), own);
    before.ifPresent(one -> path.addAll(one.path().subList(own, height)));
    return new OfferedPrekey(batch, index, path, OneTimePrekey.from(fields), signatures);
  }
}
