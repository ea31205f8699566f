package io.quantchat.infra.database.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** Compares outcomes, and counts what is explained. */
final class Comparison {

  /** After so many there is no need to see more. */
  private static final int ENOUGH = 20;

  private final OtherDatabase.Kind kind;
  private final List<String> unexplained = new ArrayList<>();
  private final Map<KnownDifference, Integer> explained = new TreeMap<>();
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private boolean haveParted;

  Comparison(OtherDatabase.Kind kind) {
    this.kind = kind;
  }

  /**
   * @param foretold what the other answers by its known differences in conditions; asked only where
   *     the answers differ, since it plays the operation anew
   */
  void compare(
      int step,
      Object request,
      Outcome ourWhole,
      Outcome theirWhole,
      Supplier<Optional<Decision.Foretold>> foretold) {
    Outcome our = kind.compared(ourWhole);
    Outcome their = kind.compared(theirWhole);
    outcomes.merge(our.error().isEmpty() ? "answered" : our.error(), 1, Integer::sum);
    haveParted = false;
    if (our.equals(their)) {
      return;
    }
    boolean writes = !isRead(request);
    haveParted = writes && (our.error().isEmpty() || their.error().isEmpty());
    Optional<KnownDifference> known = KnownDifference.that(kind, request, our, their);
    if (known.isPresent()) {
      explained.merge(known.get(), 1, Integer::sum);
      return;
    }
    Optional<Decision.Foretold> conditional =
        kind == OtherDatabase.Kind.DYNALITE ? foretold.get() : Optional.empty();
    haveParted |= writes && conditional.isPresent();
    if (conditional.isPresent()
        && !conditional.get().why().isEmpty()
        && conditional.get().outcome().equals(their)) {
      conditional.get().why().forEach(why -> explained.merge(why, 1, Integer::sum));
      return;
    }
    unexplained.add(
        "Step %d: %s%n  here:     %s%n  there:    %s%n  foretold: %s"
            .formatted(step, request, ourWhole, theirWhole, conditional));
  }

  private static boolean isRead(Object request) {
    return request instanceof GetItemRequest
        || request instanceof BatchGetItemRequest
        || request instanceof QueryRequest
        || request instanceof ScanRequest;
  }

  /**
   * Whether the last operation may have left other items here than there: what failed on both left
   * none.
   */
  boolean haveParted() {
    return haveParted;
  }

  boolean hasRoom() {
    return unexplained.size() < ENOUGH;
  }

  List<String> unexplained() {
    return unexplained;
  }

  String summary() {
    return "%s: %s; explained differences: %s".formatted(kind, outcomes, explained);
  }
}
