package io.quantchat.infra.database.expression;

import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which items a query wants: one partition, and in it a stretch of sort keys. Whether the values
 * have the keys' types is the table's to say.
 *
 * @param partition the partition key's value
 * @param sort null-free; empty where every sort key is wanted
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html">Key
 *     condition expressions</a>
 */
public record KeyCondition(AttributeValue partition, Optional<SortRange> sort) {

  /** How a sort key is bounded. */
  public enum Bound {
    EQUAL,
    LESS,
    AT_MOST,
    GREATER,
    AT_LEAST,
    BETWEEN,
    BEGINS_WITH
  }

  /**
   * A stretch of sort keys.
   *
   * @param value what they are compared with; BETWEEN's lower bound
   * @param upper BETWEEN's upper bound, inclusive; of the others the same as the value
   */
  public record SortRange(Bound bound, AttributeValue value, AttributeValue upper) {

    /** Whether a sort key lies in it. */
    public boolean holds(AttributeValue key) {
      return switch (bound) {
        case EQUAL -> Evaluation.compares(key, Comparator.EQUAL, value);
        case LESS -> Evaluation.compares(key, Comparator.LESS, value);
        case AT_MOST -> Evaluation.compares(key, Comparator.AT_MOST, value);
        case GREATER -> Evaluation.compares(key, Comparator.GREATER, value);
        case AT_LEAST -> Evaluation.compares(key, Comparator.AT_LEAST, value);
        case BETWEEN ->
            Evaluation.compares(key, Comparator.AT_LEAST, value)
                && Evaluation.compares(key, Comparator.AT_MOST, upper);
        case BEGINS_WITH -> Evaluation.beginsWith(key, value);
      };
    }
  }

  /**
   * Reads a key condition and notes the placeholders that it uses.
   *
   * @param sortKey empty where the table, or the index, has none
   * @throws InvalidExpression if DynamoDB refuses it
   */
  public static KeyCondition parse(
      String text, Placeholders placeholders, String partitionKey, Optional<String> sortKey) {
    Condition condition = Condition.parse(ExpressionKind.KEY_CONDITION, text);
    condition.check(placeholders);
    return new KeyConditionReader(placeholders).read(condition.predicate(), partitionKey, sortKey);
  }
}
