package io.quantchat.infra.database.expression;

import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An update expression. Knows no values: a request's {@link Placeholders} have them, so one that
 * was read serves all requests with its text.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html">Update
 *     expressions</a>
 */
public final class Update {

  private static final ExpressionCache<Update> READ =
      new ExpressionCache<>(text -> new Update(UpdateReader.read(text)));

  private final List<UpdateAction> actions;

  private Update(List<UpdateAction> actions) {
    this.actions = List.copyOf(actions);
  }

  /**
   * What an update made of an item.
   *
   * @param item a new map; the old one and its values are as they were
   * @param touched the places that were named: of the item before the update they give UPDATED_OLD,
   *     of this one UPDATED_NEW
   */
  public record Updated(Map<String, AttributeValue> item, Paths touched) {}

  /**
   * Reads a text, once.
   *
   * @throws InvalidExpression if it isn't an update by DynamoDB's grammar
   */
  public static Update parse(String text) {
    return READ.of(text);
  }

  /**
   * Sees that a request's placeholders fit, and notes which are used.
   *
   * @return the places that change
   * @throws InvalidExpression if a placeholder is missing, a place lies in another, or an operator
   *     or function can't take what it is given
   */
  public Paths check(Placeholders placeholders) {
    return new UpdateCheck(placeholders).check(actions);
  }

  /**
   * Sees that no key changes.
   *
   * @param keyAttributes the names of the table's key, in the order of its schema
   * @throws InvalidExpression if one does
   */
  public void requireNoKey(Placeholders placeholders, Iterable<String> keyAttributes) {
    requireNoKey(check(placeholders), keyAttributes);
  }

  /**
   * Updates an item. Checks first, as {@link #check} and {@link #requireNoKey} do.
   *
   * @param item what there is; of an item that isn't there, its key alone
   * @throws InvalidExpression if the item hasn't what the update needs
   */
  public Updated apply(
      Map<String, AttributeValue> item, Placeholders placeholders, Set<String> keyAttributes) {
    Paths touched = check(placeholders);
    requireNoKey(touched, keyAttributes);
    return new Updated(new ItemUpdate(item, placeholders).apply(actions), touched);
  }

  private static void requireNoKey(Paths changed, Iterable<String> keyAttributes) {
    Set<String> attributes = changed.attributes();
    for (String key : keyAttributes) {
      if (attributes.contains(key)) {
        throw new InvalidExpression(
            "One or more parameter values were invalid: Cannot update attribute %s. This attribute"
                    .formatted(key)
                + " is part of the key");
      }
    }
  }
}
