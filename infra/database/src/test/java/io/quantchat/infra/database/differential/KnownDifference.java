package io.quantchat.infra.database.differential;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What other implementations do otherwise than AWS documents, or than its service answers. */
enum KnownDifference {
  /**
   * AWS's message since empty strings are allowed in other attributes is "One or more parameter
   * values are not valid. …".
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html">Data
   *     types</a>
   */
  EMPTY_KEY(OtherDatabase.Kind.DYNALITE) {
    @Override
    boolean explains(String request, Outcome our, Outcome their) {
      return our.text().contains("for a key attribute cannot contain an empty")
          && their
              .text()
              .equals(our.text().replace("values are not valid.", "values were invalid:"));
    }
  },

  /**
   * A comparison of two attributes that are both absent is false, as every comparison with what
   * isn't there; dynalite takes them for equal.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html">Condition
   *     and filter expressions</a>
   */
  ABSENT_ATTRIBUTES_EQUAL(OtherDatabase.Kind.DYNALITE) {
    @Override
    boolean explains(String request, Outcome our, Outcome their) {
      return COMPARES_ATTRIBUTES.matcher(request).find();
    }
  },

  /** Binary bounds in the message are Java's in AWS's, and base64 in dynalite's. */
  BINARY_IN_A_MESSAGE(OtherDatabase.Kind.DYNALITE) {
    @Override
    boolean explains(String request, Outcome our, Outcome their) {
      return our.error().equals(their.error())
          && our.text().contains("{B:java.nio.HeapByteBuffer")
          && their.text().startsWith(our.text().substring(0, our.text().indexOf("{B:")));
    }
  },

  /**
   * A sort key's condition with a value that no sort key can have is refused by both; which of its
   * faults is told isn't documented.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html">Key
   *     condition expressions</a>
   */
  WHICH_FAULT_IS_TOLD(OtherDatabase.Kind.DYNALITE) {
    @Override
    boolean explains(String request, Outcome our, Outcome their) {
      return our.error().equals("ValidationException")
          && their.error().equals("ValidationException")
          && request.contains("KeyConditionExpression")
          && (our.text().startsWith("Invalid KeyConditionExpression: Incorrect operand type")
              || our.text().endsWith("Condition parameter type does not match schema type"));
    }
  },

  /**
   * dynalite knows no ReturnValuesOnConditionCheckFailure.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html#DDB-PutItem-request-ReturnValuesOnConditionCheckFailure">PutItem</a>
   */
  NO_ITEM_WITH_A_REFUSAL(OtherDatabase.Kind.DYNALITE) {
    @Override
    boolean explains(String request, Outcome our, Outcome their) {
      return our.error().equals("ConditionalCheckFailedException")
          && request.contains("ReturnValuesOnConditionCheckFailure=ALL_OLD")
          && their.equals(new Outcome(our.error(), ""));
    }
  },

  /**
   * Text is ordered by its UTF-8, binary by its bytes. dynalite's queries do, but it compares a
   * starting key by UTF-16 and by base64.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.String">String</a>
   */
  STARTING_KEYS_COMPARED_OTHERWISE(OtherDatabase.Kind.DYNALITE) {
    @Override
    boolean explains(String request, Outcome our, Outcome their) {
      return request.contains("ExclusiveStartKey")
          && !request.contains("TableName=by-number")
          && (our.text().contains("does not match the range key predicate")
              || their.text().contains("does not match the range key predicate"));
    }
  },

  /**
   * Text is ordered by its UTF-8: a character beyond U+FFFF stands behind all others. dynalite's
   * comparisons are by UTF-16; what it keeps is in order.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.String">String</a>
   */
  TEXT_COMPARED_BY_UTF_16(OtherDatabase.Kind.DYNALITE) {
    @Override
    boolean explains(String request, Outcome our, Outcome their) {
      String all = request + our + their;
      return all.contains("\uFFFD") && all.contains("\uD834\uDD1E");
    }
  },

  /**
   * Two operations on one item in one batch are refused.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html">BatchWriteItem</a>
   */
  BATCHES_WITH_AN_ITEM_TWICE(OtherDatabase.Kind.MOTO) {
    @Override
    boolean explains(String request, Outcome our, Outcome their) {
      return request.startsWith("BatchWriteItemRequest")
          && our.text().equals("Provided list of item keys contains duplicates")
          && their.error().isEmpty();
    }
  },

  /**
   * A number has 38 significant digits, a sum too; dynalite's sums have as many as they need.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.Number">Number</a>
   */
  SUMS_OF_ANY_LENGTH(OtherDatabase.Kind.DYNALITE) {
    @Override
    boolean explains(String request, Outcome our, Outcome their) {
      return request.startsWith("UpdateItemRequest")
          && our.text().equals("Attempting to store more than 38 significant digits in a Number")
          && their.error().isEmpty();
    }
  };

  private static final Pattern COMPARES_ATTRIBUTES =
      Pattern.compile("#?[u-x](\\.u|\\[0])? = #?[u-x]");

  private final OtherDatabase.Kind kind;

  KnownDifference(OtherDatabase.Kind kind) {
    this.kind = kind;
  }

  abstract boolean explains(String request, Outcome our, Outcome their);

  static Optional<KnownDifference> that(
      OtherDatabase.Kind kind, String request, Outcome our, Outcome their) {
    return Stream.of(values())
        .filter(difference -> difference.kind == kind)
        .filter(difference -> difference.explains(request, our, their))
        .findFirst();
  }
}
