package io.quantchat.infra.demo;

import io.quantchat.infra.demo.FileSteps.SentFile;
import io.quantchat.infra.demo.MessageSteps.Sent;
import io.quantchat.infra.demo.Play.Ended;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The play: Ana writes to Ben, who is offline, and sends a picture; he comes, reads it, answers,
 * and goes; then somebody changes a message while it waits.
 */
final class Timeline {

  private static final String LOOKS_FOR_IT = "Who runs the server looks for it";
  private static final String LOOKS_FOR_ALL = "Who runs the server looks for all of it";
  private static final String OF_NO_TABLE =
      "The server's tables can't be reached from here: nobody looks into them, nor changes a"
          + " message. On an instance of its own, with no other running, the demo does.";

  private final Transcript transcript;
  private final KeySteps keys;
  private final MessageSteps messages;
  private final FileSteps files;
  private final SearchSteps searches;
  private final Optional<TamperSteps> tampering;
  private final SecureRandom random;

  /**
   * @param tampering where the tables can be written
   */
  Timeline(
      Transcript transcript,
      KeySteps keys,
      MessageSteps messages,
      FileSteps files,
      SearchSteps searches,
      Optional<TamperSteps> tampering,
      SecureRandom random) {
    this.transcript = transcript;
    this.keys = keys;
    this.messages = messages;
    this.files = files;
    this.searches = searches;
    this.tampering = tampering;
    this.random = random;
  }

  void play() throws Ended {
    // Drawn anew, so that no earlier play's text can be taken for this one's.
    String invitation = "Meet me at the mill, code %s.".formatted(drawnCode());
    String answer = "I'll bring the map and %s.".formatted(drawnCode());
    String changed = "Change of plan: %s, at noon.".formatted(drawnCode());
    String untouched = "Don't forget number %s.".formatted(drawnCode());

    transcript.chapter("Two accounts");
    Person ana = keys.register("Ana");
    Person ben = keys.register("Ben");
    List<Person> people = List.of(ana, ben);
    keys.addEachOther(ana, ben);

    transcript.chapter("Ana writes while Ben is offline");
    messages.comesOnline(ana);
    int prekeys = messages.prekeysOf(ben);
    Sent first = messages.writeToOffline(ana, ben, invitation);
    SentFile picture = files.sendToOffline(ana, ben, Picture.taken(drawnCode(), random));
    searches.lookFor(
        LOOKS_FOR_IT,
        people,
        new Sought(List.of(invitation), List.of(picture.traces()), first.content()));

    transcript.chapter("Ben comes online");
    messages.comesAndReceives(ben, ana, first, prekeys);
    files.comesAndIsForgotten(ben, ana, picture);
    messages.typesAndReads(ben, ana, first.message(), 2);
    messages.answer(ben, ana, answer);
    keys.compareSafetyNumbers(ana, ben);
    messages.leaves(ben, ana);

    if (tampering.isEmpty()) {
      searches.lookFor(
          LOOKS_FOR_ALL,
          people,
          new Sought(List.of(invitation, answer), List.of(picture.traces()), first.content()));
      transcript.note(OF_NO_TABLE);
      return;
    }
    transcript.chapter("Somebody changes a message on the server");
    List<Sent> waiting = messages.writeMoreToOffline(ana, ben, List.of(changed, untouched));
    Sent second = waiting.getFirst();
    tampering.get().flipOneBit(ben, second);
    tampering.get().comesAndRefuses(ben, ana, second, waiting.getLast().message());
    searches.lookFor(
        LOOKS_FOR_ALL,
        people,
        new Sought(
            List.of(invitation, answer, changed, untouched),
            List.of(picture.traces()),
            second.content()));
  }

  private String drawnCode() {
    return String.format(Locale.ROOT, "%04d-%04d", random.nextInt(10_000), random.nextInt(10_000));
  }
}
