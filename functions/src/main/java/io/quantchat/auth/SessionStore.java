package io.quantchat.auth;

import static io.quantchat.auth.LiveSessionStore.CREATED_AT;
import static io.quantchat.auth.LiveSessionStore.EARLIER;
import static io.quantchat.auth.LiveSessionStore.ENDS_AT;
import static io.quantchat.auth.LiveSessionStore.EXPIRES_AT;
import static io.quantchat.auth.LiveSessionStore.GOOD_UNTIL;
import static io.quantchat.auth.LiveSessionStore.SPARED;
import static io.quantchat.auth.LiveSessionStore.USED_AT;
import static io.quantchat.auth.LiveSessionStore.USER_ID;
import static io.quantchat.auth.LiveSessionStore.key;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.host.Times;
import io.quantchat.tokens.Caller;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Sessions: each holds the hash of its newest refresh token, and of the one before.
 *
 * <p>A token is good once, and for {@link #GRACE} after its use it gets the same successor again:
 * two tabs that refresh at once, or one whose answer was lost, go on together. Any other token of
 * the session was used before, by the client or by a thief, and nobody can tell by whom: the
 * session ends, whoever holds its newest token. Nobody else can name the row at all: see {@link
 * RefreshToken}.
 */
final class SessionStore {

  /** How long after its first use a token gets the same successor again. */
  static final Duration GRACE = Duration.ofSeconds(30);

  /** What a refresh token has come to. */
  sealed interface Rotation {}

  /** The session goes on with this token. */
  record Continued(Caller caller, RefreshToken next) implements Rotation {}

  /** The token was used before: this session has ended. */
  record Reused(Session ended) implements Rotation {}

  /** No session goes on with this token, and none has ended by it. */
  record Unknown() implements Rotation {}

  /** No earlier session lives as long as this without being used, and so without having moved. */
  private static final Duration LONGEST_EARLIER = Duration.ofDays(366);

  private static final String TOKEN_HASH = "token_hash";
  private static final String PREVIOUS_HASH = "previous_hash";
  private static final String SALT = "salt";

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Duration life;
  private final Duration longestLife;
  private final Clock clock;

  /** Sessions in a host's table, which live as long as its environment says. */
  static SessionStore of(Host host) {
    return new SessionStore(
        host.dynamoDb(),
        host.get(Variable.ACCOUNT_SESSIONS_TABLE),
        Duration.ofDays(host.environment().getInt(Variable.REFRESH_TOKEN_DAYS)),
        Duration.ofDays(host.environment().getInt(Variable.SESSION_DAYS)),
        host.clock());
  }

  private SessionStore(
      DynamoDbClient dynamoDb, String table, Duration life, Duration longestLife, Clock clock) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.life = life;
    this.longestLife = longestLife;
    this.clock = clock;
  }

  /** Stores a new session with its first token. */
  void open(RefreshToken first, String sessionId, Optional<String> name) {
    dynamoDb.putItem(
        PutItemRequest.builder()
            .tableName(table)
            .item(rowOf(first, sessionId, name))
            .conditionExpression("attribute_not_exists(" + USER_ID + ")")
            .build());
  }

  /**
   * The write that begins the session that an earlier one goes on as, a part of the transaction
   * that moves it.
   *
   * <p>When somebody logged in isn't known of it. It is taken to have been when its newest token
   * was given out, but never so late that to have a token would prove as much as a login.
   *
   * @param shown the earlier token's secret as a token of the new session
   * @param salt what its successor is made with
   * @param goodUntil of the earlier session
   */
  TransactWriteItem opening(
      RefreshToken shown, byte[] salt, String sessionId, Optional<String> name, Instant goodUntil) {
    var row = rowOf(shown.successor(salt), sessionId, name);
    Instant latest = clock.instant().minus(Departures.FRESH);
    Instant createdAt = Collections.min(List.of(goodUntil.minus(life), latest));
    row.put(CREATED_AT, Item.of(createdAt.toEpochMilli()));
    row.put(PREVIOUS_HASH, Item.of(shown.hash()));
    row.put(SALT, Item.of(salt));
    return TransactWriteItem.builder()
        .put(
            Put.builder()
                .tableName(table)
                .item(row)
                .conditionExpression("attribute_not_exists(" + USER_ID + ")")
                .build())
        .build();
  }

  /** The check that an account's earlier sessions haven't been ended, but for this one. */
  TransactWriteItem unlessEarlierEnded(String userId, String sessionId) {
    return TransactWriteItem.builder()
        .conditionCheck(
            ConditionCheck.builder()
                .tableName(table)
                .key(key(userId, EARLIER))
                .conditionExpression(
                    "attribute_not_exists(%s) OR %s = :session".formatted(USER_ID, SPARED))
                .expressionAttributeValues(Map.of(":session", Item.of(sessionId)))
                .build())
        .build();
  }

  /** Ends an account's sessions that were begun with earlier tokens, but for one. */
  void endEarlier(String userId, Optional<String> spared) {
    var row = new HashMap<>(key(userId, EARLIER));
    spared.ifPresent(sessionId -> row.put(SPARED, Item.of(sessionId)));
    row.put(EXPIRES_AT, Item.of(Times.ceilingSeconds(clock.instant().plus(LONGEST_EARLIER))));
    dynamoDb.putItem(PutItemRequest.builder().tableName(table).item(row).build());
  }

  private Map<String, AttributeValue> rowOf(
      RefreshToken newest, String sessionId, Optional<String> name) {
    Instant now = clock.instant();
    var session =
        new Session(
            newest.userId(),
            newest.sessionKey(),
            sessionId,
            name,
            now,
            now,
            now.plus(life),
            now.plus(longestLife),
            Map.of());
    var row = new HashMap<>(LiveSessionStore.itemOf(session));
    row.put(TOKEN_HASH, Item.of(newest.hash()));
    return row;
  }

  /**
   * Puts its successor in the place of the token shown, and lets the session live on from now. One
   * write, and another where the session ends by it.
   *
   * @param salt random; not used where the token has a successor already
   */
  Rotation rotate(RefreshToken shown, byte[] salt) {
    Instant now = clock.instant();
    Instant goodUntil = now.plus(life);
    RefreshToken next = shown.successor(salt);
    try {
      var session =
          dynamoDb
              .updateItem(
                  UpdateItemRequest.builder()
                      .tableName(table)
                      .key(key(shown.userId(), shown.sessionKey()))
                      .updateExpression(
                          "SET %s = :next, %s = :shown, %s = :salt, %s = :now, %s = :until, %s = :expiry"
                              .formatted(
                                  TOKEN_HASH, PREVIOUS_HASH, SALT, USED_AT, GOOD_UNTIL, EXPIRES_AT))
                      .conditionExpression(
                          "%s = :shown AND %s > :now AND %s > :now"
                              .formatted(TOKEN_HASH, GOOD_UNTIL, ENDS_AT))
                      .expressionAttributeValues(
                          Map.of(
                              ":next", Item.of(next.hash()),
                              ":shown", Item.of(shown.hash()),
                              ":salt", Item.of(salt),
                              ":until", Item.of(goodUntil.toEpochMilli()),
                              ":expiry", Item.of(Times.ceilingSeconds(goodUntil)),
                              ":now", Item.of(now.toEpochMilli())))
                      .returnValues("ALL_NEW")
                      .returnValuesOnConditionCheckFailure("ALL_OLD")
                      .build())
              .attributes();
      return new Continued(callerOf(LiveSessionStore.sessionOf(session)), next);
    } catch (ConditionalCheckFailedException refused) {
      return refused.hasItem() ? afterRefusal(refused.item(), shown, now) : new Unknown();
    }
  }

  private Rotation afterRefusal(Map<String, AttributeValue> row, RefreshToken shown, Instant now) {
    Session session = LiveSessionStore.sessionOf(row);
    var item = new Item(row);
    if (!session.isLive(now) || MessageDigest.isEqual(item.bytes(TOKEN_HASH), shown.hash())) {
      return new Unknown();
    }
    if (now.isBefore(session.usedAt().plus(GRACE)) && isPrevious(item, shown)) {
      RefreshToken next = shown.successor(item.bytes(SALT));
      if (MessageDigest.isEqual(item.bytes(TOKEN_HASH), next.hash())) {
        return new Continued(callerOf(session), next);
      }
    }
    end(session);
    return new Reused(session);
  }

  private static boolean isPrevious(Item row, RefreshToken shown) {
    return row.attributes().containsKey(PREVIOUS_HASH)
        && MessageDigest.isEqual(row.bytes(PREVIOUS_HASH), shown.hash());
  }

  /** Ends a session: none of its tokens is good any more. Doing it again changes nothing. */
  void end(Session session) {
    delete(session.userId(), session.sessionKey());
  }

  /**
   * Ends the session that a token belongs to, which only who has had one of its tokens can name.
   *
   * @return the session that there was
   */
  Optional<Session> end(RefreshToken token) {
    return delete(token.userId(), token.sessionKey());
  }

  private Optional<Session> delete(String userId, String sessionKey) {
    var gone =
        dynamoDb.deleteItem(
            DeleteItemRequest.builder()
                .tableName(table)
                .key(key(userId, sessionKey))
                .returnValues("ALL_OLD")
                .build());
    return gone.hasAttributes() && !gone.attributes().isEmpty()
        ? Optional.of(LiveSessionStore.sessionOf(gone.attributes()))
        : Optional.empty();
  }

  private static Caller callerOf(Session session) {
    return new Caller(session.userId(), session.sessionId());
  }
}
