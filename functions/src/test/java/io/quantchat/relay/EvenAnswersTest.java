package io.quantchat.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a clock of its own: nothing here takes time. */
class EvenAnswersTest {

  private final Passing time = new Passing();

  @ParameterizedTest
  @CsvSource({"25, 100", "32, 100", "100, 100", "180, 180"})
  void anAnswerTakesSoLongWhateverItsPushesTakeWithinThat(int work, int whole) {
    var answers = new EvenAnswers(Duration.ofMillis(100), time);

    long begun = answers.begin();
    time.pass(Duration.ofMillis(work));
    answers.hold(begun);

    assertThat(time.nanos() - begun).isEqualTo(Duration.ofMillis(whole).toNanos());
  }

  @Test
  void whereNoTimeIsGivenNothingIsHeld() {
    var answers = new EvenAnswers(Duration.ZERO, time);

    answers.hold(answers.begin());

    assertThat(time.nanos()).isZero();
  }

  private static final class Passing implements EvenAnswers.Ticks {

    private long nanos;

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public void pass(Duration time) {
      nanos += time.toNanos();
    }
  }
}
