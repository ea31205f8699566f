package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.model.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A store that is copied at some step, goes on, and is put back: as it is done with backups. Every
 * message of either side is there once, or both know.
 */
@ExtendWith(RelayExtension.class)
class RestoredCopyTest {

  /** {@code -Dquantchat.restores} sets it higher; -Pslow does. */
  private static final int RESTORES = Integer.getInteger("quantchat.restores", 6);

  /** The directory's hourly limits are for people, who don't do this more often. */
  private static final int OF_ONE_PAIR = 5;

  /** What the victim does with the keys before the copy is put back. */
  private enum Change {
    NOTHING,
    ROTATE,
    RESET;

    /** Where the copy is made: of messages anywhere, of keys while they change. */
    List<Step> steps() {
      return switch (this) {
        case NOTHING -> List.of(Step.values());
        case ROTATE -> List.of(Step.BUNDLE_KEPT, Step.BUNDLE_PUBLISHED);
        case RESET ->
            List.of(
                Step.KEYS_WIPED,
                Step.BUNDLE_KEPT,
                Step.BUNDLE_PUBLISHED,
                Step.BATCHES_WITHDRAWN,
                Step.BATCH_KEPT,
                Step.BATCH_UPLOADED);
      };
    }

    void make(QuantChat client) {
      switch (this) {
        case NOTHING -> {
          // The messages go on.
        }
        case ROTATE -> client.rotateKeys();
        case RESET -> client.resetKeys();
      }
    }
  }

  private static final List<Change> CHANGES = List.of(Change.values());

  private static final List<String> FILES = List.of("", "-wal", "-journal");

  private final Random random;
  private final long seed;

  RestoredCopyTest() {
    this.seed = Long.getLong("quantchat.seed", new Random().nextLong());
    this.random = new Random(seed);
  }

  @Test
  void nothingIsLostOrShownTwice(TestRelay relay, @TempDir Path folder) throws IOException {
    System.out.println("seed of the restores: " + seed);
    for (int done = 0; done < RESTORES; done += OF_ONE_PAIR) {
      Path ofPair = Files.createDirectory(folder.resolve("pair-" + done));
      try (Person ann = Person.registered(relay, ofPair, "ann");
          Person ben = Person.registered(relay, ofPair, "ben")) {
        meet(ann, ben);
        for (int i = done; i < Math.min(RESTORES, done + OF_ONE_PAIR); i++) {
          // Each change comes to both of them in turn.
          Change change = CHANGES.get(i % CHANGES.size());
          restored(i, change, i / CHANGES.size() % 2 == 0 ? ann : ben, ann, ben);
        }
      }
    }
  }

  private void meet(Person ann, Person ben) {
    ann.client.send(ben.id(), "Hello Ben.");
    ben.client.send(ann.id(), "Hello Ann.");
    exchange(new TestClock(), ann, ben);
  }

