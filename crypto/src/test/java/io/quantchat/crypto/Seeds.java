package io.quantchat.crypto;

import java.lang.reflect.Method;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Gives each of a test's {@link Tries} a seed of its own, other ones in each run. */
final class Seeds implements ArgumentsProvider, InvocationInterceptor {

  /** System property: the only seed to try. */
  private static final String SEED_PROPERTY = "quantchat.seed";

  @Override
  public Stream<Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    Long asked = Long.getLong(SEED_PROPERTY);
    LongStream seeds =
        asked == null
            ? new Random().longs(context.getRequiredTestMethod().getAnnotation(Tries.class).value())
            : LongStream.of(asked);
    return seeds.mapToObj(seed -> Arguments.of(new Chance(seed)));
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    try {
      invocation.proceed();
    } catch (AssertionError | RuntimeException e) {
      var chance = (Chance) method.getArguments().getFirst();
      throw new AssertionError(
          "With -D%s=%d: %s".formatted(SEED_PROPERTY, chance.seed(), e.getMessage()), e);
    }
  }
}
