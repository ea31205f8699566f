package io.quantchat.crypto;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * One-time prekeys of one account as they are handed out together: what those of one batch share,
 * its statement and signatures, once; of a path only what isn't in that of the prekey before.
 *
 * <p>Two leaves' ways to the root meet where their indices have the same bits left: of a prekey
 * whose forerunner in the list is of the same batch, the path has as many hashes as the exclusive
 * or of both indices has binary digits. The rest is the forerunner's.
 *
 * @param all in the order in which they are to be used
 */
public record OfferedPrekeys(UUID userId, List<OfferedPrekey> all) {

  /** As many are handed out at once. */
  public static final int MOST = 5;

  private static final String BATCHES = "batches";
  private static final String PREKEYS = "one_time_prekeys";
  private static final String BATCH = "batch";

  /** What the prekeys of a batch share. */
  private record Signed(BatchStatement statement, List<Signature> signatures) {}

  public OfferedPrekeys {
    all = List.copyOf(all);
  }

  /**
   * How many hashes of a path stand in the list.
   *
   * @param before the index of the prekey before it, if that is of the same batch
   * @param height of the batch's tree
   */
  static int pathSize(Optional<Integer> before, int index, int height) {
    return before.map(other -> binaryDigits(index ^ other)).orElse(height);
  }

  private static int binaryDigits(int number) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(number);
  }

  /** As they go out. */
  public Map<String, Object> toMap() {
    var batches = new ArrayList<Map<String, Object>>();
    var prekeys = new ArrayList<Map<String, Object>>();
    int batchBefore = -1;
    for (OfferedPrekey offered : all) {
      Map<String, Object> shared = sharedMap(offered);
      if (!batches.contains(shared)) {
        batches.add(shared);
      }
      int batch = batches.indexOf(shared);
      Optional<Integer> before =
          batch == batchBefore
              ? Optional.of(all.get(prekeys.size() - 1).index())
              : Optional.empty();
      var prekey = new LinkedHashMap<String, Object>();
      prekey.put(BATCH, batch);
      prekey.putAll(offered.ownMap(pathSize(before, offered.index(), offered.path().size())));
      prekeys.add(prekey);
      batchBefore = batch;
    }
    var map = new LinkedHashMap<String, Object>();
    map.put(PrekeyBatch.USER_ID, userId.toString());
    map.put(BATCHES, batches);
    map.put(PREKEYS, prekeys);
    return map;
  }

  private static Map<String, Object> sharedMap(OfferedPrekey offered) {
    Map<String, Object> map = offered.batch().toMap();
    map.remove(PrekeyBatch.USER_ID);
    map.put(PrekeyBatch.SIGNATURES, offered.signatures().stream().map(Signature::toMap).toList());
    return map;
  }

  /**
   * Reads what was handed out, and checks of it all but proofs and signatures. A batch of which
   * there is no prekey is passed over.
   *
   * @throws RefusedException what is wrong with it; MALFORMED for a prekey of no batch here
   */
  public static OfferedPrekeys fromMap(Map<String, ?> map) {
    WireFields fields = WireFields.of(map);
    UUID userId = fields.id(PrekeyBatch.USER_ID);
    List<Signed> batches =
        fields.objects(BATCHES, MOST).stream()
            .map(
                batch ->
                    new Signed(
                        BatchStatement.from(batch, userId),
                        Signature.listFrom(batch, PrekeyBatch.SIGNATURES)))
            .toList();
    var all = new ArrayList<OfferedPrekey>();
    long batchBefore = batches.size();
    for (WireFields prekey : fields.objects(PREKEYS, MOST)) {
      long batch = prekey.number(BATCH);
      RefusedException.require(batch < batches.size(), Refusal.MALFORMED, prekey.pathOf(BATCH));
      Signed signed = batches.get((int) batch);
      Optional<OfferedPrekey> before =
          batch == batchBefore ? Optional.of(all.getLast()) : Optional.empty();
      all.add(OfferedPrekey.from(prekey, signed.statement(), signed.signatures(), before));
      batchBefore = batch;
    }
    return new OfferedPrekeys(userId, all);
  }
}
