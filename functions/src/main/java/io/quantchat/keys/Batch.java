package io.quantchat.keys;

import io.quantchat.crypto.BatchStatement;
import io.quantchat.crypto.Identity;
import io.quantchat.crypto.PrekeyBatch;
import io.quantchat.host.Sha256;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

/**
 * A batch of one-time prekeys as the directory has it.
 *
 * @param userId whose
 * @param batchId as its owner minted it
 * @param name stands for all that is signed of it: another batch has another name
 * @param identity the fingerprint of the identity that signed it
 * @param created as its owner signed it
 * @param size how many prekeys it has
 * @param handedOut how many of them are gone: those of the indices below
 */
record Batch(
    String userId,
    String batchId,
    String name,
    byte[] identity,
    Instant created,
    int size,
    int handedOut) {

  /** How long a batch is handed out. */
  static final Duration LIFE = BatchStatement.LIFE;

  /** A batch of which none was handed out yet. */
  static Batch of(PrekeyBatch uploaded, Identity signer) {
    BatchStatement statement = uploaded.statement();
    return new Batch(
        uploaded.userId().toString(),
        uploaded.batchId().toString(),
        nameOf(statement),
        PublishedBundle.fingerprint(signer),
        uploaded.created(),
        statement.size(),
        0);
  }

  Instant goodUntil() {
    return created.plus(LIFE);
  }

  /** How many are still to be handed out. */
  int left() {
    return size - handedOut;
  }

  /** Whether senders who hold this bundle would accept its prekeys now. */
  boolean isGoodUnder(PublishedBundle bundle, Instant now) {
    return now.isBefore(goodUntil()) && Arrays.equals(identity, bundle.identity());
  }

  Batch withHandedOut(int more) {
    return new Batch(userId, batchId, name, identity, created, size, more);
  }

  /** SHA-256 of the statement's fields, each of one length, in base64url. */
  private static String nameOf(BatchStatement statement) {
    byte[] fields =
        ByteBuffer.allocate(16 + 16 + 8 + 4 + statement.root().length)
            .put(bytesOf(statement.userId()))
            .put(bytesOf(statement.batchId()))
            .putLong(statement.created().toEpochMilli())
            .putInt(statement.size())
            .put(statement.root())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(fields));
  }

  private static byte[] bytesOf(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}
