package io.quantchat.infra.database;

import io.quantchat.infra.database.storage.StorageException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * The errors that DynamoDB answers, as the SDK throws them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html">Error
 *     handling with DynamoDB</a>
 */
final class Refusals {

  private static final int BAD_REQUEST = 400;
  private static final int INTERNAL_ERROR = 500;

  private Refusals() {}

  /** The request isn't one that DynamoDB takes. */
  static DynamoDbException invalid(String message) {
    return (DynamoDbException)
        filled(DynamoDbException.builder(), "ValidationException", BAD_REQUEST, message).build();
  }

  /** A part of DynamoDB that isn't here. */
  static UnsupportedOperationException unknown(String what) {
    return new UnsupportedOperationException(
        what + " is no part of the embedded database: use a DynamoDB endpoint for it.");
  }

  /** There is no such table, for a request about items. */
  static AwsServiceException noTable() {
    return notFound("Requested resource not found");
  }

  /** There is no such table, for a request about tables. */
  static AwsServiceException noTable(String name) {
    return notFound("Requested resource not found: Table: " + name + " not found");
  }

  static AwsServiceException inUse(String message) {
    return filled(ResourceInUseException.builder(), "ResourceInUseException", BAD_REQUEST, message)
        .build();
  }

  /**
   * @param item what was there; null where it isn't asked for or nothing was
   */
  static AwsServiceException conditionFailed(Map<String, AttributeValue> item) {
    return filled(
            ConditionalCheckFailedException.builder().item(item),
            "ConditionalCheckFailedException",
            BAD_REQUEST,
            "The conditional request failed")
        .build();
  }

  /**
   * @param reasons one for each item of the request, in order
   */
  static AwsServiceException cancelled(List<CancellationReason> reasons) {
    String codes =
        reasons.stream().map(CancellationReason::code).collect(Collectors.joining(", ", "[", "]"));
    return filled(
            TransactionCanceledException.builder().cancellationReasons(reasons),
            "TransactionCanceledException",
            BAD_REQUEST,
            "Transaction cancelled, please refer cancellation reasons for specific reasons "
                + codes)
        .build();
  }

  static AwsServiceException tokenReused() {
    return filled(
            IdempotentParameterMismatchException.builder(),
            "IdempotentParameterMismatchException",
            BAD_REQUEST,
            "The request uses the same client token as a previous, but non-identical request.")
        .build();
  }

  static AwsServiceException conflict() {
    return filled(
            TransactionConflictException.builder(),
            "TransactionConflictException",
            BAD_REQUEST,
            "Transaction is ongoing for the item")
        .build();
  }

  static AwsServiceException throttled() {
    return filled(
            ProvisionedThroughputExceededException.builder(),
            "ProvisionedThroughputExceededException",
            BAD_REQUEST,
            "The level of configured provisioned throughput for the table was exceeded. Consider"
                + " increasing your provisioning level with the UpdateTable API.")
        .build();
  }

  static AwsServiceException internal() {
    return internal(null);
  }

  /** The storage failed: the cause says why. */
  static AwsServiceException internal(StorageException cause) {
    return filled(
            InternalServerErrorException.builder(),
            "InternalServerError",
            INTERNAL_ERROR,
            cause == null ? "Internal server error" : cause.getMessage())
        .cause(cause)
        .build();
  }

  private static AwsServiceException notFound(String message) {
    return filled(
            ResourceNotFoundException.builder(), "ResourceNotFoundException", BAD_REQUEST, message)
        .build();
  }

  private static AwsServiceException.Builder filled(
      AwsServiceException.Builder builder, String code, int status, String message) {
    return builder
        .message(message)
        .statusCode(status)
        .requestId(Answers.requestId())
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .errorCode(code)
                .errorMessage(message)
                .serviceName("DynamoDb")
                .sdkHttpResponse(Answers.http(status))
                .build());
  }
}
