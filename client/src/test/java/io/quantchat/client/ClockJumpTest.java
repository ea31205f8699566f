package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.Quarantined;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.crypto.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clocks that jump, at each step of sending, receiving and rotating, by a second to ten years, and
 * are set right again later: nothing is lost, nothing fails for good, and both sides have one
 * order.
 */
@ExtendWith(RelayExtension.class)
class ClockJumpTest {

  /** So many cases are tried, chosen by chance; -Pslow tries each. */
  private static final int MOST = Integer.getInteger("quantchat.jumps", 3);

  private static final long SEED = Long.getLong("quantchat.seed", new Random().nextLong());

  private static final List<Duration> SIZES =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofMinutes(4),
          Duration.ofMinutes(6),
          Duration.ofHours(1),
          Duration.ofDays(1),
          Duration.ofDays(6),
          Duration.ofDays(8),
          Duration.ofDays(25),
          Duration.ofDays(70),
          Duration.ofDays(365),
          Duration.ofDays(3650));

  private static final List<Step> SENDING =
      List.of(
          Step.WRITTEN, Step.TAKEN, Step.SEALED, Step.SEAL_KEPT, Step.ANSWERED, Step.ANSWER_KEPT);

  private static final List<Step> RECEIVING =
      List.of(Step.ARRIVED, Step.OPENED, Step.SETTLING, Step.SETTLED, Step.ACKNOWLEDGED);

  private static final List<Step> ROTATING =
      List.of(Step.BUNDLE_KEPT, Step.BUNDLE_PUBLISHED, Step.BATCH_KEPT, Step.BATCH_UPLOADED);

  private enum Side {
    SENDER,
    RECIPIENT
  }

  /**
   * A clock that jumps.
   *
   * @param restarts whether its owner's program ends and begins anew while it is wrong
   */
  private record Jump(Side whose, Step where, Duration by, boolean restarts) {}

  @Test
  void whateverTheClockDoesNothingIsLostAndTheOrderIsTheSame(TestRelay relay, @TempDir Path folder)
      throws IOException {
    List<Jump> jumps = jumps();
    Collections.shuffle(jumps, new Random(SEED));
    System.out.println("seed " + SEED + ", " + Math.min(MOST, jumps.size()) + " jumps");
    var failures = new ArrayList<String>();
    for (Jump jump : jumps.subList(0, Math.min(MOST, jumps.size()))) {
      Path own = Files.createDirectory(folder.resolve("jump-" + jumps.indexOf(jump)));
      try {
        hold(jump, relay, own);
      } catch (AssertionError | RuntimeException e) {
        failures.add(jump + ": " + e);
        System.out.println(failures.getLast());
      }
    }
    assertThat(failures).as("seed %d", SEED).isEmpty();
  }

  private static List<Jump> jumps() {
    var jumps = new ArrayList<Jump>();
    for (Duration size : SIZES) {
      for (Duration by : List.of(size, size.negated())) {
        for (boolean restarts : List.of(false, true)) {
          SENDING.forEach(step -> jumps.add(new Jump(Side.SENDER, step, by, restarts)));
          RECEIVING.forEach(step -> jumps.add(new Jump(Side.RECIPIENT, step, by, restarts)));
          ROTATING.forEach(step -> jumps.add(new Jump(Side.SENDER, step, by, restarts)));
          ROTATING.forEach(step -> jumps.add(new Jump(Side.RECIPIENT, step, by, restarts)));
        }
      }
    }
    return jumps;
  }

  private static void hold(Jump jump, TestRelay relay, Path folder) {
    var clock = new TestClock();
    var jumped = new AtomicBoolean();
    try (Person ann = new Person(relay, folder, "ann");
        Person ben = new Person(relay, folder, "ben")) {
      ann.client.register(ann.email, Person.passphrase(), "ann");
      ben.client.register(ben.email, Person.passphrase(), "ben");
      Person jumping = jump.whose() == Side.SENDER ? ann : ben;
      ann.client.send(ben.id(), "The first.");
      exchange(ann, ben);

      jumping.close();
      jumping.start(Person.surroundings(clock, jumpingAt(jump, clock, jumped)));
      ann.client.send(ben.id(), "At the jump.");
      if (ROTATING.contains(jump.where())) {
        attempt(jumping.client::rotateKeys);
        relay.keys.take(jumping.id(), Person.BATCH, jumping == ann ? ben.id() : ann.id());
      }
      exchange(ann, ben);
      if (jump.restarts()) {
        jumping.close();
        jumping.start(Person.surroundings(clock, step -> {}));
      }
      ann.client.send(ben.id(), "While it is wrong.");
      exchange(ann, ben);

      if (jumped.get()) {
        clock.jump(jump.by().negated());
      }
      ann.client.send(ben.id(), "The last.");
      exchange(ann, ben);
      exchange(ann, ben);

      List<String> all = List.of("The first.", "At the jump.", "While it is wrong.", "The last.");
      assertThat(ann.textsWith(ben)).isEqualTo(all);
      assertThat(ann.client.conversation(ben.id()))
          .extracting(Message::state)
          .containsOnly(MessageState.SENT);
      assertThat(ben.textsWith(ann))
          .as("refused: %s", ben.client.quarantine().stream().map(Quarantined::reason).toList())
          .isEqualTo(all);
      assertThat(ben.client.quarantine()).isEmpty();
    }
  }

  /** Both do all that they can. What isn't possible now says so, and is possible later. */
  private static void exchange(Person ann, Person ben) {
    Stream.of(ann, ben, ann, ben).forEach(person -> attempt(person.client::sync));
  }

  private static void attempt(Runnable what) {
    try {
      what.run();
    } catch (ServerRefusalException | RefusedException | ServerUnreachableException e) {
      // It is tried again.
    } catch (LoginRequiredException e) {
      throw new AssertionError("A clock's jump must not end a session", e);
    }
  }

  /** Once. */
  private static Consumer<Step> jumpingAt(Jump jump, TestClock clock, AtomicBoolean jumped) {
    return step -> {
      if (step == jump.where() && !jumped.getAndSet(true)) {
        clock.jump(jump.by());
      }
    };
  }
}
