package io.quantchat.infra.database.item;

/** An attribute's value that DynamoDB refuses. The message is that of its ValidationException. */
public final class InvalidValue extends RuntimeException {

  public InvalidValue(String message) {
    super(message);
  }
}
