package io.quantchat.infra.local.demo;

import java.time.Duration;

/** Where the play happens: each step is timed, and ends the play if it comes out otherwise. */
final class Stage {

  /** Something that a person does, and what came of it in one line. */
  @FunctionalInterface
  interface Act<T> {
    Outcome<T> play() throws Difference;
  }

  /**
   * @param value what later steps need
   * @param told what came back, in words
   */
  record Outcome<T>(T value, String told) {}

  /** Ends the play: the difference is printed already. */
  static final class Ended extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static final Duration LONGEST_PUSH = Duration.ofSeconds(5);

  private final Transcript transcript;
  private final Look look;
  private long began;
  private long stepBegan;
  private int steps;

  Stage(Transcript transcript, Look look) {
    this.transcript = transcript;
    this.look = look;
  }

  <T> T step(String who, String sent, Act<T> act) throws Ended {
    stepBegan = System.nanoTime();
    if (steps == 0) {
      began = stepBegan;
    }
    try {
      Outcome<T> outcome = act.play();
      done(new Moment(at(stepBegan), since(stepBegan, System.nanoTime())), who, sent, outcome);
      return outcome.value();
    } catch (Difference difference) {
      throw failed(who, sent, difference);
    }
  }

  /**
   * An event that the step before brings to someone. Its time is when it arrived, its duration runs
   * from that step's beginning: it may well be there before that step's own answer.
   */
  void pushed(String who, EventSocket socket, String type, EventCheck check) throws Ended {
    String sent = look.arrow() + " " + type;
    try {
      EventSocket.Event event = socket.await(type, LONGEST_PUSH);
      String told = check.told(event);
      Moment moment = new Moment(at(event.arrivedAt()), since(stepBegan, event.arrivedAt()));
      done(moment, who, sent, new Outcome<>(event, told));
    } catch (Difference difference) {
      throw failed(who, sent, difference);
    }
  }

  /** Whether an event holds what it should, and what to tell of it. */
  @FunctionalInterface
  interface EventCheck {
    String told(EventSocket.Event event) throws Difference;
  }

  int steps() {
    return steps;
  }

  Duration lasted() {
    return since(began, System.nanoTime());
  }

  private void done(Moment moment, String who, String sent, Outcome<?> outcome) {
    steps++;
    transcript.step(moment, who, sent, outcome.told());
  }

  private Ended failed(String who, String sent, Difference difference) {
    Moment moment = new Moment(at(stepBegan), since(stepBegan, System.nanoTime()));
    transcript.failed(moment, who, sent, difference);
    return new Ended();
  }

  private Duration at(long nanoTime) {
    return since(began, nanoTime);
  }

  private static Duration since(long from, long to) {
    return Duration.ofNanos(to - from);
  }
}
