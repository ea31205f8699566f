package io.quantchat.lives;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.testing.Answer;
import io.quantchat.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A crowd whose lives go their ways, step by step, and a log of the last steps. */
final class Lives implements AutoCloseable {

  private static final int CROWD = 6;
  private static final int STEPS_KEPT = 400;
  private static final int LONGEST_NOTED = 200;

  /** What is done so many times among all deeds. */
  private record Habit(int weight, Deed deed) {}

  private final List<Habit> habits = new ArrayList<>();
  private final List<Person> crowd = new ArrayList<>();
  private final Deque<Supplier<String>> log = new ArrayDeque<>();
  private final long seed;
  private final Sessions sessions;
  private final Departures departures;
  private int born;
  private int steps;

  final Random random;
  final Cloud cloud;

  Lives(long seed) {
    this.seed = seed;
    random = new Random(seed);
    cloud = new Cloud(seed);
    sessions = new Sessions(this);
    var letters = new Letters(this);
    sessions.habits();
    new Contacts(this).habits();
    letters.habits();
    new OpenSockets(this, letters).habits();
    new Prekeys(this).habits();
    departures = new Departures(this, sessions);
    departures.habits();
    new Ghosts(this, sessions, departures).habits();
    habit(7, this::timePasses);
    habit(1, who -> cloud.reap());
    habit(3, who -> cloud.disturb());
    Stream.generate(this::newcomer).limit(CROWD).forEach(crowd::add);
  }

  /** How many steps were played. */
  int steps() {
    return steps;
  }

  void habit(int weight, Deed deed) {
    habits.add(new Habit(weight, deed));
  }

  /** Plays one step. */
  void step() {
    steps++;
    cloud.advance(Duration.ofMillis(random.nextInt(1, 2000)));
    Person who = crowd.get(random.nextInt(crowd.size()));
    int drawn = random.nextInt(habits.stream().mapToInt(Habit::weight).sum());
    for (Habit habit : habits) {
      drawn -= habit.weight();
      if (drawn < 0) {
        habit.deed().of(who);
        return;
      }
    }
  }

  /** Mostly a little; now and then back, as clocks are put right. */
  private void timePasses(Person who) {
    int kind = random.nextInt(100);
    Duration time =
        kind < 50
            ? Duration.ofMillis(random.nextInt(600_000))
            : kind < 85
                ? Duration.ofMinutes(random.nextInt(180))
                : kind < 92
                    ? Duration.ofMillis(-random.nextInt(10_000))
                    : Duration.ofHours(random.nextInt(kind < 99 ? 30 : 200));
    note(who, () -> "waits " + time);
    cloud.advance(time);
  }

  /** Somebody with an account other than this one, if there is anybody. */
  Optional<Person> another(Person who) {
    List<Person> others =
        crowd.stream().filter(one -> one != who && one.stage == Person.Stage.REGISTERED).toList();
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(others.get(random.nextInt(others.size())));
  }

  /** All those who have left. */
  List<Person> gone() {
    return departures.gone();
  }

  /** Whether an account that has left must be absent from everybody's list. */
  boolean isUnlisted(Person gone) {
    return departures.isUnlisted(gone);
  }

  /** Ends the world well. */
  void settle() {
    departures.settle();
  }

  List<Person> crowd() {
    return crowd;
  }

  private Person newcomer() {
    String name = "p" + ++born;
    return new Person(name, "%s.%d@example.org".formatted(name, seed & 0xFFFFFF));
  }

  /** Somebody new comes for somebody who has left; it may take the address over. */
  void replace(Person gone) {
    crowd.remove(gone);
    Person newcomer = newcomer();
    crowd.add(random.nextBoolean() ? newcomer : new Person(newcomer.name, gone.email));
  }

  /**
   * Asks a route as somebody who is logged in, or tries to be.
   *
   * @return nothing where it isn't known what became of it; an answer is never a 401, 429 or 5xx
   *     for want of room: those are as if nothing had been asked
   */
  Optional<Answer> ask(Person who, String route, ObjectNode body, String... path) {
    ObjectNode event = cloud.request(route, path);
    return play(who, route, body == null ? event : event.put("body", body.toString()));
  }

  /** The same with an event that is made already. */
  Optional<Answer> play(Person who, String route, ObjectNode event) {
    if (!sessions.ensure(who)) {
      throw new NotAskedException();
    }
    World.withToken(event, who.login.orElseThrow().accessToken);
    Optional<Answer> answer = call(who, route, event);
    if (answer.filter(one -> one.status() == 401).isPresent()) {
      // The key that signed it may be a moment too new to be known everywhere.
      cloud.advance(Duration.ofSeconds(2));
      answer = call(who, route, event);
    }
    answer.ifPresent(one -> require(one.status() != 401, "a good token is refused"));
    if (answer.filter(one -> one.status() == 429).isPresent()) {
      throw new NotAskedException();
    }
    return answer;
  }

  /** Asks a route, and notes it. */
  Optional<Answer> call(Person who, String route, ObjectNode event) {
    String asked = route + " " + event.path("pathParameters").path("contact_id").asText("");
    String body = event.path("body").asText("");
    try {
      Optional<Answer> answer = cloud.call(route, event);
      note(who, () -> asked + brief(body) + " -> " + answer.map(Lives::told).orElse("?"));
      return answer;
    } catch (AssertionError failed) {
      note(who, () -> asked + brief(body) + " -> fell over");
      throw failed;
    }
  }

  private static String told(Answer answer) {
    return answer.status() + " " + brief(answer.body().toString());
  }

  private static String brief(String text) {
    return text.length() > LONGEST_NOTED ? text.substring(0, LONGEST_NOTED) : text;
  }

  /** Notes what was done; it is written out only if somebody has to read it. */
  void note(Person who, Supplier<String> what) {
    int step = steps;
    Instant now = cloud.clock.instant();
    log.add(() -> "%d %s %s: %s".formatted(step, now, who, what.get()));
    if (log.size() > STEPS_KEPT) {
      log.remove();
    }
  }

  /** What must hold. */
  void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  /** The last steps, each in a line. */
  String log() {
    return log.stream().map(Supplier::get).collect(Collectors.joining("\n"))
        + "\nPeople: "
        + crowd.stream().map(one -> one + "=" + one.id).toList();
  }

  @Override
  public void close() {
    cloud.close();
  }
}
