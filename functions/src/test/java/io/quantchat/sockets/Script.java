package io.quantchat.sockets;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Lets the requests of several actors through in a given order, to play every way in which they can
 * meet. Each actor works through a client of its own; a request waits until it is the script's next
 * step. What isn't in the script, such as another try, goes through at once.
 */
final class Script {

  private static final Set<String> STEPS = Set.of("putItem", "deleteItem", "getItem", "updateItem");

  private final String connectionsTable;
  private final List<String> left;

  /**
   * A script.
   *
   * @param steps such as {@code A.putItem}
   */
  Script(String connectionsTable, List<String> steps) {
    this.connectionsTable = connectionsTable;
    this.left = new ArrayList<>(steps);
  }

  /** The client of one actor. */
  DynamoDbClient of(String actor, DynamoDbClient dynamoDb) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              String step = actor + "." + method.getName();
              boolean counts =
                  STEPS.contains(method.getName())
                      || (arguments != null
                          && arguments[0] instanceof QueryRequest query
                          && query.tableName().equals(connectionsTable));
              boolean waited = counts && await(step);
              try {
                return method.invoke(dynamoDb, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              } finally {
                if (waited) {
                  done();
                }
              }
            });
  }

  /** An actor has ended; steps of its that never came are struck out. */
  synchronized void ended(String actor) {
    left.removeIf(step -> step.startsWith(actor));
    notifyAll();
  }

  private synchronized boolean await(String step) throws InterruptedException {
    while (left.contains(step)) {
      if (left.getFirst().equals(step)) {
        return true;
      }
      wait();
    }
    return false;
  }

  private synchronized void done() {
    left.removeFirst();
    notifyAll();
  }
}
