package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A client that dies at any step, and is started again. */
@ExtendWith(RelayExtension.class)
class CrashTest {

  private static Person ann;
  private static Person ben;

  @BeforeAll
  static void twoPeople(TestRelay relay, @TempDir Path folder) {
    ann = Person.registered(relay, folder, "ann");
    ben = Person.registered(relay, folder, "ben");
  }

  @AfterAll
  static void goHome() {
    ann.close();
    ben.close();
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"WRITTEN", "SEALED", "SEAL_KEPT", "ANSWERED", "ANSWER_KEPT"})
  void aSenderThatDiesLosesNothingAndRepeatsNothing(Step where) {
    String first = where + ", the first line.";
    String second = where + ", the second line.";
    ann.close();
    ann.start(dyingAt(where));
    assertThatThrownBy(
            () -> {
              ann.client.send(ben.id(), first);
              ann.client.sync();
            })
        .isInstanceOf(Crash.class);
    ann.close();

    ann.start(step -> {});
    assertThat(ann.client.sync()).isTrue();
    ann.client.send(ben.id(), second);
    assertThat(ann.client.sync()).isTrue();
    ben.client.sync();

    assertThat(linesOf(where)).containsExactly(first, second);
    assertThat(ben.client.quarantine()).isEmpty();
    assertThat(ann.client.conversation(ben.id()))
        .extracting(Message::state)
        .containsOnly(MessageState.SENT);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"ARRIVED", "OPENED", "SETTLING", "SETTLED", "ACKNOWLEDGED"})
  void aRecipientThatDiesLosesNothingAndShowsNothingTwice(Step where) {
    String first = where + ", the first line.";
    String second = where + ", the second line.";
    ann.client.send(ben.id(), first);
    ann.client.send(ben.id(), second);
    ann.client.sync();

    ben.close();
    ben.start(dyingAt(where));
    assertThatThrownBy(() -> ben.client.sync()).isInstanceOf(Crash.class);
    ben.close();
    ben.start(step -> {});
    assertThat(ben.client.sync()).isTrue();
    assertThat(ben.client.sync()).isTrue();

    assertThat(linesOf(where)).containsExactly(first, second);
    assertThat(ben.client.quarantine()).isEmpty();
  }

  private static List<String> linesOf(Step step) {
    return ben.textsWith(ann).stream().filter(line -> line.startsWith(step + ",")).toList();
  }

  /** Once: who is started again lives on. */
  private static Consumer<Step> dyingAt(Step where) {
    var times = new AtomicInteger();
    return step -> {
      if (step == where && times.getAndIncrement() == 0) {
        throw new Crash();
      }
    };
  }

  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }
}
