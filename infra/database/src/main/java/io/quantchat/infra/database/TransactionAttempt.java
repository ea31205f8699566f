package io.quantchat.infra.database;

import io.quantchat.infra.database.expression.InvalidExpression;
import io.quantchat.infra.database.item.InvalidValue;
import io.quantchat.infra.database.storage.Storage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;

/**
 * A transaction's writes, and what became of each.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CancellationReason.html">CancellationReason</a>
 */
final class TransactionAttempt {

  static final CancellationReason NONE = CancellationReason.builder().code("None").build();

  private final List<Part> parts = new ArrayList<>();
  private final List<CancellationReason> reasons = new ArrayList<>();
  private final Capacity.Sum sum = new Capacity.Sum();
  private boolean isCancelled;

  /**
   * One of the writes.
   *
   * @param write null where it was refused before anything was tried
   * @param invalid why it was
   */
  private record Part(Write write, String invalid) {}

  /** Adds a write; one whose item or key is invalid is no error, but a reason to cancel. */
  void add(Supplier<Write> prepare) {
    try {
      parts.add(new Part(prepare.get(), null));
    } catch (InvalidValue invalid) {
      parts.add(new Part(null, invalid.getMessage()));
    }
  }

  void requireDistinct() {
    Set<BatchWrites.Place> distinct = new HashSet<>();
    for (Part part : parts) {
      if (part.write() != null && !distinct.add(BatchWrites.Place.of(part.write()))) {
        throw Refusals.invalid(
            "Transaction request cannot include multiple operations on one item");
      }
    }
  }

  /** Of all items that are put. */
  long bytes() {
    return parts.stream()
        .map(Part::write)
        .mapToLong(
            write ->
                write != null && write.action() instanceof Write.Action.Put put ? put.size() : 0)
        .sum();
  }

  /**
   * Writes all, or nothing.
   *
   * @return whether it did
   */
  boolean tryOn(Storage.Change change) {
    List<Write.Effect> effects = new ArrayList<>(parts.size());
    for (Part part : parts) {
      effects.add(part.write() == null ? refused(part.invalid()) : tryOn(part.write(), change));
    }
    for (int i = 0; !isCancelled && i < effects.size(); i++) {
      Write write = parts.get(i).write();
      write.apply(effects.get(i), change);
      sum.add(write.table().name(), Capacity.TRANSACTION * effects.get(i).units());
    }
    return !isCancelled;
  }

  private Write.Effect tryOn(Write write, Storage.Change change) {
    try {
      Write.Effect effect = write.on(change);
      if (effect.holds()) {
        reasons.add(NONE);
      } else {
        isCancelled = true;
        reasons.add(conditionFailed(write, effect));
      }
      return effect;
    } catch (InvalidValue | InvalidExpression invalid) {
      return refused(invalid.getMessage());
    }
  }

  private Write.Effect refused(String why) {
    isCancelled = true;
    reasons.add(CancellationReason.builder().code("ValidationError").message(why).build());
    return null;
  }

  private static CancellationReason conditionFailed(Write write, Write.Effect effect) {
    return CancellationReason.builder()
        .code("ConditionalCheckFailed")
        .message("The conditional request failed")
        .item(write.guard().showsItem() ? effect.before() : null)
        .build();
  }

  boolean isCancelled() {
    return isCancelled;
  }

  List<CancellationReason> reasons() {
    return reasons;
  }

  Capacity.Sum sum() {
    return sum;
  }
}
