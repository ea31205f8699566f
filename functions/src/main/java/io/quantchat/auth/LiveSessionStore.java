package io.quantchat.auth;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.host.Times;
import io.quantchat.tokens.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The sessions of an account that haven't ended. For every function that must know it at once: an
 * access token says who somebody was when it was signed, and is good for minutes after its session
 * has ended.
 *
 * <p>Reads nothing that tokens are checked by.
 */
public final class LiveSessionStore {

  static final String USER_ID = "user_id";
  static final String SESSION_KEY = "session_key";
  static final String SESSION_ID = "session_id";
  static final String CLIENT_NAME = "client_name";
  static final String CREATED_AT = "created_at";
  static final String USED_AT = "used_at";
  static final String GOOD_UNTIL = "good_until";
  static final String ENDS_AT = "ends_at";
  static final String TICKETS = "tickets";
  static final String EXPIRES_AT = "expires_at";
  static final String SPARED = "spared";

  /** The key of a row that says that earlier sessions have ended; a session's has 43 characters. */
  static final String EARLIER = "earlier";

  /** All but the hashes and the salt. */
  private static final String SHOWN =
      String.join(
          ", ",
          USER_ID,
          SESSION_KEY,
          SESSION_ID,
          CLIENT_NAME,
          CREATED_AT,
          USED_AT,
          GOOD_UNTIL,
          ENDS_AT,
          TICKETS,
          SPARED);

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final String earlierTable;
  private final Clock clock;

  /**
   * What an account's partition holds.
   *
   * @param earlierEnded there, if the sessions have ended that were begun with earlier tokens
   */
  record Found(List<Session> sessions, Optional<EarlierEnded> earlierEnded) {}

  /**
   * Sessions that were begun with earlier tokens can't be found by their account, so they are ended
   * by a row that each is checked against.
   *
   * @param spared the one that goes on nevertheless
   */
  record EarlierEnded(Optional<String> spared) {

    boolean spares(String sessionId) {
      return spared.filter(sessionId::equals).isPresent();
    }
  }

  /** Sessions in a host's tables. */
  public static LiveSessionStore of(Host host) {
    return new LiveSessionStore(
        host.dynamoDb(),
        host.get(Variable.ACCOUNT_SESSIONS_TABLE),
        host.get(Variable.SESSIONS_TABLE),
        host.clock());
  }

