package io.quantchat.auth;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.host.Times;
import io.quantchat.tokens.Caller;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Sessions: each holds the hash of its newest refresh token and of no other.
 *
 * <p>A token is good once. A token of a session that isn't its newest has been used before, by the
 * client or by a thief, and nobody can tell by whom: the session ends, whoever holds its newest
 * token. That holds for a wrong secret, too, since only who has had a token of the session knows
 * its id; and for the slower one of two requests that show the same token at once, so a client must
 * not refresh twice in parallel.
 */
final class SessionStore {

  private static final String SESSION_ID = "session_id";
  private static final String USER_ID = "user_id";
  private static final String TOKEN_HASH = "token_hash";
  private static final String GOOD_UNTIL = "good_until";
  private static final String EXPIRES_AT = "expires_at";

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Duration life;
  private final Clock clock;

  /** Sessions in a host's table, which live as long as its environment says without being used. */
  static SessionStore of(Host host) {
    return new SessionStore(
        host.dynamoDb(),
        host.get(Variable.SESSIONS_TABLE),
        Duration.ofDays(host.environment().getInt(Variable.REFRESH_TOKEN_DAYS)),
        host.clock());
  }

  private SessionStore(DynamoDbClient dynamoDb, String table, Duration life, Clock clock) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.life = life;
    this.clock = clock;
  }

  /** Stores a new session with its first token. */
  void open(String userId, RefreshToken first) {
    Instant goodUntil = clock.instant().plus(life);
    dynamoDb.putItem(
        PutItemRequest.builder()
            .tableName(table)
            .item(
                Map.of(
                    SESSION_ID, Item.of(first.sessionId()),
                    USER_ID, Item.of(userId),
                    TOKEN_HASH, Item.of(first.hash()),
                    GOOD_UNTIL, Item.of(goodUntil.toEpochMilli()),
                    EXPIRES_AT, Item.of(Times.ceilingSeconds(goodUntil))))
            .build());
  }

  /**
   * Puts a token in the place of the one shown, and lets the session live on from now.
   *
   * @param next the same session's next token
   * @return whose session it is, or nothing where the token shown is not good
   */
  Optional<Caller> rotate(RefreshToken shown, RefreshToken next) {
    Instant now = clock.instant();
    Instant goodUntil = now.plus(life);
    try {
      var session =
          dynamoDb
              .updateItem(
                  UpdateItemRequest.builder()
                      .tableName(table)
                      .key(Map.of(SESSION_ID, Item.of(shown.sessionId())))
                      .updateExpression(
                          "SET %s = :next, %s = :until, %s = :expiry"
                              .formatted(TOKEN_HASH, GOOD_UNTIL, EXPIRES_AT))
                      .conditionExpression(
                          "%s = :shown AND %s > :now".formatted(TOKEN_HASH, GOOD_UNTIL))
                      .expressionAttributeValues(
                          Map.of(
                              ":next", Item.of(next.hash()),
                              ":until", Item.of(goodUntil.toEpochMilli()),
                              ":expiry", Item.of(Times.ceilingSeconds(goodUntil)),
                              ":shown", Item.of(shown.hash()),
                              ":now", Item.of(now.toEpochMilli())))
                      .returnValues("ALL_NEW")
                      .returnValuesOnConditionCheckFailure("ALL_OLD")
                      .build())
              .attributes();
      return Optional.of(callerOf(new Item(session)));
    } catch (ConditionalCheckFailedException refused) {
      return refused.hasItem()
          ? afterRefusal(new Item(refused.item()), shown, next)
          : Optional.empty();
    }
  }

  /**
   * Where the answer to an update is lost, the client of DynamoDB sends it again, and the second
   * one finds what the first has written: that is no reuse.
   */
  private Optional<Caller> afterRefusal(Item session, RefreshToken shown, RefreshToken next) {
    byte[] newest = session.bytes(TOKEN_HASH);
    if (MessageDigest.isEqual(newest, next.hash())) {
      return Optional.of(callerOf(session));
    }
    if (!MessageDigest.isEqual(newest, shown.hash())) {
      end(shown.sessionId());
    }
    return Optional.empty();
  }

  /** Ends a session: none of its tokens is good any more. Doing it again changes nothing. */
  void end(String sessionId) {
    dynamoDb.deleteItem(
        DeleteItemRequest.builder()
            .tableName(table)
            .key(Map.of(SESSION_ID, Item.of(sessionId)))
            .build());
  }

  private static Caller callerOf(Item session) {
    return new Caller(session.text(USER_ID), session.text(SESSION_ID));
  }
}
