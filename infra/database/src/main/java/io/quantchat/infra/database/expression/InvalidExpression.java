package io.quantchat.infra.database.expression;

/** An expression that DynamoDB refuses. The message is that of its ValidationException. */
public final class InvalidExpression extends RuntimeException {

  public InvalidExpression(String message) {
    super(message);
  }
}
