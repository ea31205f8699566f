package io.quantchat.infra.database.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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

  void compare(int step, RandomOperation operation, Outcome our, Outcome their) {
    outcomes.merge(our.error().isEmpty() ? "answered" : our.error(), 1, Integer::sum);
    boolean isSame = our.equals(their);
    haveParted = !isSame && (our.error().isEmpty() || their.error().isEmpty());
    if (isSame) {
      return;
    }
    Optional<KnownDifference> known =
        KnownDifference.that(kind, operation.request().toString(), our, their);
    if (known.isPresent()) {
      explained.merge(known.get(), 1, Integer::sum);
    } else {
      unexplained.add(
          "Step %d: %s%n  here:  %s%n  there: %s".formatted(step, operation.request(), our, their));
    }
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
