package io.quantchat.infra.database.differential;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * What other implementations do otherwise than AWS documents, or than its service answers. Each
 * says of one request what the other answers: by itself, or, if it is one of conditions, by {@link
 * DynaliteVerdicts}.
 */
enum KnownDifference {
  /**
   * A comparison of two attributes that are both absent is false, as every comparison with what
   * isn't there; dynalite takes them for equal.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html">Condition
   *     and filter expressions</a>
   */
  ABSENT_ATTRIBUTES_EQUAL(OtherDatabase.Kind.DYNALITE),

  /**
   * Two maps or lists are equal if what they hold is; dynalite compares them as JavaScript compares
   * objects, by identity.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html#Expressions.OperatorsAndFunctions.Comparators">Comparators</a>
   */
  DOCUMENTS_ARE_NEVER_EQUAL(OtherDatabase.Kind.DYNALITE),

  /**
   * Empty text, empty binary and {@code false} are values; dynalite's {@code size}, {@code IN} and
   * {@code attribute_type} take them for absent.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html">Data
   *     types</a>
   */
  EMPTY_IS_ABSENT(OtherDatabase.Kind.DYNALITE),

  /**
   * Text is ordered by its UTF-8: a character beyond U+FFFF stands behind all others. dynalite's
   * comparisons are by UTF-16; what it keeps is in order. This is that of bounds, {@link
   * DynaliteVerdicts} has that of conditions.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.String">String</a>
   */
  TEXT_COMPARED_BY_UTF_16(OtherDatabase.Kind.DYNALITE) {
    @Override
    boolean explains(Object request, Outcome our, Outcome their) {
      return SortCondition.of(request)
          .flatMap(SortCondition::areTextBoundsInOrderByUtf16)
          .filter(inOrder -> inOrder != areBoundsRefused(their) && inOrder == areBoundsRefused(our))
          .isPresent();
    }

    private static boolean areBoundsRefused(Outcome outcome) {
      return outcome.text().contains("upper bound to be greater than or equal to lower bound");
    }
  },

  /**
   * AWS's message since empty strings are allowed in other attributes is "One or more parameter
   * values are not valid. …"; dynalite has it for items and not for keys.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html">Data
   *     types</a>
   */
  EMPTY_KEY(OtherDatabase.Kind.DYNALITE) {
    @Override
    boolean explains(Object request, Outcome our, Outcome their) {
      return our.text().contains("for a key attribute cannot contain an empty")
          && their.equals(
              new Outcome(
                  our.error(),
                  our.text().replace("values are not valid.", "values were invalid:")));
    }
  },

  /**
   * What a sort key is compared with isn't empty, as the sort key isn't; dynalite looks at the
   * partition key alone. DynamoDB Local refuses it as well.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html">Data
   *     types</a>
   */
  EMPTY_BOUND(OtherDatabase.Kind.DYNALITE) {
    @Override
    boolean explains(Object request, Outcome our, Outcome their) {
      return our.error().equals("ValidationException")
          && our.text().contains("for a key attribute cannot contain an empty")
          && (their.error().isEmpty() || their.error().equals("ValidationException"))
          && SortCondition.of(request).filter(SortCondition::hasEmptyOperand).isPresent();
    }
  },

  /**
   * A range whose bounds are in the wrong order is refused by both; its binary bounds in the
   * message are Java's in AWS's, and base64 in dynalite's.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html">Key
   *     condition expressions</a>
   */
  BINARY_IN_A_MESSAGE(OtherDatabase.Kind.DYNALITE) {
    @Override
    boolean explains(Object request, Outcome our, Outcome their) {
      return our.error().equals("ValidationException")
          && our.text().contains("{B:java.nio.HeapByteBuffer")
          && withoutBinary(our).equals(withoutBinary(their));
    }

    private static Outcome withoutBinary(Outcome outcome) {
      return new Outcome(outcome.error(), BINARY.matcher(outcome.text()).replaceAll("{B:…}"));
    }
  },

