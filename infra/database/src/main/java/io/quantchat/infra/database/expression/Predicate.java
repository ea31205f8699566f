package io.quantchat.infra.database.expression;

import java.util.List;

/** A condition, as it was read. */
sealed interface Predicate {

  record And(Predicate left, Predicate right) implements Predicate {}

  record Or(Predicate left, Predicate right) implements Predicate {}

  record Not(Predicate of) implements Predicate {}

  /** A condition that holds no other. */
  sealed interface Leaf extends Predicate {
    /** What it looks at, in the order in which it is written. */
    List<Operand> operands();
  }

  record Comparison(Comparator comparator, Operand left, Operand right) implements Leaf {
    @Override
    public List<Operand> operands() {
      return List.of(left, right);
    }
  }

  record Between(Operand of, Operand low, Operand high) implements Leaf {
    @Override
    public List<Operand> operands() {
      return List.of(of, low, high);
    }
  }

  /** The operands are what is looked for, then what it may be. */
  record In(List<Operand> operands) implements Leaf {}

  /** A function that answers yes or no. */
  record Test(ConditionFunction function, List<Operand> operands) implements Leaf {}
}
