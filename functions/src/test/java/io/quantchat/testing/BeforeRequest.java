package io.quantchat.testing;

import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;

/** Something that happens before a request to DynamoDB goes out, and may refuse it. */
@FunctionalInterface
public interface BeforeRequest extends RequestInterceptor {

  /**
   * Takes notice.
   *
   * @param operation such as {@code PutItem}
   */
  void take(String operation, DynamoDbRequest request);

  /**
   * Refuses whatever is for a table.
   *
   * @param logicalId its name in the template
   */
  static BeforeRequest refusing(String logicalId) {
    return (operation, request) -> {
      if (Call.tablesOf(request).contains(logicalId)) {
        throw InternalServerErrorException.builder().message("unreachable").build();
      }
    };
  }

  @Override
  default DynamoDbResponse intercept(DynamoDbRequest request, Onward onward) {
    take(Call.operationOf(request), request);
    return onward.pass(request);
  }
}
