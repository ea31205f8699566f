package io.quantchat.infra.database.differential;

import io.quantchat.infra.database.expression.Placeholders;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A condition or a filter with what it is asked of, to foretell what dynalite answers by its known
 * differences.
 *
 * @param key the item on which a write depends; empty for a filter, which is asked of each
 */
record Decision(
    RandomCondition condition,
    RandomExpressions placeholders,
    String table,
    Optional<Map<String, AttributeValue>> key) {

  /** An operation whose condition can be changed, and whose items chosen. */
  interface Play {
    String on(
        DynamoDbClient client,
        UnaryOperator<String> condition,
        Predicate<Map<String, AttributeValue>> shows);
  }

  /**
   * What dynalite answers.
   *
   * @param why the known differences by which it does; empty where it answers rightly
   */
  record Foretold(Outcome outcome, Set<KnownDifference> why) {}

  /** The item on which a write depends, before it; empty where there is none. */
  Map<String, AttributeValue> before(DynamoDbClient ours) {
    try {
      return key.map(
              there -> ours.getItem(b -> b.tableName(table).key(there).consistentRead(true)).item())
          .orElse(Map.of());
    } catch (AwsServiceException wrongKey) {
      return Map.of();
    }
  }

  /**
   * Plays the operation anew as dynalite decides it. Leaves its effects, if it is a write.
   *
   * @param before what was there before the operation
   */
  Foretold foretold(DynamoDbClient ours, Map<String, AttributeValue> before, Play play) {
    Set<KnownDifference> why = EnumSet.noneOf(KnownDifference.class);
    if (key.isPresent() && !holds(before, why)) {
      return new Foretold(new Outcome("ConditionalCheckFailedException", ""), why);
    }
    Outcome outcome =
        Outcome.of(
            ours,
            client ->
                play.on(client, Decision::always, item -> key.isPresent() || holds(item, why)));
    return new Foretold(outcome, why);
  }

  private boolean holds(Map<String, AttributeValue> item, Set<KnownDifference> why) {
    return condition.holdsInDynalite(
        item, Placeholders.of(placeholders.names(), placeholders.values()), why);
  }

  /** A condition that holds of everything, with all placeholders of the given one. */
  private static String always(String condition) {
    return "(" + condition + ") OR attribute_not_exists(never)";
  }
}
