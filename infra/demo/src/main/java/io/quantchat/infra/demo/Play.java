package io.quantchat.infra.demo;

import io.quantchat.client.model.FileException;
import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.model.MetadataException;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.client.model.StoreException;
import io.quantchat.crypto.RefusedException;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;

/** A play: each step is timed, and ends it if it comes out otherwise. */
final class Play {

  /** Something that happens, and is checked. */
  @FunctionalInterface
  interface Act<T> {
    Outcome<T> play() throws Difference;
  }

  /** Ends the play: the difference is printed already. */
  static final class Ended extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private final Transcript transcript;
  private final String place;
  private final long began = System.nanoTime();
  private int steps;

  /**
   * @param place where the server is, such as {@code localhost:8080}
   */
  Play(Transcript transcript, String place) {
    this.transcript = transcript;
    this.place = place;
  }

  /** Plays a step. */
  <T> T step(String title, Act<T> act) throws Ended {
    long stepBegan = System.nanoTime();
    try {
      Outcome<T> outcome = act.play();
      steps++;
      transcript.step(since(stepBegan), title, outcome.people(), outcome.server());
      return outcome.value();
    } catch (Difference difference) {
      throw differed(stepBegan, title, difference);
    } catch (ServerUnreachableException e) {
      throw differed(
          stepBegan, title, new Difference("an answer of " + place, "none: " + e.getMessage()));
    } catch (ServerRefusalException e) {
      throw differed(
          stepBegan,
          title,
          new Difference("a success", "status " + e.status() + ": " + e.getMessage()));
    } catch (SdkException e) {
      throw differed(
          stepBegan, title, new Difference("an answer of the tables", "none: " + e.getMessage()));
    } catch (FileException
        | LoginRequiredException
        | MetadataException
        | RefusedException
        | StoreException e) {
      throw differed(stepBegan, title, new Difference("a success", "a refusal: " + e.getMessage()));
    }
  }

  /** Something beside the steps that came out otherwise. */
  Ended differed(String title, Difference difference) {
    return differed(System.nanoTime(), title, difference);
  }

  int steps() {
    return steps;
  }

  Duration lasted() {
    return since(began);
  }

  private Ended differed(long stepBegan, String title, Difference difference) {
    transcript.differed(since(stepBegan), title, difference);
    return new Ended();
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }
}