  /**
   * A sort key's condition with a value that no sort key of this table can have is refused by both;
   * which of its faults is told isn't documented.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html">Key
   *     condition expressions</a>
   */
  WHICH_FAULT_OF_A_SORT_KEY_IS_TOLD(OtherDatabase.Kind.DYNALITE) {
    @Override
    boolean explains(Object request, Outcome our, Outcome their) {
      return our.error().equals("ValidationException")
          && their.error().equals("ValidationException")
          && SortCondition.of(request).filter(SortCondition::isOfWrongType).isPresent();
    }
  },

  /**
   * A batch with a key twice and a key that this table can't have is refused by both; which of its
   * faults is told isn't documented. dynalite takes keys of different types for one if their bytes
   * are the same.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html">BatchGetItem</a>
   */
  WHICH_FAULT_OF_A_BATCH_IS_TOLD(OtherDatabase.Kind.DYNALITE) {
    @Override
    boolean explains(Object request, Outcome our, Outcome their) {
      return request instanceof BatchGetItemRequest batch
          && batch.requestItems().values().stream()
              .anyMatch(part -> !DynaliteKeys.areDistinct(part.keys()))
          && isFaultOfAKey(our)
          && their.equals(
              new Outcome("ValidationException", "Provided list of item keys contains duplicates"));
    }

    private static boolean isFaultOfAKey(Outcome outcome) {
      return outcome.error().equals("ValidationException")
          && (outcome.text().equals("The provided key element does not match the schema")
              || outcome.text().contains("for a key attribute cannot contain an empty"));
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
    boolean explains(Object request, Outcome our, Outcome their) {
      return our.error().equals("ConditionalCheckFailedException")
          && request.toString().contains("ReturnValuesOnConditionCheckFailure=ALL_OLD")
          && their.equals(new Outcome(our.error(), ""));
    }
  },

  /**
   * Text is ordered by its UTF-8, and binary begins with bytes. dynalite's queries know it, but it
   * compares a starting key by UTF-16, and the beginning of a binary one as if it were text.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html#HowItWorks.DataTypes.String">String</a>
   */
  STARTING_KEYS_COMPARED_OTHERWISE(OtherDatabase.Kind.DYNALITE) {
    @Override
    boolean explains(Object request, Outcome our, Outcome their) {
      return request instanceof QueryRequest query
          && SortCondition.of(request)
              .flatMap(condition -> condition.fitsInDynalite(query.exclusiveStartKey().get("m")))
              .filter(fits -> fits == isRefusedStart(our) && fits != isRefusedStart(their))
              .isPresent();
    }

    private static boolean isRefusedStart(Outcome outcome) {
      return outcome
          .text()
          .equals("The provided starting key does not match the range key predicate");
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
    boolean explains(Object request, Outcome our, Outcome their) {
      return request instanceof BatchWriteItemRequest
          && our.text().equals("Provided list of item keys contains duplicates")
          && their.equals(new Outcome("", "{}"));
    }
  },

  /**
   * An update that an item doesn't fit, or a key that a table can't have, cancels a transaction
   * with the reason {@code ValidationError}; DynamoDB Local refuses the request as a whole.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html#API_TransactWriteItems_Errors">TransactWriteItems,
   *     errors</a>
   */
  TRANSACTIONS_REFUSED_AS_A_WHOLE(OtherDatabase.Kind.DYNAMODB_LOCAL) {
    @Override
    boolean explains(Object request, Outcome our, Outcome their) {
      return our.error().equals("TransactionCanceledException")
          && our.text().contains("ValidationError")
          && their.error().equals("ValidationException");
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
    boolean explains(Object request, Outcome our, Outcome their) {
      return request instanceof UpdateItemRequest
          && our.text().equals("Attempting to store more than 38 significant digits in a Number")
          && their.error().isEmpty();
    }
  };

  private static final Pattern BINARY = Pattern.compile("\\{B:[^}]*}");

  private final OtherDatabase.Kind kind;

  KnownDifference(OtherDatabase.Kind kind) {
    this.kind = kind;
  }

  /** Whether their answer is the one that this difference makes of the request. */
  boolean explains(Object request, Outcome our, Outcome their) {
    return false;
  }

  static Optional<KnownDifference> that(
      OtherDatabase.Kind kind, Object request, Outcome our, Outcome their) {
    return Stream.of(values())
        .filter(difference -> difference.kind == kind)
        .filter(difference -> difference.explains(request, our, their))
        .findFirst();
  }
}
