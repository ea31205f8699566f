package io.quantchat.infra.database.expression;

/** What an update does at one place of the item. */
sealed interface UpdateAction {

  Path path();

  /** Puts what an operand gives: a path, a value, a function, a sum or a difference. */
  record Set(Path path, Operand to) implements UpdateAction {}

  record Remove(Path path) implements UpdateAction {}

  /** Adds to a number, or into a set. */
  record Add(Path path, Operand.Value value) implements UpdateAction {}

  /** Takes out of a set. */
  record Delete(Path path, Operand.Value value) implements UpdateAction {}
}
