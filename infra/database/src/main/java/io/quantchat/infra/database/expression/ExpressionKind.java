package io.quantchat.infra.database.expression;

/** The parameters of a request that hold an expression. */
public enum ExpressionKind {
  CONDITION("ConditionExpression"),
  FILTER("FilterExpression"),
  KEY_CONDITION("KeyConditionExpression"),
  PROJECTION("ProjectionExpression"),
  UPDATE("UpdateExpression");

  private final String parameter;

  ExpressionKind(String parameter) {
    this.parameter = parameter;
  }

  InvalidExpression invalid(String why) {
    return new InvalidExpression("Invalid " + parameter + ": " + why);
  }
}
