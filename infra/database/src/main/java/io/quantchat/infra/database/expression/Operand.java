package io.quantchat.infra.database.expression;

import java.util.List;

/** What an operator or a function takes. */
sealed interface Operand {

  /** A value by its placeholder, with the colon. */
  record Value(String key) implements Operand {}

  /** A document path. */
  record Document(Path path) implements Operand {}

  /** A call of a function, by its name as written. */
  record Call(String function, List<Operand> arguments) implements Operand {}
}
