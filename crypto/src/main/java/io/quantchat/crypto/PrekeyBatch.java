package io.quantchat.crypto;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A batch of one-time prekeys as its owner uploads it, checked or not.
 *
 * @param prekeys in the order of their indices, each once
 */
public record PrekeyBatch(
    UUID userId,
    UUID batchId,
    Instant created,
    List<OneTimePrekey> prekeys,
    List<Signature> signatures) {

  static final String USER_ID = "user_id";
  static final String BATCH_ID = "batch_id";
  static final String CREATED_AT = "created_at";
  static final String PREKEYS = "prekeys";
  static final String SIGNATURES = "signatures";

  /**
   * @throws RefusedException TRUNCATED, EXTENDED, or REUSED_PREKEY for one twice
   */
  public PrekeyBatch {
    WireTime.requireMilliseconds(created);
    prekeys = List.copyOf(prekeys);
    signatures = List.copyOf(signatures);
    RefusedException.requireSize(PREKEYS, prekeys.size(), 1, BatchStatement.MOST);
    RefusedException.require(
        new HashSet<>(prekeys).size() == prekeys.size(), Refusal.REUSED_PREKEY, PREKEYS);
  }

  /**
   * @param batchId fresh
   */
  public static PrekeyBatch sign(
      UUID userId,
      UUID batchId,
      Instant created,
      List<OneTimePrekey> prekeys,
      IdentityKeys keys,
      SecureRandom random) {
    var unsigned = new PrekeyBatch(userId, batchId, created, prekeys, List.of());
    return new PrekeyBatch(
        userId,
        batchId,
        created,
        prekeys,
        Signature.ofAll(keys, unsigned.statement(unsigned.tree()).transcript(), random));
  }

  /**
   * @throws RefusedException MISSING_SIGNATURE, UNEXPECTED_SIGNATURE, WRONG_KEY or BAD_SIGNATURE
   */
  public void verify(Identity identity) {
    Signature.requireAll(signatures, identity, statement().transcript(), PREKEYS);
  }

  /** The statement that is signed. */
  public BatchStatement statement() {
    return statement(tree());
  }

  /** Each prekey as it is handed to a sender, in the order of their indices. */
  public List<OfferedPrekey> offers() {
    MerkleTree tree = tree();
    BatchStatement statement = statement(tree);
    return IntStream.range(0, prekeys.size())
        .mapToObj(
            index ->
                new OfferedPrekey(
                    statement, index, tree.path(index), prekeys.get(index), signatures))
        .toList();
  }

  /** As it goes out. */
  public Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put(USER_ID, userId.toString());
    map.put(BATCH_ID, batchId.toString());
    map.put(CREATED_AT, WireTime.format(created));
    map.put(PREKEYS, prekeys.stream().map(OneTimePrekey::toMap).toList());
    map.put(SIGNATURES, signatures.stream().map(Signature::toMap).toList());
    return map;
  }

  /**
   * Reads a batch, and checks of it all but the signatures.
   *
   * @throws RefusedException what is wrong with it
   */
  public static PrekeyBatch fromMap(Map<String, ?> map) {
    WireFields fields = WireFields.of(map);
    return new PrekeyBatch(
        fields.id(USER_ID),
        fields.id(BATCH_ID),
        fields.time(CREATED_AT),
        fields.objects(PREKEYS, BatchStatement.MOST).stream().map(OneTimePrekey::from).toList(),
        Signature.listFrom(fields, SIGNATURES));
  }

  private MerkleTree tree() {
    return new MerkleTree(
        IntStream.range(0, prekeys.size())
            .mapToObj(index -> MerkleTree.leaf(index, prekeys.get(index)))
            .toList());
  }

  private BatchStatement statement(MerkleTree tree) {
    return new BatchStatement(userId, batchId, created, prekeys.size(), tree.root());
  }
}
