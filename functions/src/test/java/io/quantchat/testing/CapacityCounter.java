package io.quantchat.testing;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import jdk.management.VirtualThreadSchedulerMXBean;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Counts what a client's requests cost while a piece of work runs, whichever virtual threads it
 * uses:
 *
 * <pre>{@code
 * CapacityCounter counter = new CapacityCounter();
 * ContactStore contacts = new ContactStore(tables.client(counter), …);
 * Spent spent = counter.during(() -> contacts.add(contact));
 * }</pre>
 *
 * <p>Requests that don't wait for one another share a round trip, however slow the machine is: each
 * is held until no thread runs that could send one more, and then all go out.
 *
 * <p>A request that fails is counted, but reports no units; AWS bills a write refused by its
 * condition as a write. A retry is no request of its own.
 */
public final class CapacityCounter implements RequestInterceptor {

  /** A request that has begun and not ended. */
  private static final class Begun {
    final int roundTrip;
    boolean released;

    Begun(int roundTrip) {
      this.roundTrip = roundTrip;
    }
  }

  /** For work that waits for something else than its requests, and would do so for ever. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private static final VirtualThreadSchedulerMXBean THREADS =
      ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition release = lock.newCondition();
  private final Set<Begun> open = new HashSet<>();
  private final List<Call> calls = new ArrayList<>();

  /** A request's round trip is the one after the last of which a request had ended by then. */
  private int lastEnded;

  private boolean counting;

  /** Work that may throw. */
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
      run(work);
    } finally {
      end();
    }
    return new Spent(List.copyOf(calls));
  }

  private void run(Work work) throws Exception {
    var thrown = new CompletableFuture<Throwable>();
    Thread.ofVirtual().start(() -> thrown.complete(thrownBy(work)));
    long start = System.nanoTime();
    while (!thrown.isDone()) {
      if (System.nanoTime() - start > LONGEST.toNanos()) {
        throw new IllegalStateException("The work hasn't ended after " + LONGEST);
      }
      if (allAreHeld() && nothingRuns() && nothingRuns()) {
        releaseAll();
      }
      Thread.sleep(1);
    }
    switch (thrown.join()) {
      case null -> {}
      case Exception exception -> throw exception;
      case Throwable error -> throw (Error) error;
    }
  }

  private static Throwable thrownBy(Work work) {
    try {
      work.run();
      return null;
    } catch (Throwable thrown) {
      return thrown;
    }
  }

  /** A thread that is neither mounted nor queued waits for another, or for a held request. */
  private static boolean nothingRuns() {
    return THREADS.getQueuedVirtualThreadCount() == 0
        && THREADS.getMountedVirtualThreadCount() == 0;
  }

  private void begin() {
    lock.lock();
    try {
      if (counting) {
        throw new IllegalStateException("This counter is counting already.");
      }
      counting = true;
      open.clear();
      calls.clear();
      lastEnded = 0;
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      counting = false;
    } finally {
      lock.unlock();
    }
    releaseAll();
  }

  private boolean allAreHeld() {
    lock.lock();
    try {
      return !open.isEmpty() && open.stream().noneMatch(request -> request.released);
    } finally {
      lock.unlock();
    }
  }

  private void releaseAll() {
    lock.lock();
    try {
      open.forEach(request -> request.released = true);
      release.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public DynamoDbResponse intercept(DynamoDbRequest request, Onward onward) {
    Begun begun = begun();
    double units = 0;
    try {
      if (begun != null) {
        awaitRelease(begun);
      }
      DynamoDbResponse answer = onward.pass(reportingCapacity(request));
      double counted = consumed(answer).stream().mapToDouble(ConsumedCapacity::capacityUnits).sum();
      units = Math.max(counted, least(request));
      return answer;
    } finally {
      ended(request, units, begun);
    }
  }

  private Begun begun() {
    lock.lock();
    try {
      if (!counting) {
        return null;
      }
      var request = new Begun(lastEnded + 1);
      open.add(request);
      return request;
    } finally {
      lock.unlock();
    }
  }

  /** A thread that waits here, or for this lock, is not mounted. */
  private void awaitRelease(Begun request) {
    lock.lock();
    try {
      while (!request.released) {
        release.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private static DynamoDbRequest reportingCapacity(DynamoDbRequest request) {
    ReturnConsumedCapacity total = ReturnConsumedCapacity.TOTAL;
    return switch (request) {
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
      default -> request;
    };
  }

  /** DynamoDB bills a query that finds nothing as one that reads 4 kB; LocalStack doesn't. */
  private static double least(DynamoDbRequest request) {
    if (!(request instanceof QueryRequest query)) {
      return 0;
    }
    return Boolean.TRUE.equals(query.consistentRead()) ? 1 : 0.5;
  }

  /** A request that began before the count, or outlived it, is none of its. */
  private void ended(DynamoDbRequest request, double units, Begun begun) {
    lock.lock();
    try {
      if (begun != null && open.remove(begun) && counting) {
        lastEnded = Math.max(lastEnded, begun.roundTrip);
        calls.add(
            new Call(Call.operationOf(request), Call.tablesOf(request), units, begun.roundTrip));
      }
    } finally {
      lock.unlock();
    }
  }

  private static List<ConsumedCapacity> consumed(DynamoDbResponse response) {
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
