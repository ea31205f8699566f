package io.quantchat.infra.database.differential;

import io.quantchat.infra.database.differential.RandomCondition.Verdict;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What dynalite makes of the parts of conditions that it decides otherwise than AWS. */
final class DynaliteVerdicts {

  private DynaliteVerdicts() {}

  /** Nothing holds of an empty value in {@code size}, {@code IN} and {@code attribute_type}. */
  static Optional<Verdict> ofEmpty(Optional<AttributeValue> value) {
    return value
        .filter(DynaliteVerdicts::isFalseInJavaScript)
        .map(empty -> new Verdict(KnownDifference.EMPTY_IS_ABSENT, false));
  }

  /** No map and no list is in a list of values. */
  static Optional<Verdict> ofDocument(Optional<AttributeValue> value) {
    return value
        .filter(DynaliteVerdicts::isDocument)
        .map(document -> new Verdict(KnownDifference.DOCUMENTS_ARE_NEVER_EQUAL, false));
  }

  /** What isn't there equals what isn't there, and a map or a list nothing but itself. */
  static Optional<Verdict> ofEqual(
      Map<String, AttributeValue> item, RandomPath left, RandomPath right) {
    if (left.in(item).isEmpty() && right.in(item).isEmpty()) {
      return Optional.of(new Verdict(KnownDifference.ABSENT_ATTRIBUTES_EQUAL, true));
    }
    return left.isSameAs(right) ? Optional.empty() : ofDocument(left.in(item));
  }

  /** Text is ordered by UTF-16. */
  static Optional<Verdict> ofOrder(
      Optional<AttributeValue> value, String comparator, AttributeValue operand) {
    if (value.isEmpty() || value.get().s() == null || operand.s() == null) {
      return Optional.empty();
    }
    int order = value.get().s().compareTo(operand.s());
    return switch (comparator) {
      case "<" -> byUtf16(order < 0);
      case "<=" -> byUtf16(order <= 0);
      case ">" -> byUtf16(order > 0);
      case ">=" -> byUtf16(order >= 0);
      default -> Optional.empty();
    };
  }

  private static Optional<Verdict> byUtf16(boolean holds) {
    return Optional.of(new Verdict(KnownDifference.TEXT_COMPARED_BY_UTF_16, holds));
  }

  private static boolean isFalseInJavaScript(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s().isEmpty();
      case B -> value.b().asByteArrayUnsafe().length == 0;
      case BOOL -> !value.bool();
      default -> false;
    };
  }

  private static boolean isDocument(AttributeValue value) {
    return value.hasM() || value.hasL();
  }
}
