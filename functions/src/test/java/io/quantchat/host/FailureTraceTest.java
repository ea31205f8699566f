package io.quantchat.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

class FailureTraceTest {
  private static final String SECRET = "correct horse battery staple";

  private static RuntimeException failure() {
    var answered =
        DynamoDbException.builder()
            .message("Not valid: " + SECRET)
            .statusCode(400)
            .requestId("8D1")
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("ValidationException")
                    .errorMessage(SECRET)
                    .build())
            .build();
    var failure = new IllegalStateException("About " + SECRET, answered);
    failure.addSuppressed(new NumberFormatException(SECRET));
    return failure;
  }

  @Test
  void tellsKindsAndPlacesAndNoMessage() {
    assertThat(FailureTrace.of(failure()))
        .doesNotContain(SECRET)
        .startsWith("java.lang.IllegalStateException\n\tat io.quantchat.host.FailureTraceTest.")
        .contains("Suppressed: java.lang.NumberFormatException\n")
        .contains("DynamoDbException: ValidationException, status 400, request 8D1\n");
  }

  @Test
  void endsWhereOneIsTheCauseOfItself() {
    var first = new IllegalStateException(SECRET);
    first.initCause(new IllegalStateException(SECRET, first));

    assertThat(FailureTrace.of(first)).containsOnlyOnce("Caused by");
  }

  @Test
  void whatIsThrownInItsPlaceNamesItsKindAndKeepsItsPlace() {
    RuntimeException failure = failure();

    RuntimeException bare = FailureTrace.withoutMessage(failure);

    assertThat(bare).hasMessage("java.lang.IllegalStateException").hasNoCause();
    assertThat(bare.getStackTrace()).isEqualTo(failure.getStackTrace());
  }
}
