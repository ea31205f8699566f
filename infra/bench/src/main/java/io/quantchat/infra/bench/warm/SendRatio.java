package io.quantchat.infra.bench.warm;

import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Ids;
import io.quantchat.host.Item;
import io.quantchat.host.Parallel;
import io.quantchat.infra.local.OwnBackend;
import io.quantchat.relay.RelayHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A whole send, from event to answer, beside what its database calls take by themselves. The
 * database is the embedded one, as in the runner; the three take turns, one call each, so that
 * whatever slows the machine slows all of them.
 */
final class SendRatio implements AutoCloseable {

  /** One of the things that take turns. */
  @FunctionalInterface
  private interface Turn {
    void take() throws IOException;
  }

  /**
   * Medians in microseconds.
   *
   * @param put the bare put of the item that a send stores
   * @param calls the three reads at once and then the put: what a send asks of the database
   * @param send the whole send
   * @param sends how many of each there were
   */
  record Medians(double put, double calls, double send, int sends) {

    double overPut() {
      return send / put;
    }

    double overCalls() {
      return send / calls;
    }
  }

  private static final byte[] CREATED = "\"statusCode\":201".getBytes(StandardCharsets.UTF_8);

  private final Sample sample = new Sample();
  private final SecureRandom random = new SecureRandom();
  private final byte[] event = sample.sendEvent();
  private final OwnBackend backend;
  private final DynamoDbClient dynamoDb;
  private final Environment tables;
  private final RelayHandler handler;
  private final Map<String, AttributeValue> row;

  SendRatio() {
    backend = OwnBackend.start();
    dynamoDb = backend.tables();
    Map<String, String> names = backend.tableNames();
    tables =
        Sample.environment(
            Map.of(
                Variable.ACCOUNTS_TABLE, names.get("AccountsTable"),
                Variable.ACCOUNT_EMAILS_TABLE, names.get("AccountEmailsTable"),
                Variable.CONTACTS_TABLE, names.get("ContactsTable"),
                Variable.RELAY_MESSAGES_TABLE, names.get("RelayMessagesTable"),
                Variable.CONNECTIONS_TABLE, names.get("ConnectionsTable"),
                Variable.LIMITS_TABLE, names.get("LimitsTable"),
                Variable.LEAVING_TABLE, names.get("LeavingTable"),
                Variable.TOKEN_KEYS_TABLE, names.get("TokenKeysTable")));
    var host = new Host(tables, dynamoDb, NoSockets::new, Clock.systemUTC(), random);
    handler = new RelayHandler(host);
    row = Stored.rowOf(sample.message());
    Stored.register(host, sample.recipientId);
    dynamoDb.putItem(
        put -> put.tableName(tables.get(Variable.TOKEN_KEYS_TABLE)).item(sample.keyRow()));
    dynamoDb.putItem(
        put -> put.tableName(tables.get(Variable.CONTACTS_TABLE)).item(sample.contactRow()));
  }

  /**
   * Takes turns until the time is over.
   *
   * @param warmUp how long sends go to no database at all, and then turns aren't counted
   * @param counted how long they are, one of each at least
   */
  Medians measure(Duration warmUp, Duration counted) throws IOException {
    compile(warmUp);
    takeTurns(warmUp);
    return takeTurns(counted);
  }

  /** With a database this slow, it would take minutes until our own code is compiled. */
  private static void compile(Duration time) throws IOException {
    var paths = new HotPaths();
    paths.prepare();
    long deadline = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < deadline) {
      paths.sendWithoutNetwork();
    }
  }

  private Medians takeTurns(Duration time) throws IOException {
    var puts = new ArrayList<Long>();
    var calls = new ArrayList<Long>();
    var sends = new ArrayList<Long>();
    long deadline = System.nanoTime() + time.toNanos();
    do {
      puts.add(nanosecondsOf(this::put));
      calls.add(nanosecondsOf(this::calls));
      sends.add(nanosecondsOf(this::send));
    } while (System.nanoTime() < deadline);
    return new Medians(median(puts), median(calls), median(sends), puts.size());
  }

  private static long nanosecondsOf(Turn turn) throws IOException {
    long began = System.nanoTime();
    turn.take();
    return System.nanoTime() - began;
  }

  /** Of nanoseconds, in microseconds. */
  static double median(List<Long> nanoseconds) {
    List<Long> sorted = nanoseconds.stream().sorted().toList();
    long upper = sorted.get(sorted.size() / 2);
    long lower = sorted.get((sorted.size() - 1) / 2);
    return (lower + upper) / 2000.0;
  }

  private void put() {
    Map<String, AttributeValue> item = new HashMap<>(row);
    item.put("message_id", Item.of(Ids.timeOrdered(Instant.now(), random)));
    dynamoDb.putItem(put -> put.tableName(tables.get(Variable.RELAY_MESSAGES_TABLE)).item(item));
  }

  private void calls() {
    List<Future<Object>> reads =
        List.of(
            Parallel.start(
                () ->
                    dynamoDb.getItem(
                        get ->
                            get.tableName(tables.get(Variable.ACCOUNTS_TABLE))
                                .key(Map.of("user_id", Item.of(sample.recipientId))))),
            Parallel.start(
                () ->
                    dynamoDb.getItem(
                        get ->
                            get.tableName(tables.get(Variable.CONTACTS_TABLE))
                                .key(sample.contactRow()))),
            Parallel.start(() -> sockets(sample.recipientId, true)),
            Parallel.start(() -> sockets(sample.senderId, false)));
    reads.forEach(Parallel::await);
    put();
  }

  private Object sockets(String userId, boolean consistent) {
    return dynamoDb.query(
        query ->
            query
                .tableName(tables.get(Variable.CONNECTIONS_TABLE))
                .keyConditionExpression("user_id = :user")
                .expressionAttributeValues(Map.of(":user", Item.of(userId)))
                .consistentRead(consistent));
  }

  private void send() throws IOException {
    var out = new ByteArrayOutputStream(512);
    // Only a failure asks for the context.
    handler.handleRequest(new ByteArrayInputStream(event), out, null);
    if (!startsWithCreated(out.toByteArray())) {
      throw new IllegalStateException(
          "A send was refused: " + out.toString(StandardCharsets.UTF_8));
    }
  }

  private static boolean startsWithCreated(byte[] answer) {
    return Arrays.equals(answer, 1, 1 + CREATED.length, CREATED, 0, CREATED.length);
  }

  @Override
  public void close() {
    backend.close();
  }
}
