package io.quantchat.host;

import java.util.Map;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Why a transaction was cancelled (DynamoDB API Reference, TransactWriteItems). Reasons stand in
 * the order of the writes, so whoever asks for one names its write's position.
 */
public record Cancellation(TransactionCanceledException exception) {

  /** Whether the condition of the write at this position wasn't met. */
  public boolean isConditionUnmet(int position) {
    return "ConditionalCheckFailed".equals(reason(position).code());
  }

  /** Whether another request was writing at this position's item in the same moment. */
  private boolean isConflict(int position) {
    return "TransactionConflict".equals(reason(position).code());
  }

  /** Whether another request got in the way of any of the writes. */
  public boolean hasConflict() {
    return positions().anyMatch(this::isConflict);
  }

  /** Whether any write's condition wasn't met. */
  boolean hasUnmetCondition() {
    return positions().anyMatch(this::isConditionUnmet);
  }

  /** The item that was there, where the write at this position asked for it; else empty. */
  public Map<String, AttributeValue> itemAt(int position) {
    CancellationReason reason = reason(position);
    return reason.hasItem() ? reason.item() : Map.of();
  }

  private CancellationReason reason(int position) {
    return exception.cancellationReasons().get(position);
  }

  private IntStream positions() {
    return IntStream.range(0, exception.cancellationReasons().size());
  }
}
