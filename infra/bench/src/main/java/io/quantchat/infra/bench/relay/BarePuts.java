package io.quantchat.infra.bench.relay;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The database alone, in this process: puts of the very item that the relay stores, by the client
 * that its functions have, from as many threads as there are senders.
 */
final class BarePuts {

  private final DynamoDbClient client;
  private final MessageRows rows;
  private final int threads;

  BarePuts(DynamoDbClient client, int threads) {
    this.client = client;
    this.rows = MessageRows.into(client);
    this.threads = threads;
  }

  /**
   * Puts for so long, one a thread at least, then deletes what it put. Puts a second; the deletes
   * don't count.
   */
  double perSecond(Duration time) {
    String recipient = UUID.randomUUID().toString();
    Queue<Map<String, AttributeValue>> put = new ConcurrentLinkedQueue<>();
    long began = System.nanoTime();
    long deadline = began + time.toNanos();
    Threads.run(
        threads,
        () -> {
          do {
            Map<String, AttributeValue> row = rows.row(recipient);
            client.putItem(request -> request.tableName(rows.table()).item(row));
            put.add(MessageRows.keyOf(row));
          } while (System.nanoTime() < deadline);
        });
    double seconds = (System.nanoTime() - began) / 1e9;
    int count = put.size();
    Threads.run(
        threads,
        () -> {
          for (Map<String, AttributeValue> key = put.poll(); key != null; key = put.poll()) {
            Map<String, AttributeValue> one = key;
            client.deleteItem(request -> request.tableName(rows.table()).key(one));
          }
        });
    return count / seconds;
  }
}
