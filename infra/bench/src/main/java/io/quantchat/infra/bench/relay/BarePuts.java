package io.quantchat.infra.bench.relay;

import io.quantchat.infra.local.database.Database;
import io.quantchat.infra.stack.TableSpec;
import io.quantchat.infra.stack.Tables;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The database alone: puts of items like those that the relay stores, into a database of this
 * process's own, by a client in the process as the functions have, from as many threads as there
 * are senders.
 */
final class BarePuts implements AutoCloseable {

  private static final String TABLE = "BarePuts";
  private static final String RECIPIENT_ID = "recipient_id";
  private static final String MESSAGE_ID = "message_id";
  private static final int CONTENT_BYTES = 1_100;

  private final Database database;
  private final DynamoDbClient client;
  private final int threads;
  private final AttributeValue content =
      AttributeValue.fromB(SdkBytes.fromByteArray(new byte[CONTENT_BYTES]));

  /**
   * @param database closed with this
   */
  BarePuts(Database database, int threads) {
    this.database = database;
    this.client = database.client();
    this.threads = threads;
    database.prepare(
        List.of(
            new TableSpec(
                TABLE,
                TABLE,
                new TableSpec.Key(RECIPIENT_ID, "S"),
                Optional.of(new TableSpec.Key(MESSAGE_ID, "S")),
                Optional.empty())),
        Tables.Reaping.NEVER);
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
    Map<String, AttributeValue> item =
        Map.of(
            RECIPIENT_ID,
            AttributeValue.fromS(recipient),
            MESSAGE_ID,
            AttributeValue.fromS(id),
            "content",
            content);
    client.putItem(put -> put.tableName(TABLE).item(item));
  }

  private void delete(String recipient, String id) {
    client.deleteItem(
        delete ->
            delete
                .tableName(TABLE)
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
    database.close();
  }
}
