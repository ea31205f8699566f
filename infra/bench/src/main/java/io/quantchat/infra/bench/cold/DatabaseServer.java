package io.quantchat.infra.bench.cold;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quantchat.infra.database.EmbeddedDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The embedded database behind DynamoDB's own protocol (JSON 1.0 over HTTP), on loopback: for
 * functions in processes of their own, as in a cold start. It checks no signature.
 */
final class DatabaseServer implements AutoCloseable {

  private static final String TARGET = "X-Amz-Target";
  private static final String ERRORS = "com.amazonaws.dynamodb.v20120810#";
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Operation(
      Supplier<SdkPojo> request, BiFunction<DynamoDbClient, Object, SdkPojo> run) {}

  /** By their names, what functions ask for. */
  private static final Map<String, Operation> OPERATIONS =
      Map.of(
          "GetItem",
          new Operation(GetItemRequest::builder, (db, r) -> db.getItem((GetItemRequest) r)),
          "PutItem",
          new Operation(PutItemRequest::builder, (db, r) -> db.putItem((PutItemRequest) r)),
          "UpdateItem",
          new Operation(
              UpdateItemRequest::builder, (db, r) -> db.updateItem((UpdateItemRequest) r)),
          "DeleteItem",
          new Operation(
              DeleteItemRequest::builder, (db, r) -> db.deleteItem((DeleteItemRequest) r)),
          "Query",
          new Operation(QueryRequest::builder, (db, r) -> db.query((QueryRequest) r)),
          "BatchGetItem",
          new Operation(
              BatchGetItemRequest::builder, (db, r) -> db.batchGetItem((BatchGetItemRequest) r)),
          "BatchWriteItem",
          new Operation(
              BatchWriteItemRequest::builder,
              (db, r) -> db.batchWriteItem((BatchWriteItemRequest) r)),
          "TransactGetItems",
          new Operation(
              TransactGetItemsRequest::builder,
              (db, r) -> db.transactGetItems((TransactGetItemsRequest) r)),
          "TransactWriteItems",
          new Operation(
              TransactWriteItemsRequest::builder,
              (db, r) -> db.transactWriteItems((TransactWriteItemsRequest) r)));

  private final DynamoDbClient database;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final DynamoDbJson json = new DynamoDbJson();

  private DatabaseServer(DynamoDbClient database, HttpServer server) {
    this.database = database;
    this.server = server;
  }

  /** Listens on a port that the system picks. */
  static DatabaseServer before(EmbeddedDatabase database) throws IOException {
    DatabaseServer front =
        new DatabaseServer(
            database.client(),
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    front.server.setExecutor(front.threads);
    front.server.createContext("/", front::answer);
    front.server.start();
    return front;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String target = exchange.getRequestHeaders().getFirst(TARGET);
      int status = 200;
      byte[] answer;
      try {
        answer = run(target == null ? "" : target.replaceFirst(".*\\.", ""), body);
      } catch (DynamoDbException refused) {
        status = refused.statusCode();
        answer = error(refused);
      }
      exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(status, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private byte[] run(String name, byte[] body) throws IOException {
    Operation operation = OPERATIONS.get(name);
    if (operation == null) {
      throw new IOException("A function asked for " + name + ", which is not served here");
    }
    Object request = json.read(body, operation.request());
    return json.write(operation.run().apply(database, request));
  }

  private byte[] error(DynamoDbException refused) throws IOException {
    ObjectNode error = JSON.createObjectNode();
    error.put("__type", ERRORS + refused.awsErrorDetails().errorCode());
    error.put("message", refused.awsErrorDetails().errorMessage());
    if (refused instanceof TransactionCanceledException cancelled) {
      ArrayNode reasons = error.putArray("CancellationReasons");
      for (CancellationReason reason : cancelled.cancellationReasons()) {
        reasons.add(JSON.readTree(json.write(reason)));
      }
    }
    if (refused instanceof ConditionalCheckFailedException failed && failed.hasItem()) {
      GetItemResponse item = GetItemResponse.builder().item(failed.item()).build();
      error.set("Item", JSON.readTree(json.write(item)).path("Item"));
    }
    return JSON.writeValueAsBytes(error);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    database.close();
  }
}
