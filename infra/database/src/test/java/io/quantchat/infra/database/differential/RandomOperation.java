package io.quantchat.infra.database.differential;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * One random operation, to be done on two databases.
 *
 * @param request what is asked for, to be shown where the answers differ
 * @param decision the condition on which its answer depends
 */
record RandomOperation(Object request, Decision.Play play, Optional<Decision> decision) {

  /** Partition key {@code q} of text, sort key {@code m} of numbers, text or binary. */
  static final List<String> TABLES = List.of("by-number", "by-text", "by-binary");

  /** What the other implementation is asked. */
  enum Repertoire {
    /** Everything but transactions, wrong requests among them. */
    SINGLE,
    /** Right requests alone: transactions, and what shows their effects. */
    TRANSACTIONS,
    ALL
  }

  RandomOperation(Object request, Function<DynamoDbClient, String> operation) {
    this(request, (client, condition, shows) -> operation.apply(client), Optional.empty());
  }

  String on(DynamoDbClient client) {
    return play.on(client, UnaryOperator.identity(), item -> true);
  }

  static RandomOperation next(Random random, Repertoire repertoire) {
    var values = new RandomValues(random, repertoire != Repertoire.TRANSACTIONS);
    var items = new RandomItems(values, values.one(TABLES));
    return new RandomOperations(values, items).next(repertoire);
  }
}
