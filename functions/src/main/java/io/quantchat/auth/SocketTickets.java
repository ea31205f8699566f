package io.quantchat.auth;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.host.Times;
import io.quantchat.tokens.Caller;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * Tickets that open a socket. A browser can send no header with its handshake, and a URL ends up in
 * logs: a ticket there is worth nothing, since it is good once and for a minute. They lie among the
 * sessions, under keys that no session has; only a hash of each is stored.
 */
public final class SocketTickets {

  /** How long a ticket is good. */
  public static final Duration LIFE = Duration.ofSeconds(60);

  private static final String SESSION_ID = "session_id";
  private static final String TICKET_PREFIX = "ticket#";
  private static final String USER_ID = "user_id";
  private static final String ISSUED_IN = "issued_in";
  private static final String GOOD_UNTIL = "good_until";
  private static final String EXPIRES_AT = "expires_at";

  private static final int BYTES = 32;

  /** 32 bytes in base64url without padding. */
  private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Clock clock;
  private final SecureRandom random;

  /** Tickets in a host's table of sessions. */
  public static SocketTickets of(Host host) {
    return new SocketTickets(
        host.dynamoDb(), host.get(Variable.SESSIONS_TABLE), host.clock(), host.random());
  }

  private SocketTickets(DynamoDbClient dynamoDb, String table, Clock clock, SecureRandom random) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.clock = clock;
    this.random = random;
  }

  /** A ticket for this caller: 43 characters that need no encoding in a URL. */
  public String issue(Caller caller) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant goodUntil = clock.instant().plus(LIFE);
    dynamoDb.putItem(
        PutItemRequest.builder()
            .tableName(table)
            .item(
                Map.of(
                    SESSION_ID, keyOf(ticket),
                    USER_ID, Item.of(caller.userId()),
                    ISSUED_IN, Item.of(caller.sessionId()),
                    GOOD_UNTIL, Item.of(goodUntil.toEpochMilli()),
                    EXPIRES_AT, Item.of(Times.ceilingSeconds(goodUntil))))
            .build());
    return ticket;
  }

  /**
   * Takes a ticket, in one conditional delete: of many who show it at once, one gets in.
   *
   * @return who it was issued to, or nothing where it isn't good (any more)
   */
  public Optional<Caller> redeem(String ticket) {
    if (!TEXT.matcher(ticket).matches()) {
      return Optional.empty();
    }
    try {
      var taken =
          new Item(
              dynamoDb
                  .deleteItem(
                      DeleteItemRequest.builder()
                          .tableName(table)
                          .key(Map.of(SESSION_ID, keyOf(ticket)))
                          .conditionExpression(GOOD_UNTIL + " > :now")
                          .expressionAttributeValues(
                              Map.of(":now", Item.of(clock.instant().toEpochMilli())))
                          .returnValues("ALL_OLD")
                          .build())
                  .attributes());
      return Optional.of(new Caller(taken.text(USER_ID), taken.text(ISSUED_IN)));
    } catch (ConditionalCheckFailedException unknownUsedOrExpired) {
      return Optional.empty();
    }
  }

  private static AttributeValue keyOf(String ticket) {
    byte[] hash = RefreshToken.sha256(ticket.getBytes(StandardCharsets.US_ASCII));
    return Item.of(TICKET_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
  }
}
