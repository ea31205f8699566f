package io.quantchat.infra.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Counts what a client's requests cost while a piece of work runs, whichever threads it uses:
 *
 * <pre>{@code
 * CapacityCounter counter = new CapacityCounter(Duration.ofMillis(30));
 * RelayStore store = new RelayStore(tables.client(counter), …);
 * Spent spent = counter.during(() -> store.put(message));
 * }</pre>
 *
 * <p>A request that fails is counted, but reports no units; AWS bills a write refused by its
 * condition as a write. A retry is no request of its own.
 */
public final class CapacityCounter implements ExecutionInterceptor {
  private static final ExecutionAttribute<Integer> DEPTH = new ExecutionAttribute<>("Depth");

  private final Duration latency;
  private final Map<String, Integer> requests = new TreeMap<>();
  private double readUnits;
  private double writeUnits;

  /** A call's depth is one more than the deepest call that had ended when it began. */
  private int deepestEnded;

  private boolean counting;

  /**
   * @param latency how long each request is held back, so that requests sent together overlap for
   *     certain; 30 ms is enough
   */
  public CapacityCounter(Duration latency) {
    this.latency = latency;
  }

  public CapacityCounter() {
    this(Duration.ZERO);
  }

  /** What may throw. */
  @FunctionalInterface
  public interface Work {
    void run() throws Exception;
  }

  /**
   * Runs the work and says what its requests cost.
   *
   * @throws IllegalStateException if this counter is counting already
   */
  public Spent during(Work work) throws Exception {
    begin();
    try {
      work.run();
    } finally {
      synchronized (this) {
        counting = false;
      }
    }
    synchronized (this) {
      return new Spent(Map.copyOf(requests), readUnits, writeUnits, deepestEnded);
    }
  }

  private synchronized void begin() {
    if (counting) {
      throw new IllegalStateException("This counter is counting already.");
    }
    counting = true;
    requests.clear();
    readUnits = 0;
    writeUnits = 0;
    deepestEnded = 0;
  }

  @Override
  public synchronized void beforeExecution(
      Context.BeforeExecution context, ExecutionAttributes attributes) {
    if (counting) {
      requests.merge(
          attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME), 1, Integer::sum);
      attributes.putAttribute(DEPTH, deepestEnded + 1);
    }
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    ReturnConsumedCapacity total = ReturnConsumedCapacity.TOTAL;
    return switch (context.request()) {
      case GetItemRequest get -> get.toBuilder().returnConsumedCapacity(total).build();
      case PutItemRequest put -> put.toBuilder().returnConsumedCapacity(total).build();
      case UpdateItemRequest update -> update.toBuilder().returnConsumedCapacity(total).build();
      case DeleteItemRequest delete -> delete.toBuilder().returnConsumedCapacity(total).build();
      case QueryRequest query -> query.toBuilder().returnConsumedCapacity(total).build();
      case ScanRequest scan -> scan.toBuilder().returnConsumedCapacity(total).build();
      case BatchGetItemRequest batch -> batch.toBuilder().returnConsumedCapacity(total).build();
      case BatchWriteItemRequest batch -> batch.toBuilder().returnConsumedCapacity(total).build();
      case TransactGetItemsRequest all -> all.toBuilder().returnConsumedCapacity(total).build();
      case TransactWriteItemsRequest all -> all.toBuilder().returnConsumedCapacity(total).build();
      default -> context.request();
    };
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    if (attributes.getAttribute(DEPTH) == null) {
      return; // Not counted, so there is nothing to overlap with.
    }
    try {
      Thread.sleep(latency);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void afterExecution(
      Context.AfterExecution context, ExecutionAttributes attributes) {
    if (!ended(attributes)) {
      return;
    }
    String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    double counted =
        consumed(context.response()).stream().mapToDouble(ConsumedCapacity::capacityUnits).sum();
    double units = Math.max(counted, least(context.request()));
    switch (operation) {
      case "GetItem", "BatchGetItem", "TransactGetItems", "Query", "Scan" -> readUnits += units;
      default -> writeUnits += units;
    }
  }

  @Override
  public synchronized void onExecutionFailure(
      Context.FailedExecution context, ExecutionAttributes attributes) {
    ended(attributes);
  }

  /** DynamoDB bills a query that finds nothing as one that reads 4 kB; DynamoDB Local doesn't. */
  private static double least(SdkRequest request) {
    if (!(request instanceof QueryRequest query)) {
      return 0;
    }
    return Boolean.TRUE.equals(query.consistentRead()) ? 1 : 0.5;
  }

  /** A call that began before the count, or outlived it, is none of its. */
  private boolean ended(ExecutionAttributes attributes) {
    Integer depth = attributes.getAttribute(DEPTH);
    if (depth == null || !counting) {
      return false;
    }
    deepestEnded = Math.max(deepestEnded, depth);
    return true;
  }

  private static List<ConsumedCapacity> consumed(SdkResponse response) {
    List<ConsumedCapacity> capacities = new ArrayList<>();
    Object one = response.getValueForField("ConsumedCapacity", Object.class).orElse(null);
    if (one instanceof ConsumedCapacity capacity) {
      capacities.add(capacity);
    } else if (one instanceof Collection<?> several) {
      several.forEach(item -> capacities.add((ConsumedCapacity) item));
    }
    return capacities;
  }
}