  private LiveSessionStore(
      DynamoDbClient dynamoDb, String table, String earlierTable, Clock clock) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.earlierTable = earlierTable;
    this.clock = clock;
  }

  /**
   * Whether the session goes on that a caller's token was issued in. Strongly consistent: false for
   * every question that is asked after the session has ended.
   */
  public boolean isLive(Caller caller) {
    Found found = find(caller.userId());
    return of(caller, found).isPresent() || isEarlierLive(caller, found);
  }

  /** The sessions of an account that go on, the earlier ones left out. Strongly consistent. */
  List<Session> of(String userId) {
    return find(userId).sessions();
  }

  /** The caller's own among these. */
  static Optional<Session> of(Caller caller, Found found) {
    return found.sessions().stream()
        .filter(session -> session.sessionId().equals(caller.sessionId()))
        .findFirst();
  }

  /** Whether a session goes on that was begun with earlier tokens, and hasn't moved yet. */
  boolean isEarlierLive(Caller caller, Found found) {
    if (found.earlierEnded().filter(ended -> !ended.spares(caller.sessionId())).isPresent()) {
      return false;
    }
    var answer =
        dynamoDb.getItem(
            GetItemRequest.builder()
                .tableName(earlierTable)
                .key(Map.of(SESSION_ID, Item.of(caller.sessionId())))
                .projectionExpression(
                    String.join(", ", USER_ID, GOOD_UNTIL, EarlierSessionStore.MOVED_WITH))
                .consistentRead(true)
                .build());
    return answer.hasItem()
        && EarlierSessionStore.isLive(new Item(answer.item()), caller.userId(), clock.instant());
  }

  /** Everything in an account's partition that hasn't expired. */
  Found find(String userId) {
    Instant now = clock.instant();
    var sessions = new ArrayList<Session>();
    var earlierEnded = new ArrayList<EarlierEnded>();
    pages(userId)
        .forEach(
            row -> {
              if (EARLIER.equals(row.get(SESSION_KEY).s())) {
                earlierEnded.add(new EarlierEnded(new Item(row).optionalText(SPARED)));
              } else {
                sessions.add(sessionOf(row));
              }
            });
    return new Found(
        sessions.stream().filter(session -> session.isLive(now)).toList(),
        earlierEnded.stream().findFirst());
  }

  private Stream<Map<String, AttributeValue>> pages(String userId) {
    var request =
        QueryRequest.builder()
            .tableName(table)
            .keyConditionExpression(USER_ID + " = :user")
            .expressionAttributeValues(Map.of(":user", Item.of(userId)))
            .projectionExpression(SHOWN)
            .consistentRead(true);
    var rows = new ArrayList<Map<String, AttributeValue>>();
    Map<String, AttributeValue> start = Map.of();
    do {
      var page = dynamoDb.query(request.exclusiveStartKey(start.isEmpty() ? null : start).build());
      rows.addAll(page.items());
      start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of();
    } while (!start.isEmpty());
    return rows.stream();
  }

  /** Stores a session that no refresh token belongs to, as rehearsals and tests have them. */
  public void add(Session session) {
    dynamoDb.putItem(PutItemRequest.builder().tableName(table).item(itemOf(session)).build());
  }

  /**
   * Names a ticket in the row of the session that it is issued in, and others there no more.
   *
   * @return whether it is done: not if the session has ended meanwhile
   */
  boolean nameTicket(Session session, String key, Instant goodUntil, List<String> forgotten) {
    var names = new HashMap<String, String>();
    names.put("#tickets", TICKETS);
    names.put("#new", key);
    var removed = new ArrayList<String>();
    for (String old : forgotten) {
      String name = "#old" + removed.size();
      names.put(name, old);
      removed.add("#tickets." + name);
    }
    try {
      dynamoDb.updateItem(
          UpdateItemRequest.builder()
              .tableName(table)
              .key(key(session.userId(), session.sessionKey()))
              .updateExpression(
                  "SET #tickets.#new = :until"
                      + (removed.isEmpty() ? "" : " REMOVE " + String.join(", ", removed)))
              .conditionExpression("attribute_exists(" + USER_ID + ")")
              .expressionAttributeNames(names)
              .expressionAttributeValues(Map.of(":until", Item.of(goodUntil.toEpochMilli())))
              .build());
      return true;
    } catch (ConditionalCheckFailedException endedMeanwhile) {
      return false;
    }
  }

  /** The key of a row of an account's partition. */
  static Map<String, AttributeValue> key(String userId, String sessionKey) {
    return Map.of(USER_ID, Item.of(userId), SESSION_KEY, Item.of(sessionKey));
  }

  /** A session's row, but for what its tokens are checked by. */
  static Map<String, AttributeValue> itemOf(Session session) {
    var item = new HashMap<String, AttributeValue>();
    item.put(USER_ID, Item.of(session.userId()));
    item.put(SESSION_KEY, Item.of(session.sessionKey()));
    item.put(SESSION_ID, Item.of(session.sessionId()));
    session.name().ifPresent(value -> item.put(CLIENT_NAME, Item.of(value)));
    item.put(CREATED_AT, Item.of(session.createdAt().toEpochMilli()));
    item.put(USED_AT, Item.of(session.usedAt().toEpochMilli()));
    item.put(GOOD_UNTIL, Item.of(session.goodUntil().toEpochMilli()));
    item.put(ENDS_AT, Item.of(session.endsAt().toEpochMilli()));
    var named = new HashMap<String, AttributeValue>();
    session.tickets().forEach((key, until) -> named.put(key, Item.of(until.toEpochMilli())));
    item.put(TICKETS, AttributeValue.fromM(named));
    item.put(EXPIRES_AT, Item.of(Times.ceilingSeconds(session.goodUntil())));
    return item;
  }

  /** Reads a row. */
  static Session sessionOf(Map<String, AttributeValue> attributes) {
    var item = new Item(attributes);
    var tickets = new HashMap<String, Instant>();
    attributes
        .get(TICKETS)
        .m()
        .forEach((key, until) -> tickets.put(key, Instant.ofEpochMilli(Long.parseLong(until.n()))));
    return new Session(
        item.text(USER_ID),
        item.text(SESSION_KEY),
        item.text(SESSION_ID),
        item.optionalText(CLIENT_NAME),
        Instant.ofEpochMilli(item.number(CREATED_AT)),
        Instant.ofEpochMilli(item.number(USED_AT)),
        Instant.ofEpochMilli(item.number(GOOD_UNTIL)),
        Instant.ofEpochMilli(item.number(ENDS_AT)),
        Map.copyOf(tickets));
  }
}
