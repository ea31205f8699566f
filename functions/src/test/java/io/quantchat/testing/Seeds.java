package io.quantchat.testing;

import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.junit.platform.commons.support.AnnotationSupport;

/** The seeds of a test that {@link Tries}: new ones in each run, or the one that is asked for. */
final class Seeds implements ArgumentsProvider, TestExecutionExceptionHandler {

  private static final String PROPERTY = "quantchat.seed";

  @Override
  public Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    return seeds(context)
        .mapToObj(seed -> Arguments.of(Named.of(Long.toString(seed), new Random(seed))));
  }

  private static LongStream seeds(ExtensionContext context) {
    Long asked = Long.getLong(PROPERTY);
    if (asked != null) {
      return LongStream.of(asked);
    }
    Tries tries =
        AnnotationSupport.findAnnotation(context.getRequiredTestMethod(), Tries.class)
            .orElseThrow();
    return new Random().longs(tries.value());
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
    throw new AssertionError(
        "Failed with the seed that -D%s=%s gives again: %s"
            .formatted(PROPERTY, context.getDisplayName(), failure.getMessage()),
        failure);
  }
}
