package io.quantchat.push;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.host.Read;
import io.quantchat.host.Times;
import io.quantchat.http.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Which sockets are open. A row may outlive its socket; a socket never outlives its row. */
public final class ConnectionStore {

  private static final String USER_ID = "user_id";
  private static final String CONNECTION_ID = "connection_id";
  private static final String SESSION_ID = "session_id";
  private static final String CONNECTED_AT = "connected_at";
  private static final String EXPIRES_AT = "expires_at";

  /** The place of the row that says that the account has left; the gateway gives no such id. */
  private static final String LEFT = "#left";

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final Clock clock;

  /** Connections in a host's table. */
  public static ConnectionStore of(Host host) {
    return new ConnectionStore(host.dynamoDb(), host.get(Variable.CONNECTIONS_TABLE), host.clock());
  }

  ConnectionStore(DynamoDbClient dynamoDb, String table, Clock clock) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.clock = clock;
  }

  /** Notes that a socket has opened. */
  public void add(Connection connection) {
    var item = new HashMap<String, AttributeValue>();
    item.put(USER_ID, Item.of(connection.userId()));
    item.put(CONNECTION_ID, Item.of(connection.connectionId()));
    item.put(CONNECTED_AT, Item.of(connection.connectedAt().toEpochMilli()));
    item.put(EXPIRES_AT, Item.of(Times.ceilingSeconds(connection.expiresAt())));
    connection.sessionId().ifPresent(id -> item.put(SESSION_ID, Item.of(id)));
    dynamoDb.putItem(PutItemRequest.builder().tableName(table).item(item).build());
  }

  /** Forgets one socket, and no other of the same account. Doing it again changes nothing. */
  public void remove(String userId, String connectionId) {
    dynamoDb.deleteItem(
        DeleteItemRequest.builder()
            .tableName(table)
            .key(Map.of(USER_ID, Item.of(userId), CONNECTION_ID, Item.of(connectionId)))
            .build());
  }

  /** Begins the sort key of a note; the gateway's ids never do. */
  private static final String NOTE = "#";

  /**
   * What lies in an account's place among the sockets.
   *
   * @param open its sockets that may still be open
   * @param notes rows of others' about the account, which cost a look nothing
   */
  public record Look(List<Connection> open, List<Item> notes) {

    /** The note of this name. */
    public Optional<Item> note(String name) {
      return notes.stream()
          .filter(item -> item.text(CONNECTION_ID).equals(NOTE + name))
          .findFirst();
    }
  }

  /** The key of a note: of something that is to be known wherever an account's sockets are. */
  public static Map<String, AttributeValue> noteKey(String userId, String name) {
    return Map.of(USER_ID, Item.of(userId), CONNECTION_ID, Item.of(NOTE + name));
  }

  /**
   * The sockets of an account that may still be open: rows past their expiry are left out, reaped
   * or not.
   */
  public List<Connection> openOf(String userId, Read read) {
    return look(userId, read).open();
  }

  /** The same, with the account's notes. */
  public Look look(String userId, Read read) {
    Instant now = clock.instant();
    List<Item> rows = rowsOf(userId, read);
    return new Look(
        rows.stream()
            .filter(row -> !isNote(row))
            .map(ConnectionStore::connectionOf)
            .filter(connection -> connection.expiresAt().isAfter(now))
            .toList(),
        rows.stream().filter(ConnectionStore::isNote).toList());
  }

  /**
   * The same of an account that is about to do something. Costs nothing more: the row that says
   * that an account has left lies among those of its sockets.
   *
   * @throws Problem of kind UNAUTHORIZED if it has left. Eventually consistent
   */
  public List<Connection> openOfCaller(String userId) {
    Look own = look(userId, Read.EVENTUAL);
    if (own.notes().stream().anyMatch(note -> note.text(CONNECTION_ID).equals(LEFT))) {
      throw Problem.of(Problem.Kind.UNAUTHORIZED, "This account is no more: register again.");
    }
    return own.open();
  }

  /** The write that says among its sockets that an account has left, as a part of that. */
  public TransactWriteItem noting(String userId, Instant leftAt) {
    return TransactWriteItem.builder()
        .put(
            Put.builder()
                .tableName(table)
                .item(
                    Map.of(
                        USER_ID, Item.of(userId),
                        CONNECTION_ID, Item.of(LEFT),
                        CONNECTED_AT, Item.of(leftAt.toEpochMilli())))
                .build())
        .build();
  }

  private static boolean isNote(Item row) {
    return row.text(CONNECTION_ID).startsWith(NOTE);
  }

  private List<Item> rowsOf(String userId, Read read) {
    return dynamoDb
        .query(
            QueryRequest.builder()
                .tableName(table)
                .keyConditionExpression(USER_ID + " = :user")
                .expressionAttributeValues(Map.of(":user", Item.of(userId)))
                .consistentRead(read.isConsistent())
                .build())
        .items()
        .stream()
        .map(Item::new)
        .toList();
  }

  private static Connection connectionOf(Item item) {
    return new Connection(
        item.text(USER_ID),
        item.text(CONNECTION_ID),
        Instant.ofEpochMilli(item.number(CONNECTED_AT)),
        item.optionalText(SESSION_ID));
  }
}
