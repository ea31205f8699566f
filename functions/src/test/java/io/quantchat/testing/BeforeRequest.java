package io.quantchat.testing;

import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;

/** Something that happens before a request to DynamoDB goes out, and may refuse it. */
@FunctionalInterface
public interface BeforeRequest extends ExecutionInterceptor {

  /**
   * Takes notice.
   *
   * @param operation such as {@code PutItem}
   */
  void take(String operation, SdkRequest request);

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
  default void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    take(Call.operationOf(context.request()), context.request());
  }
}
