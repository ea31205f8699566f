package io.quantchat.sockets;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.paginators.QueryIterable;

/** A database of which one table can't be reached. */
record FailingTable(DynamoDbClient dynamoDb, String table) {

  DynamoDbClient client() {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("queryPaginator")) {
                return new QueryIterable((DynamoDbClient) proxy, (QueryRequest) arguments[0]);
              }
              if (arguments != null
                  && arguments[0] instanceof SdkRequest request
                  && request.toString().contains(table)) {
                throw InternalServerErrorException.builder().message("unreachable").build();
              }
              try {
                return method.invoke(dynamoDb, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }
}
