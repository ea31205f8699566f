package io.quantchat.auth;

import static io.quantchat.auth.LiveSessionStore.GOOD_UNTIL;
import static io.quantchat.auth.LiveSessionStore.SESSION_ID;
import static io.quantchat.auth.LiveSessionStore.USER_ID;

import io.quantchat.auth.SessionStore.Continued;
import io.quantchat.auth.SessionStore.Rotation;
import io.quantchat.auth.SessionStore.Unknown;
import io.quantchat.host.Cancellation;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.host.Transaction;
import io.quantchat.tokens.Caller;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * Sessions that were begun with earlier tokens. Each moves to {@link SessionStore} at its first
 * refresh, in one transaction: it is never in both, nor in neither. Its row stays until it expires
 * and says that it has moved, so that its last token is known when it is shown again.
 *
 * <p>A token that isn't this session's ends nothing, since anyone can make one up.
 */
final class EarlierSessionStore {

  static final String MOVED_WITH = "moved_with";
  private static final String TOKEN_HASH = "token_hash";

  /** Where the parts of the transaction stand. */
  private static final int NOT_ENDED = 2;

  /** Each failed try means that another request got the better of this one. */
  private static final int MOST_TRIES = 5;

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final SessionStore sessions;
  private final Clock clock;

  /** Those in a host's table, which move to this store. */
  static EarlierSessionStore of(Host host, SessionStore sessions) {
    return new EarlierSessionStore(
        host.dynamoDb(), host.get(Variable.SESSIONS_TABLE), sessions, host.clock());
  }

  private EarlierSessionStore(
      DynamoDbClient dynamoDb, String table, SessionStore sessions, Clock clock) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.sessions = sessions;
    this.clock = clock;
  }

  /** Stores such a session on a stage, where there has been one before. */
  static void add(Host host, EarlierRefreshToken token, String userId, Instant goodUntil) {
    host.dynamoDb()
        .putItem(
            put ->
                put.tableName(host.get(Variable.SESSIONS_TABLE))
                    .item(
                        Map.of(
                            SESSION_ID, Item.of(token.sessionId()),
                            USER_ID, Item.of(userId),
                            TOKEN_HASH, Item.of(token.hash()),
                            GOOD_UNTIL, Item.of(goodUntil.toEpochMilli()))));
  }

  /** Whether such a row is a session of this account that goes on and hasn't moved. */
  static boolean isLive(Item row, String userId, Instant now) {
    return !row.attributes().containsKey(MOVED_WITH)
        && row.text(USER_ID).equals(userId)
        && now.toEpochMilli() < row.number(GOOD_UNTIL);
  }

  /**
   * Goes on with a session in {@link SessionStore}.
   *
   * @param salt random; not used where the session has moved already
   */
  Rotation rotate(EarlierRefreshToken shown, byte[] salt, Optional<String> name) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Optional<Item> found = find(shown);
      if (found.isEmpty()) {
        return new Unknown();
      }
      Item row = found.get();
      Optional<RefreshToken> moved = moved(row, shown);
      if (moved.isPresent()) {
        return sessions.rotate(moved.get(), salt);
      }
      if (!isNewest(row, shown) || !isLive(row, row.text(USER_ID), clock.instant())) {
        return new Unknown();
      }
      RefreshToken token = shown.movedTo(row.text(USER_ID), salt);
      Instant goodUntil = Instant.ofEpochMilli(row.number(GOOD_UNTIL));
      Optional<Cancellation> refused = move(shown, token, salt, name, goodUntil);
      if (refused.isEmpty()) {
        return new Continued(new Caller(token.userId(), shown.sessionId()), token.successor(salt));
      }
      if (refused.get().isConditionUnmet(NOT_ENDED)) {
        return new Unknown();
      }
    }
    throw new IllegalStateException("Other requests kept moving the same session");
  }

  /** What the shown token is in the session that this one has become, if it has. */
  private static Optional<RefreshToken> moved(Item row, EarlierRefreshToken shown) {
    boolean itIs =
        row.attributes().containsKey(MOVED_WITH)
            && MessageDigest.isEqual(row.bytes(TOKEN_HASH), shown.movedHash());
    return itIs
        ? Optional.of(shown.movedTo(row.text(USER_ID), row.bytes(MOVED_WITH)))
        : Optional.empty();
  }

  private static boolean isNewest(Item row, EarlierRefreshToken shown) {
    return MessageDigest.isEqual(row.bytes(TOKEN_HASH), shown.hash());
  }

  /** The hash is replaced so that a release before this one finds no token good any more. */
  private Optional<Cancellation> move(
      EarlierRefreshToken shown,
      RefreshToken token,
      byte[] salt,
      Optional<String> name,
      Instant goodUntil) {
    var leaving =
        TransactWriteItem.builder()
            .update(
                Update.builder()
                    .tableName(table)
                    .key(key(shown.sessionId()))
                    .updateExpression(
                        "SET %s = :moved, %s = :salt".formatted(TOKEN_HASH, MOVED_WITH))
                    .conditionExpression(TOKEN_HASH + " = :shown")
                    .expressionAttributeValues(
                        Map.of(
                            ":moved", Item.of(shown.movedHash()),
                            ":salt", Item.of(salt),
                            ":shown", Item.of(shown.hash())))
                    .build())
            .build();
    return Transaction.of(
            leaving,
            sessions.opening(token, salt, shown.sessionId(), name, goodUntil),
            sessions.unlessEarlierEnded(token.userId(), shown.sessionId()))
        .commit(dynamoDb);
  }

  /**
   * Ends the session whose token this is, wherever it is by now; nothing where it is no session's
   * token.
   *
   * @return whose session has ended, as far as it is known
   */
  Optional<Ended> end(EarlierRefreshToken shown) {
    Optional<Item> found = find(shown);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Optional<RefreshToken> moved = moved(found.get(), shown);
    if (moved.isPresent()) {
      return sessions.end(moved.get()).map(Ended::of);
    }
    return isNewest(found.get(), shown)
        ? end(found.get().text(USER_ID), shown.sessionId())
        : Optional.empty();
  }

  /** Ends a session of this account that hasn't moved. */
  Optional<Ended> end(String userId, String sessionId) {
    try {
      dynamoDb.deleteItem(
          DeleteItemRequest.builder()
              .tableName(table)
              .key(key(sessionId))
              .conditionExpression(
                  "%s = :user AND attribute_exists(%s) AND attribute_not_exists(%s)"
                      .formatted(USER_ID, TOKEN_HASH, MOVED_WITH))
              .expressionAttributeValues(Map.of(":user", Item.of(userId)))
              .build());
      return Optional.of(new Ended(userId, sessionId, Set.of()));
    } catch (ConditionalCheckFailedException noneOfTheirs) {
      return Optional.empty();
    }
  }

  private Optional<Item> find(EarlierRefreshToken shown) {
    var found =
        dynamoDb.getItem(
            GetItemRequest.builder()
                .tableName(table)
                .key(key(shown.sessionId()))
                .consistentRead(true)
                .build());
    return found.hasItem() ? Optional.of(new Item(found.item())) : Optional.empty();
  }

  private static Map<String, AttributeValue> key(String sessionId) {
    return Map.of(SESSION_ID, Item.of(sessionId));
  }
}