  private void restored(int which, Change change, Person victim, Person ann, Person ben) {
    Person other = victim == ann ? ben : ann;
    Step where = change.steps().get(random.nextInt(change.steps().size()));
    boolean sameFile = random.nextBoolean();
    String name =
        "seed %d, restore %d of %s at %s (%s)".formatted(seed, which, victim.email, where, change);
    var clock = new TestClock();
    var copy = new HashMap<String, byte[]>();
    var isDue = new AtomicBoolean(change == Change.NOTHING);
    restart(victim, clock, copyingAt(where, isDue, victim.file, copy));
    restart(other, clock, step -> {});

    List<String> theirs = new ArrayList<>();
    List<String> own = new ArrayList<>();
    // Before the copy, around it, and after it.
    talk(which, 0, victim, other, own, theirs);
    isDue.set(true);
    change.make(victim.client);
    assertThat(change == Change.NOTHING || !copy.isEmpty()).as(name).isTrue();
    talk(which, 1, victim, other, own, theirs);
    if (copy.isEmpty()) {
      copy(victim.file, copy);
    }
    int before = own.size();
    talk(which, 2, victim, other, own, theirs);
    other.client.send(victim.id(), which + " on its way");
    theirs.add(which + " on its way");
    other.client.sync();
    victim.close();
    putBack(copy, victim.file, sameFile);

    victim.forgetEvents();
    victim.start(Person.surroundings(clock, step -> {}));
    victim.client.send(other.id(), which + " after it");
    own.add(which + " after it");
    other.client.send(victim.id(), which + " after it, from the other");
    theirs.add(which + " after it, from the other");
    exchange(clock, victim, other);

    Person.Restored restored = victim.await(Person.Restored.class, told -> true);
    assertThat(restored.asked()).as(name).contains(other.id());
    assertThat(linesOf(which, victim, other, true))
        .as(name)
        .containsExactlyInAnyOrderElementsOf(theirs);
    // What went out before it was lost here has come there; what is here is there, once.
    List<String> there = linesOf(which, other, victim, true);
    assertThat(there).as(name).doesNotHaveDuplicates().contains(own.getLast());
    assertThat(own.subList(0, before)).as(name).isSubsetOf(there);
    assertThat(there).as(name).containsAll(linesOf(which, victim, other, false));
    assertThat(victim.client.quarantine()).as(name).isEmpty();
    assertThat(other.client.quarantine()).as(name).isEmpty();
    assertThat(victim.client.missing(other.id())).as(name).isZero();
    assertThat(other.client.missing(victim.id())).as(name).isZero();
  }

  private void talk(
      int which, int part, Person victim, Person other, List<String> own, List<String> theirs) {
    for (int i = 0; i < 2; i++) {
      String line = "%d.%d.%d".formatted(which, part, i);
      victim.client.send(other.id(), line);
      own.add(line);
      other.client.send(victim.id(), line);
      theirs.add(line);
      var order = new ArrayList<>(List.of(victim, other));
      Collections.shuffle(order, random);
      order.forEach(person -> person.client.sync());
    }
  }

  /** Until all that is asked for has come. */
  private static void exchange(TestClock clock, Person one, Person two) {
    for (int i = 0; i < 4; i++) {
      one.client.sync();
      two.client.sync();
      clock.advance(Requests.GAP_LASTS);
    }
    one.client.sync();
  }

  private static List<String> linesOf(int which, Person whose, Person with, boolean incoming) {
    return whose.client.conversation(with.id()).stream()
        .filter(message -> message.isIncoming() == incoming)
        .map(Message::text)
        .filter(text -> text.startsWith(which + ".") || text.startsWith(which + " "))
        .toList();
  }

  private static void restart(Person person, TestClock clock, Consumer<Step> steps) {
    person.close();
    person.start(Person.surroundings(clock, steps));
  }

  private static Consumer<Step> copyingAt(
      Step where, AtomicBoolean isDue, Path file, Map<String, byte[]> copy) {
    return step -> {
      if (isDue.get() && step == where && copy.isEmpty()) {
        copy(file, copy);
      }
    };
  }

  private static void copy(Path file, Map<String, byte[]> copy) {
    try {
      for (String suffix : FILES) {
        Path one = file.resolveSibling(file.getFileName() + suffix);
        if (Files.exists(one)) {
          copy.put(suffix, Files.readAllBytes(one));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param sameFile whether the file is written over, and stays the same one; else it is replaced
   */
  private static void putBack(Map<String, byte[]> copy, Path file, boolean sameFile) {
    try {
      for (String suffix : FILES) {
        Path one = file.resolveSibling(file.getFileName() + suffix);
        if (!copy.containsKey(suffix)) {
          Files.deleteIfExists(one);
        } else if (sameFile) {
          Files.write(one, copy.get(suffix));
        } else {
          Path beside = file.resolveSibling("restored");
          Files.write(beside, copy.get(suffix));
          Files.move(beside, one, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
