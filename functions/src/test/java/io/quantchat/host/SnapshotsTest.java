package io.quantchat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SnapshotsTest {

  /** Counts how often it was stirred, and with how much. */
  private static final class CountingRandom extends SecureRandom {
    private int stirred;

    @Override
    public void setSeed(byte[] seed) {
      stirred += seed.length;
    }
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new IOException("unreachable"),
        new IllegalStateException("refused"),
        new NoClassDefFoundError("missing"),
        new StackOverflowError());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whatARehearsalThrowsDoesNotFailTheStart(Throwable failure) {
    var hook =
        new Snapshots(
            () -> {
              if (failure instanceof Exception exception) {
                throw exception;
              }
              throw (Error) failure;
            },
            new SecureRandom());

    assertThatCode(() -> hook.beforeCheckpoint(null)).doesNotThrowAnyException();
    assertThatCode(() -> hook.afterRestore(null)).doesNotThrowAnyException();
  }

  @Test
  void aRehearsalIsPlayedUntilItsCodeIsWarm() {
    var plays = new AtomicInteger();

    new Snapshots(plays::incrementAndGet, new SecureRandom()).beforeCheckpoint(null);

    assertThat(plays).hasValueGreaterThan(1);
  }

  @Test
  void eachInstanceStirsItsOwnRandomnessIn() {
    var random = new CountingRandom();
    var hook = new Snapshots(() -> {}, random);

    hook.beforeCheckpoint(null);
    assertThat(random.stirred).isZero();
    hook.afterRestore(null);

    assertThat(random.stirred).isEqualTo(32);
  }

  @Test
  void onlyAFunctionOfWhichSnapshotsAreTakenRehearses() {
    assertThat(new Environment(Map.of()).takesSnapshots()).isFalse();
    assertThat(environment("on-demand").takesSnapshots()).isFalse();
    assertThat(environment("provisioned-concurrency").takesSnapshots()).isFalse();
    assertThat(environment("snap-start").takesSnapshots()).isTrue();
  }

  private static Environment environment(String initialisation) {
    return new Environment(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", initialisation));
  }
}
