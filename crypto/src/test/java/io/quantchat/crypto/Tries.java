package io.quantchat.crypto;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of what holds for all inputs, tried with inputs of chance: it is given a {@link Chance}
 * each time. A failure says its seed; {@code -Dquantchat.seed=SEED} tries that one again.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@ExtendWith(Seeds.class)
@interface Tries {

  /** How many. */
  int value();
}
