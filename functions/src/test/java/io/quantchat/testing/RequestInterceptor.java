package io.quantchat.testing;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;

/**
 * Something between who asks DynamoDB and the client that is asked. Unlike the SDK's own
 * interceptors it works on any client, whether that speaks HTTP or answers in this process. What an
 * HTTP client repeats by itself goes by unseen.
 */
public interface RequestInterceptor {

  /**
   * Gets an answer to a request, or lets it fail.
   *
   * @param onward passes a request of the same operation on; may be asked never, once or repeatedly
   */
  DynamoDbResponse intercept(DynamoDbRequest request, Onward onward);

  /** The rest of the way: the next interceptor, or the client. */
  @FunctionalInterface
  interface Onward {
    /**
     * Gets what DynamoDB answers.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if it refuses, or can't be reached
     */
    DynamoDbResponse pass(DynamoDbRequest request);
  }

  /** The client with interceptors before it, of which the first is the outermost. */
  static DynamoDbClient before(DynamoDbClient client, RequestInterceptor... interceptors) {
    DynamoDbClient intercepted = client;
    for (int i = interceptors.length - 1; i >= 0; i--) {
      intercepted = new InterceptedDynamoDb(intercepted, interceptors[i]);
    }
    return intercepted;
  }
}
