package io.quantchat.relay;

import io.quantchat.testing.RequestInterceptor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Gets in the way of the relay's requests to DynamoDB, which are of five kinds. */
final class Mishaps implements RequestInterceptor {

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
  public DynamoDbResponse intercept(DynamoDbRequest request, Onward onward) {
    return switch (request) {
      case GetItemRequest get -> onward.pass(get);
      case PutItemRequest put -> put(put, onward);
      case UpdateItemRequest update -> onward.pass(update);
      case DeleteItemRequest delete -> onward.pass(delete);
      case QueryRequest query -> onward.pass(query);
      default -> throw new AssertionError("The relay must not ask " + request);
    };
  }

  /** An answer that doesn't arrive lets the SDK's client ask again, with the same request. */
  private DynamoDbResponse put(PutItemRequest put, Onward onward) {
    Runnable event = duringPut.getAndSet(null);
    if (event != null) {
      event.run();
    }
    if (losesAnswer.getAndSet(false)) {
      onward.pass(put);
    }
    return onward.pass(put);
  }
}
