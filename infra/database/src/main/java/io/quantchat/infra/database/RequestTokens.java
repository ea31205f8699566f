package io.quantchat.infra.database;

import io.quantchat.infra.database.item.ByteReader;
import io.quantchat.infra.database.item.ByteWriter;
import io.quantchat.infra.database.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * Remembers transactions by their client request token, for ten minutes: the same again does
 * nothing and is answered alike. A token is kept in the same change as what the transaction writes,
 * so that neither is there without the other.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html#DDB-TransactWriteItems-request-ClientRequestToken">ClientRequestToken</a>
 */
final class RequestTokens {

  static final Duration KEPT = Duration.ofMinutes(10);

  private static final String SPACE = "tokens";
  private static final int LONGEST = 36;
  private static final int MOST_FORGOTTEN = 1_000;
  private static final Storage.Range ALL = new Storage.Range(null, null, true);

  private final Clock clock;

  RequestTokens(Storage storage, Clock clock) {
    storage.createSpace(SPACE);
    this.clock = clock;
  }

  /**
   * A request's token.
   *
   * @param digest of what it asks for
   */
  record Token(byte[] key, byte[] digest) {}

  /** The token of a request; null where it has none. */
  Token of(TransactWriteItemsRequest request) {
    String token = request.clientRequestToken();
    if (token == null) {
      return null;
    }
    if (token.isEmpty() || token.length() > LONGEST) {
      throw Requests.constraint(
          token,
          "clientRequestToken",
          token.isEmpty()
              ? "Member must have length greater than or equal to 1"
              : "Member must have length less than or equal to 36");
    }
    return new Token(token.getBytes(StandardCharsets.UTF_8), digest(request.transactItems()));
  }

  /** Whether the same was done within the last ten minutes. */
  boolean isRepeated(Token token, Storage.Change change) {
    if (token == null) {
      return false;
    }
    byte[] known = change.get(SPACE, token.key());
    if (known == null) {
      return false;
    }
    var in = new ByteReader(known);
    if (isPast(in.readLong())) {
      return false;
    }
    if (!MessageDigest.isEqual(in.readBytes(), token.digest())) {
      throw Refusals.tokenReused();
    }
    return true;
  }

  void remember(Token token, Storage.Change change) {
    if (token != null) {
      var out = new ByteWriter(48);
      out.writeLong(clock.millis()).writeBytes(token.digest());
      change.put(SPACE, token.key(), out.toBytes());
    }
  }

  /** Forgets the tokens that no longer count. */
  void forgetOld(Storage storage) {
    List<byte[]> old = new ArrayList<>();
    storage.scan(
        SPACE,
        ALL,
        (key, value) -> {
          if (isPast(new ByteReader(value).readLong())) {
            old.add(key);
          }
          return old.size() < MOST_FORGOTTEN;
        });
    if (!old.isEmpty()) {
      storage.change(
          change -> {
            for (byte[] key : old) {
              byte[] now = change.get(SPACE, key);
              if (now != null && isPast(new ByteReader(now).readLong())) {
                change.delete(SPACE, key);
              }
            }
            return null;
          });
    }
  }

  private boolean isPast(long millis) {
    return clock.millis() - millis > KEPT.toMillis();
  }

  private static byte[] digest(List<TransactWriteItem> items) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return digest.digest(CanonicalText.of(items).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
