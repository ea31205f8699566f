package io.quantchat.crypto;

import java.lang.reflect.Method;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Gives each of a test's {@link Tries} a seed of its own, other ones in each run. To JUnit they are
 * one test: a report of each takes longer than most of them.
 */
final class Seeds implements ParameterResolver, InvocationInterceptor {

  /** System property: the only seed to try. */
  private static final String SEED_PROPERTY = "quantchat.seed";

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Chance.class;
  }

  /** For JUnit's own call, which isn't made. */
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return new Chance(0);
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context) {
    invocation.skip();
    seeds(method.getExecutable())
        .forEach(seed -> tryOnce(method.getExecutable(), context.getRequiredTestInstance(), seed));
  }

  private static LongStream seeds(Method test) {
    Long asked = Long.getLong(SEED_PROPERTY);
    return asked == null
        ? new Random().longs(test.getAnnotation(Tries.class).value())
        : LongStream.of(asked);
  }

  private static void tryOnce(Method test, Object instance, long seed) {
    try {
      ReflectionSupport.invokeMethod(test, instance, new Chance(seed));
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "With -D%s=%d: %s".formatted(SEED_PROPERTY, seed, e.getMessage()), e);
    }
  }
}
