package io.quantchat.relay;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Gets in the way of the relay's requests to DynamoDB, which are of four kinds. */
final class Mishaps implements ExecutionInterceptor {

  private final AtomicReference<Runnable> duringPut = new AtomicReference<>();
  private final AtomicBoolean losesAnswer = new AtomicBoolean();

  /** Something that happens after the next put was asked for, and before it is done. */
  void duringNextPut(Runnable event) {
    duringPut.set(event);
  }

  /** The next put is done, but its answer doesn't arrive. */
  void loseAnswerOfNextPut() {
    losesAnswer.set(true);
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    switch (context.request()) {
      case GetItemRequest get -> {}
      case PutItemRequest put -> {}
      case DeleteItemRequest delete -> {}
      case QueryRequest query -> {}
      default -> throw new AssertionError("The relay must not ask " + context.request());
    }
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
  }

  @Override
  public void beforeUnmarshalling(
      Context.BeforeUnmarshalling context, ExecutionAttributes attributes) {
    if (context.request() instanceof PutItemRequest && losesAnswer.getAndSet(false)) {
      throw RetryableException.create("The connection broke");
    }
  }
}
