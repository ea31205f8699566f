package io.quantchat.infra.local.journey;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Tables that fail when they are told to, in each way that their client can, and quote all that
 * they were asked in what they say of it, as some of AWS's messages do.
 */
final class FailingTables {

  /** What is thrown takes turns. */
  private enum Way {
    REFUSED,
    FAILED,
    CONDITION,
    TRANSACTION,
    CONNECTION,
    MISTAKE,
    CRASH
  }

  /** In how many ways they fail. */
  static final int WAYS = Way.values().length;

  private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
  private final List<String> quoted = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();

  /** Lets so many calls pass and has each after them fail, until told otherwise. */
  void failAfter(int calls) {
    left.set(calls);
  }

  /** Has all go well again. */
  void work() {
    left.set(Integer.MAX_VALUE);
  }

  /** What they were asked each time that they failed: all of it is in what they threw. */
  List<String> quoted() {
    return List.copyOf(quoted);
  }

  /** The way to these tables that may fail. */
  DynamoDbClient before(DynamoDbClient tables) {
    InvocationHandler calls =
        (proxy, method, arguments) -> {
          if (isRequest(method, arguments) && left.getAndUpdate(FailingTables::less) <= 0) {
            quoted.add(arguments[0].toString());
            throw failure(arguments[0].toString());
          }
          try {
            return method.invoke(tables, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(), new Class<?>[] {DynamoDbClient.class}, calls);
  }

  private static boolean isRequest(Method method, Object[] arguments) {
    return arguments != null
        && arguments.length == 1
        && method.getReturnType().getSimpleName().endsWith("Response");
  }

  private static int less(int calls) {
    return calls == Integer.MAX_VALUE || calls <= 0 ? calls : calls - 1;
  }

  private Throwable failure(String asked) {
    Map<String, AttributeValue> item = Map.of("asked", AttributeValue.fromS(asked));
    return switch (Way.values()[turn.getAndIncrement() % WAYS]) {
      case REFUSED -> answered(DynamoDbException.builder(), "ValidationException", 400, asked);
      case FAILED -> answered(DynamoDbException.builder(), "InternalServerError", 500, asked);
      case CONDITION ->
          answered(
              ConditionalCheckFailedException.builder().item(item),
              "ConditionalCheckFailedException",
              400,
              asked);
      case TRANSACTION ->
          answered(
              TransactionCanceledException.builder()
                  .cancellationReasons(
                      CancellationReason.builder()
                          .code("ValidationError")
                          .message("Not valid: " + asked)
                          .item(item)
                          .build()),
              "TransactionCanceledException",
              400,
              asked);
      case CONNECTION ->
          SdkClientException.create(
              "Unable to execute " + asked, new IllegalStateException("in " + asked));
      case MISTAKE -> {
        var mistake = new IllegalArgumentException("Not an item: " + asked);
        mistake.addSuppressed(new IllegalStateException("and " + asked));
        yield mistake;
      }
      case CRASH -> new StackOverflowError("While writing " + asked);
    };
  }

  private static DynamoDbException answered(
      DynamoDbException.Builder builder, String code, int status, String asked) {
    builder.message("Can't do " + asked);
    builder.statusCode(status);
    builder.requestId("8D1NUMBER");
    builder.awsErrorDetails(
        AwsErrorDetails.builder().errorCode(code).errorMessage("Can't do " + asked).build());
    return (DynamoDbException) builder.build();
  }
}
