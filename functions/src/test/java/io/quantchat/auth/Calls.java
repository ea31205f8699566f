package io.quantchat.auth;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;

/** What goes to DynamoDB, in order, by the names of the requests. */
final class Calls {

  private final List<String> names = new CopyOnWriteArrayList<>();

  /** The client, watched. */
  DynamoDbClient through(DynamoDbClient client) {
    return before(client, request -> names.add(nameOf(request)));
  }

  /** The client, with something that happens before each request, and may refuse it. */
  static DynamoDbClient before(DynamoDbClient client, Consumer<DynamoDbRequest> check) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              if (arguments != null && arguments[0] instanceof DynamoDbRequest request) {
                check.accept(request);
              }
              try {
                return method.invoke(client, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  static String nameOf(DynamoDbRequest request) {
    return request.getClass().getSimpleName().replace("Request", "");
  }

  /** What was sent while this ran. */
  List<String> during(Runnable work) {
    names.clear();
    work.run();
    return List.copyOf(names);
  }
}
