package io.quantchat.infra.bench.relay;

import io.quantchat.infra.database.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Fills a data folder with messages, straight into its database. */
final class Filling {

  /** Where a data folder has its tables. */
  private static final String TABLES = "tables";

  /** The most that one request writes. */
  private static final int BATCH = 25;

  /** Many at once share one write to the disk. */
  private static final int THREADS = 16;

  /** Rows of one recipient. */
  private static final int EACH = 1000;

  /** Bytes that a row of 1 kB takes at least, so that sizes needn't be looked up after each. */
  private static final long LEAST = 1000;

  private Filling() {}

  /**
   * Writes rows until the folder's files have so many bytes.
   *
   * @return how many rows
   */
  static long fill(Path data, long bytes) throws IOException {
    Path tables = data.resolve(TABLES);
    Files.createDirectories(data);
    AtomicLong written = new AtomicLong();
    try (EmbeddedDatabase database = EmbeddedDatabase.onDisk(tables);
        DynamoDbClient client = database.client()) {
      MessageRows rows = MessageRows.into(client);
      for (long missing = bytes; missing > 0; missing = bytes - inPlace(database)) {
        long goal = written.get() + Math.max(BATCH, missing / LEAST / 2);
        Threads.run(
            THREADS,
            () -> {
              while (written.getAndAdd(BATCH) < goal) {
                write(client, rows, written.get() / EACH);
              }
              written.addAndGet(-BATCH);
            });
      }
    }
    return written.get();
  }

  private static void write(DynamoDbClient client, MessageRows rows, long recipient) {
    String recipientId = new UUID(recipient, recipient).toString();
    List<WriteRequest> batch =
        IntStream.range(0, BATCH).mapToObj(i -> put(rows.row(recipientId))).toList();
    Map<String, List<WriteRequest>> left = Map.of(rows.table(), batch);
    while (!left.isEmpty()) {
      Map<String, List<WriteRequest>> asked = left;
      left = client.batchWriteItem(request -> request.requestItems(asked)).unprocessedItems();
    }
  }

  private static WriteRequest put(Map<String, AttributeValue> row) {
    return WriteRequest.builder().putRequest(PutRequest.builder().item(row).build()).build();
  }

  /** Bytes that are left when the log is gone, as it is once the database is closed. */
  private static long inPlace(EmbeddedDatabase database) {
    return database.stats().bytes() - database.stats().logBytes();
  }

  /** Bytes of all files in a folder. */
  static long size(Path folder) throws IOException {
    long size = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        size += Files.size(file);
      }
    }
    return size;
  }
}
