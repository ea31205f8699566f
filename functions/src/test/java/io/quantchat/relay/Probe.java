package io.quantchat.relay;

import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/** Sees every call that the handler makes to DynamoDB, what it costs, and can get in its way. */
final class Probe implements ExecutionInterceptor {

  /**
   * One call.
   *
   * @param operation such as {@code GetItem}
   * @param units capacity units, as the database says
   */
  record Call(String operation, String table, double units) {}

  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final AtomicReference<Runnable> duringPut = new AtomicReference<>();
  private final AtomicReference<String> lostAnswer = new AtomicReference<>();
  private volatile CyclicBarrier together;
  private volatile Set<String> togetherOperations = Set.of();

  List<Call> calls() {
    return List.copyOf(calls);
  }

  long operations(String operation) {
    return calls.stream().filter(call -> call.operation().equals(operation)).count();
  }

  void forget() {
    calls.clear();
  }

  /** Something that happens after the next put was asked for, and before it is done. */
  void duringNextPut(Runnable event) {
    duringPut.set(event);
  }

  /** The next put is done, but its answer doesn't arrive. */
  void loseAnswerOfNextPut() {
    lostAnswer.set("PutItem");
  }

  /** Such calls are let through by so many at once; one that waits in vain fails. */
  void requireTogether(int number, String... operations) {
    togetherOperations = Set.of(operations);
    together = new CyclicBarrier(number);
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    ReturnConsumedCapacity total = ReturnConsumedCapacity.TOTAL;
    return switch (context.request()) {
      case GetItemRequest get -> get.toBuilder().returnConsumedCapacity(total).build();
      case PutItemRequest put -> put.toBuilder().returnConsumedCapacity(total).build();
      case DeleteItemRequest delete -> delete.toBuilder().returnConsumedCapacity(total).build();
      case QueryRequest query -> query.toBuilder().returnConsumedCapacity(total).build();
      default -> throw new AssertionError("The relay must not call " + context.request());
    };
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    if (context.request() instanceof PutItemRequest) {
      Runnable event = duringPut.getAndSet(null);
      if (event != null) {
        event.run();
      }
    }
    if (togetherOperations.contains(operationOf(context.request()))) {
      try {
        together.await(10, TimeUnit.SECONDS);
      } catch (BrokenBarrierException | TimeoutException alone) {
        throw new AssertionError(context.request() + " was alone", alone);
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
    }
  }

  @Override
  public void beforeUnmarshalling(
      Context.BeforeUnmarshalling context, ExecutionAttributes attributes) {
    if (context.request() instanceof PutItemRequest && lostAnswer.getAndSet(null) != null) {
      throw RetryableException.create("The connection broke");
    }
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    Call call = callOf(context.response());
    calls.add(new Call(call.operation(), call.table(), Math.max(call.units(), least(context))));
  }

  /** DynamoDB bills a query that finds nothing as one that reads 4 kB; DynamoDB Local doesn't. */
  private static double least(Context.AfterExecution context) {
    return context.request() instanceof QueryRequest query
        ? (Boolean.TRUE.equals(query.consistentRead()) ? 1.0 : 0.5)
        : 0;
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    calls.add(new Call(operationOf(context.request()), "failed", 0));
  }

  private static String operationOf(SdkRequest request) {
    return request.getClass().getSimpleName().replace("Request", "");
  }

  private static Call callOf(SdkResponse response) {
    return switch (response) {
      case GetItemResponse get -> call("GetItem", get.consumedCapacity());
      case PutItemResponse put -> call("PutItem", put.consumedCapacity());
      case DeleteItemResponse delete -> call("DeleteItem", delete.consumedCapacity());
      case QueryResponse query -> call("Query", query.consumedCapacity());
      default -> throw new AssertionError("The relay must not get " + response);
    };
  }

  private static Call call(String operation, ConsumedCapacity capacity) {
    return new Call(operation, capacity.tableName(), capacity.capacityUnits());
  }
}
