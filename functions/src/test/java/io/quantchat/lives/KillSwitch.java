package io.quantchat.lives;

import io.quantchat.testing.RequestInterceptor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Ends one instance of a function at a request of its to the store, before that is done or after:
 * whatever it asks from then on it asks in vain.
 */
final class KillSwitch implements RequestInterceptor {

  private static final int NEVER = Integer.MAX_VALUE;

  private final AtomicInteger requestsLeft = new AtomicInteger(NEVER);
  private final AtomicLong writes;
  private final AtomicInteger underWay;
  private volatile boolean killsAfter;
  private volatile boolean isDead;

  /**
   * @param writes counts those that were done
   * @param underWay counts requests that the store is at
   */
  KillSwitch(AtomicLong writes, AtomicInteger underWay) {
    this.writes = writes;
    this.underWay = underWay;
  }

  /**
   * @param more how many requests go well before
   * @param after whether the one at which it ends is done
   */
  void arm(int more, boolean after) {
    killsAfter = after;
    requestsLeft.set(more);
  }

  void disarm() {
    if (!isDead) {
      requestsLeft.set(NEVER);
    }
  }

  boolean isDead() {
    return isDead;
  }

  @Override
  public DynamoDbResponse intercept(DynamoDbRequest request, Onward onward) {
    boolean ends = requestsLeft.get() != NEVER && requestsLeft.getAndDecrement() == 0;
    if (isDead || (ends && !killsAfter)) {
      isDead = true;
      throw new Killed();
    }
    DynamoDbResponse answer;
    underWay.incrementAndGet();
    try {
      answer = onward.pass(request);
    } finally {
      underWay.decrementAndGet();
    }
    if (writes(request)) {
      writes.incrementAndGet();
    }
    if (ends) {
      isDead = true;
      throw new Killed();
    }
    return answer;
  }

  private static boolean writes(DynamoDbRequest request) {
    return switch (request) {
      case PutItemRequest _,
          UpdateItemRequest _,
          DeleteItemRequest _,
          BatchWriteItemRequest _,
          TransactWriteItemsRequest _ ->
          true;
      default -> false;
    };
  }
}
