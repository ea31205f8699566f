package io.quantchat.auth;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.host.Sha256;
import io.quantchat.host.Times;
import io.quantchat.http.Problem;
import io.quantchat.tokens.Caller;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * Tickets that open a socket. A browser can send no header with its handshake, and a URL ends up in
 * logs: a ticket there is worth nothing, since it is good once and for a minute. Only a hash of
 * each is stored.
 *
 * <p>A ticket's key is named in its session's row before the ticket is stored, and forgotten there
 * after it has expired: a session may name tickets that aren't there, and there is none that its
 * session doesn't name. One whose session has ended opens nothing, whether or not it was deleted.
 */
public final class SocketTickets {

  /** How long a ticket is good. */
  public static final Duration LIFE = Duration.ofSeconds(60);

  /**
   * Tickets of one session that may be good at once. One more voids the oldest, which keeps the
   * session's row below a kilobyte, so that it costs one unit to write.
   */
  static final int MOST_IN_A_SESSION = 8;

  private static final String TICKET_PREFIX = "ticket#";
  private static final String ISSUED_IN = "issued_in";

  private static final int BYTES = 32;

  /** 32 bytes in base64url without padding. */
  private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final LiveSessionStore sessions;
  private final Clock clock;
  private final SecureRandom random;

  /** Tickets of a host's sessions. */
  public static SocketTickets of(Host host) {
    return new SocketTickets(
        host.dynamoDb(),
        host.get(Variable.SESSIONS_TABLE),
        LiveSessionStore.of(host),
        host.clock(),
        host.random());
  }

  private SocketTickets(
      DynamoDbClient dynamoDb,
      String table,
      LiveSessionStore sessions,
      Clock clock,
      SecureRandom random) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.sessions = sessions;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A ticket for this caller: 43 characters that need no encoding in a URL.
   *
   * @throws Problem of kind UNAUTHORIZED if the caller's session has ended
   */
  public String issue(Caller caller) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant goodUntil = clock.instant().plus(LIFE);
    LiveSessionStore.Found found = sessions.find(caller.userId());
    Optional<Session> session = LiveSessionStore.of(caller, found);
    if (session.isPresent()) {
      name(session.get(), keyOf(ticket), goodUntil);
    } else if (!sessions.isEarlierLive(caller, found)) {
      throw Sessions.notGood();
    }
    dynamoDb.putItem(
        PutItemRequest.builder()
            .tableName(table)
            .item(
                Map.of(
                    LiveSessionStore.SESSION_ID,
                    Item.of(keyOf(ticket)),
                    LiveSessionStore.USER_ID,
                    Item.of(caller.userId()),
                    ISSUED_IN,
                    Item.of(caller.sessionId()),
                    LiveSessionStore.GOOD_UNTIL,
                    Item.of(goodUntil.toEpochMilli()),
                    LiveSessionStore.EXPIRES_AT,
                    Item.of(Times.ceilingSeconds(goodUntil))))
            .build());
    return ticket;
  }

  private void name(Session session, String key, Instant goodUntil) {
    List<String> forgotten = superfluous(session.tickets());
    forget(forgotten);
    if (!sessions.nameTicket(session, key, goodUntil, forgotten)) {
      throw Sessions.notGood();
    }
  }

  /** The keys that a session needn't name any more, and the oldest where there are too many. */
  private List<String> superfluous(Map<String, Instant> tickets) {
    Instant now = clock.instant();
    List<String> byAge =
        tickets.entrySet().stream()
            .sorted(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .toList();
    int expired = (int) tickets.values().stream().filter(until -> !now.isBefore(until)).count();
    return byAge.subList(
        0, Math.clamp(byAge.size() - (MOST_IN_A_SESSION - 1), expired, byAge.size()));
  }

  /** Deletes tickets. Doing it again changes nothing. */
  void forget(Collection<String> keys) {
    for (String key : keys) {
      dynamoDb.deleteItem(
          DeleteItemRequest.builder()
              .tableName(table)
              .key(Map.of(LiveSessionStore.SESSION_ID, Item.of(key)))
              .build());
    }
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
                          .key(Map.of(LiveSessionStore.SESSION_ID, Item.of(keyOf(ticket))))
                          .conditionExpression(LiveSessionStore.GOOD_UNTIL + " > :now")
                          .expressionAttributeValues(
                              Map.of(":now", Item.of(clock.instant().toEpochMilli())))
                          .returnValues("ALL_OLD")
                          .build())
                  .attributes());
      return Optional.of(new Caller(taken.text(LiveSessionStore.USER_ID), taken.text(ISSUED_IN)))
          .filter(sessions::isLive);
    } catch (ConditionalCheckFailedException unknownUsedOrExpired) {
      return Optional.empty();
    }
  }

  private static String keyOf(String ticket) {
    byte[] hash = Sha256.of(ticket);
    return TICKET_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }
}
