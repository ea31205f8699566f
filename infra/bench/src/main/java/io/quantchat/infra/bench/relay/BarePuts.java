package io.quantchat.infra.bench.relay;

import io.quantchat.infra.local.RunningInstance;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The database alone: puts of the very item that the relay stores, into the same table of the same
 * process, by the SDK client that the functions use, from as many threads as there are senders.
 */
final class BarePuts implements AutoCloseable {

  private static final String TABLE = "RelayMessagesTable";
  private static final String RECIPIENT_ID = "recipient_id";
  private static final String MESSAGE_ID = "message_id";

  private final DynamoDbClient client;
  private final String table;
  private final Map<String, AttributeValue> example;
  private final int threads;

  /**
   * @param exampleOf whose one pending message is the item
   */
  BarePuts(RunningInstance instance, String exampleOf, int threads) {
    this.client =
        DynamoDbClient.builder()
            .endpointOverride(instance.dynamoDbUrl())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    this.table = instance.tables().get(TABLE);
    this.threads = threads;
    this.example =
        client
            .query(
                query ->
                    query
                        .tableName(table)
                        .keyConditionExpression(RECIPIENT_ID + " = :recipient")
                        .expressionAttributeValues(
                            Map.of(":recipient", AttributeValue.fromS(exampleOf))))
            .items()
            .getFirst();
  }

  /**
   * Puts for so long, one a thread at least, then deletes what it put. Puts a second; the deletes
   * don't count.
   */
  double perSecond(Duration time) {
    String recipient = UUID.randomUUID().toString();
    Queue<String> put = new ConcurrentLinkedQueue<>();
    long began = System.nanoTime();
    long deadline = began + time.toNanos();
    onEachThread(
        () -> {
          do {
            String id = UUID.randomUUID().toString();
            put(recipient, id);
            put.add(id);
          } while (System.nanoTime() < deadline);
        });
    double seconds = (System.nanoTime() - began) / 1e9;
    int count = put.size();
    onEachThread(
        () -> {
          for (String id = put.poll(); id != null; id = put.poll()) {
            delete(recipient, id);
          }
        });
    return count / seconds;
  }

  private void put(String recipient, String id) {
    Map<String, AttributeValue> item = new HashMap<>(example);
    item.put(RECIPIENT_ID, AttributeValue.fromS(recipient));
    item.put(MESSAGE_ID, AttributeValue.fromS(id));
    client.putItem(put -> put.tableName(table).item(item));
  }

  private void delete(String recipient, String id) {
    client.deleteItem(
        delete ->
            delete
                .tableName(table)
                .key(
                    Map.of(
                        RECIPIENT_ID, AttributeValue.fromS(recipient),
                        MESSAGE_ID, AttributeValue.fromS(id))));
  }

  private void onEachThread(Runnable task) {
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<? extends Future<?>> running =
          IntStream.range(0, threads).mapToObj(i -> executor.submit(task)).toList();
      for (Future<?> each : running) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while putting", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A bare put failed", e.getCause());
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
