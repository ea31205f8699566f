package io.quantchat.infra.database.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.database.EmbeddedDatabase;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Plays the same random operations on the embedded database and on another implementation, and
 * compares what they answer. {@code -Dquantchat.seed} replays what a failure prints, {@code
 * -Dquantchat.differential.steps} says how many.
 */
class DifferentialTest {

  private static final int STEPS = Integer.getInteger("quantchat.differential.steps", 1_500);

  @TestFactory
  Stream<DynamicTest> answersAreThoseOf() {
    List<OtherDatabase> others = OtherDatabase.all();
    if (others.isEmpty()) {
      return Stream.of(
          DynamicTest.dynamicTest(
              "nothing to compare with",
              () ->
                  Assumptions.abort(
                      "Skipped: neither DYNAMODB_ENDPOINT nor LOCALSTACK_ENDPOINT is set, and"
                          + " neither dynalite nor moto is installed: .ci/run differential installs"
                          + " both.")));
    }
    return others.stream()
        .map(other -> DynamicTest.dynamicTest(other.kind().name(), () -> compareWith(other)));
  }

  private static void compareWith(OtherDatabase other) {
    long seed = Long.getLong("quantchat.seed", System.nanoTime());
    String replay =
        "Replay %s: -Dquantchat.seed=%d -Dquantchat.differential.steps=%d"
            .formatted(other.kind(), seed, STEPS);
    System.out.println(replay);
    try (other;
        var database = EmbeddedDatabase.inMemory();
        DynamoDbClient ours = database.client();
        DynamoDbClient theirs = other.client()) {
      List.of(ours, theirs).forEach(ComparedTables::create);
      var comparison = new Comparison(other.kind());
      var random = new Random(seed);
      for (int step = 0; step < STEPS && comparison.hasRoom(); step++) {
        var operation = RandomOperation.next(random, other.kind().repertoire());
        var before = operation.decision().map(decision -> decision.before(ours));
        Outcome our = Outcome.of(ours, operation::on);
        Outcome their = Outcome.of(theirs, operation::on);
        comparison.compare(
            step,
            operation.request(),
            our,
            their,
            () ->
                operation
                    .decision()
                    .map(decision -> decision.foretold(ours, before.get(), operation.play())));
        if (comparison.haveParted()) {
          List.of(ours, theirs).forEach(ComparedTables::clear);
        }
      }
      System.out.println(comparison.summary());
      ComparedTables.delete(theirs);
      assertThat(comparison.unexplained()).as(replay).isEmpty();
    }
  }
}
