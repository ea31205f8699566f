package io.quantchat.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.contacts.Contact;
import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Ids;
import io.quantchat.http.Json;
import io.quantchat.relay.RelayMessageStore.Queue;
import io.quantchat.testing.Answer;
import io.quantchat.testing.CapacityCounter;
import io.quantchat.testing.ProxyEvent;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The relay's function on real tables. Every fixture shares the tables; accounts are new in each,
 * so that tests never meet.
 */
final class RelayFixture {

  private static final StoreTables EMBEDDED = StoreTables.embedded();

  private final RandomGenerator random = new Random();

  /** Counts what the handler, and nothing else, asks of DynamoDB. */
  final CapacityCounter counter = new CapacityCounter();

  final Mishaps mishaps = new Mishaps();
  final World world;
  final RelayMessageStore messages;
  final RelayHandler handler;

  /** A fixture on the embedded database. */
  RelayFixture() {
    this(EMBEDDED);
  }

  /** A fixture on these tables. */
  RelayFixture(StoreTables tables) {
    this(tables, environment -> environment);
  }

  private RelayFixture(StoreTables tables, UnaryOperator<Environment> change) {
    world = new World(tables);
    messages = RelayMessageStore.of(world.host);
    Host host = world.hostOf(RelayHandler.class);
    handler =
        new RelayHandler(
            new Host(
                change.apply(host.environment()),
                tables.client(counter, mishaps),
                host.sockets(),
                host.clock(),
                host.random()));
  }

  /** A fixture whose clients are as near as its tables. */
  static RelayFixture near() {
    return new RelayFixture(
        EMBEDDED, environment -> environment.with(Variable.LOOK_HOLDS_MILLISECONDS, "0"));
  }

  /** A fixture in which an inbox holds no more than a mebibyte. */
  static RelayFixture withInboxOfOneMebibyte() {
    return new RelayFixture(
        EMBEDDED, environment -> environment.with(Variable.INBOX_MEBIBYTES, "1"));
  }

  /** Registers an account; gives its id. */
  String account() {
    return world.account("somebody").userId();
  }

  /** One adds the other, and the other it. */
  void areContacts(String one, String other) {
    hasAdded(one, other);
    hasAdded(other, one);
  }

  /** One adds the other. */
  void hasAdded(String one, String other) {
    world.contacts.add(new Contact(one, other, world.clock.instant()));
  }

  /** Opens a socket; gives its id. */
  String connect(String userId) {
    var socket = world.newSocket(userId);
    world.connections.add(socket);
    return socket.connectionId();
  }

  /** A new id of the clock's time. */
  String messageId() {
    return Ids.timeOrdered(world.clock.instant(), random);
  }

  Answer send(String userId, ObjectNode message) {
    world.clock.advance(Duration.ofMillis(1));
    return post(userId, "/relay/send", message.toString());
  }

  Answer post(String userId, String resource, String body) {
    return call(world.tokenOf(userId), "POST", resource, Map.of(), Map.of(), body);
  }

  Answer pending(String userId, Map<String, String> query) {
    return call(world.tokenOf(userId), "GET", "/relay/pending", Map.of(), query, null);
  }

  Answer acknowledge(String userId, String messageId) {
    return post(
        userId, "/relay/acknowledge", Json.object().put("message_id", messageId).toString());
  }

  Answer conversation(String userId, String contactId, Map<String, String> query) {
    return call(
        world.tokenOf(userId),
        "GET",
        "/messages/conversation/{contact_id}",
        Map.of("contact_id", contactId),
        query,
        null);
  }

  /** One invocation with a proxy event as the REST API makes it. */
  Answer call(
      String token,
      String method,
      String resource,
      Map<String, String> path,
      Map<String, String> query,
      String body) {
    ObjectNode event = ProxyEvent.of(method, resource).put("body", body);
    if (token != null) {
      World.withToken(event, token);
    }
    event.set("queryStringParameters", objectOrNull(query));
    event.set("pathParameters", objectOrNull(path));
    return world.call(handler, event);
  }

  /** Rows of a queue, expired ones too: what the table really holds. */
  List<Map<String, AttributeValue>> rows(Queue queue, String recipientId) {
    String key = (queue == Queue.WITHHELD ? "dropped#" : "") + recipientId;
    return world
        .dynamoDb
        .queryPaginator(
            QueryRequest.builder()
                .tableName(world.table(Variable.RELAY_MESSAGES_TABLE))
                .keyConditionExpression("recipient_id = :queue")
                .expressionAttributeValues(Map.of(":queue", AttributeValue.fromS(key)))
                .consistentRead(true)
                .build())
        .items()
        .stream()
        .toList();
  }

  /** What lies beside an account's sockets and is none. */
  List<Map<String, AttributeValue>> rowsBesideSockets(String userId) {
    return world
        .dynamoDb
        .queryPaginator(
            QueryRequest.builder()
                .tableName(world.table(Variable.CONNECTIONS_TABLE))
                .keyConditionExpression("user_id = :user AND begins_with(connection_id, :note)")
                .expressionAttributeValues(
                    Map.of(
                        ":user", AttributeValue.fromS(userId), ":note", AttributeValue.fromS("#")))
                .consistentRead(true)
                .build())
        .items()
        .stream()
        .toList();
  }

  /** A message's least: what the original client sends. */
  static ObjectNode message(String recipientId, String content) {
    return Json.object()
        .put("recipient_id", recipientId)
        .put("encrypted_content", content)
        .put("encrypted_session_key", "session-key-placeholder");
  }

  static JsonNode json(String singleQuoted, Object... arguments) {
    return World.json(singleQuoted.replace('\'', '"').formatted(arguments));
  }

  private static ObjectNode objectOrNull(Map<String, String> values) {
    if (values.isEmpty()) {
      return null;
    }
    ObjectNode object = Json.object();
    values.forEach(object::put);
    return object;
  }
}
