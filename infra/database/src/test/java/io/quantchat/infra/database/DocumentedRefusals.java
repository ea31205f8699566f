package io.quantchat.infra.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Refusals with their codes and messages. */
final class DocumentedRefusals {

  private DocumentedRefusals() {}

  static void assertInvalid(ThrowingCallable request, String message) {
    assertRefused(request, "ValidationException", message);
  }

  static void assertRefused(ThrowingCallable request, String code, String message) {
    assertThatThrownBy(request)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            refused -> {
              assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo(message);
              assertThat(refused.statusCode()).isEqualTo(400);
            });
  }
}
