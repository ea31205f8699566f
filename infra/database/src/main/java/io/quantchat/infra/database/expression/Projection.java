package io.quantchat.infra.database.expression;

import io.quantchat.infra.database.expression.Refusals.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which parts of an item are wanted.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.ProjectionExpressions.html">Projection
 *     expressions</a>
 */
public final class Projection {

  private static final ExpressionKind KIND = ExpressionKind.PROJECTION;

  private static final ExpressionCache<Projection> READ =
      new ExpressionCache<>(text -> new Projection(read(text)));

  private final List<Path> paths;

  private Projection(List<Path> paths) {
    this.paths = List.copyOf(paths);
  }

  /**
   * Reads a text, once.
   *
   * @throws InvalidExpression if it isn't a projection by DynamoDB's grammar
   */
  public static Projection parse(String text) {
    return READ.of(text);
  }

  /**
   * The places that it names, of which each item's are then asked. Notes the placeholders that it
   * uses.
   *
   * @throws InvalidExpression if a placeholder isn't defined, or one place lies in another
   */
  public Paths paths(Placeholders placeholders) {
    List<Path> resolved = new ArrayList<>(paths.size());
    for (Path path : paths) {
      path.use(KIND, placeholders);
      resolved.add(path.resolved(placeholders));
    }
    return Paths.of(KIND, resolved);
  }

  /** Checks it, as {@link #paths} does, and answers what of an item is wanted. */
  public Map<String, AttributeValue> of(
      Map<String, AttributeValue> item, Placeholders placeholders) {
    return paths(placeholders).of(item);
  }

  private static List<Path> read(String text) {
    Tokens tokens = new Tokens(KIND, text);
    Refusals refusals = new Refusals(KIND);
    OperandReader reader = new OperandReader(tokens, refusals, Set.of());
    List<Path> paths = new ArrayList<>();
    do {
      paths.add(reader.path());
    } while (tokens.takeIf(","));
    tokens.requireEnd();
    refusals.tell(Sort.RESERVED_WORD, Sort.LIMIT);
    return paths;
  }
}
