package io.quantchat.relay;

import static io.quantchat.relay.RelayFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Ids;
import io.quantchat.testing.Answer;
import io.quantchat.testing.Tries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The relay does, whatever happens in whatever order, what a map in memory does: two correspondents
 * and a stranger send, repeat, fetch and acknowledge while time passes.
 */
class RelayModelTest {

  private static final int PEOPLE = 3;

  /** Something that happens; numbers choose among people and among what was sent. */
  sealed interface Step {
    record Send(int from, int to, int content, int minutesAgo) implements Step {}

    record Again(int which, boolean changed) implements Step {}

    record Fetch(int who, int limit) implements Step {}

    record Acknowledge(int who, int which) implements Step {}

    record Wait(int hours) implements Step {}
  }

  /** A message as the model remembers it, alive or not. */
  private record Sent(String id, int from, int to, String content, Instant expiresAt) {}

  @Tries(20)
  void theRelayDoesWhatAMapInMemoryDoes(Random random) {
    List<Step> history =
        Stream.generate(() -> step(random)).limit(between(10, 40, random)).toList();
    var relay = new RelayFixture();
    List<String> people = List.of(relay.account(), relay.account(), relay.account());
    var both = new Both(relay, people);
    try {
      history.forEach(both::play);
      for (int who = 0; who < PEOPLE; who++) {
        both.fetch(new Step.Fetch(who, 0));
        both.fetch(new Step.Fetch(who, 2));
      }
    } catch (AssertionError | RuntimeException differs) {
      throw new AssertionError("In the history " + history, differs);
    }
  }

  private static Step step(Random random) {
    return switch (random.nextInt(14)) {
      case 0, 1, 2, 3, 4 ->
          new Step.Send(who(random), who(random), which(random), between(0, 6 * 24 * 60, random));
      case 5, 6, 7 -> new Step.Again(which(random), random.nextBoolean());
      case 8, 9 -> new Step.Fetch(who(random), between(0, 4, random));
      case 10, 11, 12 -> new Step.Acknowledge(who(random), which(random));
      default -> new Step.Wait(between(1, 100, random));
    };
  }

  private static int who(Random random) {
    return random.nextInt(PEOPLE);
  }

  private static int which(Random random) {
    return between(0, 20, random);
  }

  private static int between(int least, int most, Random random) {
    return random.nextInt(least, most + 1);
  }

  /** The relay and the model, side by side. */
  private static final class Both {

    private final RelayFixture relay;
    private final List<String> people;
    private final List<Sent> sent = new ArrayList<>();
    private final List<TreeMap<String, Sent>> inboxes = new ArrayList<>();
    private final Random random = new Random(7);

    Both(RelayFixture relay, List<String> people) {
      this.relay = relay;
      this.people = people;
      people.forEach(person -> inboxes.add(new TreeMap<>()));
    }

    void play(Step step) {
      switch (step) {
        case Step.Send send -> send(send);
        case Step.Again again -> again(again);
        case Step.Fetch fetch -> fetch(fetch);
        case Step.Acknowledge acknowledge -> acknowledge(acknowledge);
        case Step.Wait wait -> relay.world.clock.advance(Duration.ofHours(wait.hours()));
      }
    }

    private void send(Step.Send step) {
      Instant minted = relay.world.clock.instant().minus(Duration.ofMinutes(step.minutesAgo()));
      String id = Ids.timeOrdered(minted, random);
      put(new Sent(id, step.from(), step.to(), "content " + step.content(), Instant.MAX), 201);
    }

    private void again(Step.Again step) {
      if (sent.isEmpty()) {
        return;
      }
      Sent first = sent.get(step.which() % sent.size());
      Sent held = alive(first.to()).get(first.id());
      boolean tooOld =
          Ids.timeOf(first.id())
              .orElseThrow()
              .isBefore(relay.world.clock.instant().plusMillis(1).minus(Draft.BEHIND));
      String content = step.changed() ? first.content() + " changed" : first.content();
      int expected = tooOld ? 422 : held == null ? 201 : held.content().equals(content) ? 200 : 409;
      put(new Sent(first.id(), first.from(), first.to(), content, Instant.MAX), expected);
    }

    private void put(Sent wanted, int expected) {
      ObjectNode body =
          message(people.get(wanted.to()), wanted.content()).put("message_id", wanted.id());
      Answer answer = relay.send(people.get(wanted.from()), body);

      assertThat(answer.status()).isEqualTo(expected);
      if (expected == 201) {
        Sent stored =
            new Sent(
                wanted.id(),
                wanted.from(),
                wanted.to(),
                wanted.content(),
                relay.world.clock.instant().plus(Duration.ofDays(7)));
        sent.add(stored);
        inboxes.get(wanted.to()).put(wanted.id(), stored);
      }
      if (expected == 200) {
        assertThat(answer.body().get("expires_at").textValue())
            .isEqualTo(inboxes.get(wanted.to()).get(wanted.id()).expiresAt().toString());
      }
    }

    /** A walk in pages of so many, or one page without a limit. */
    void fetch(Step.Fetch step) {
      var seen = new ArrayList<List<String>>();
      String cursor = null;
      do {
        var query = new TreeMap<String, String>();
        if (step.limit() > 0) {
          query.put("limit", Integer.toString(step.limit()));
        }
        if (cursor != null) {
          query.put("cursor", cursor);
        }
        Answer page = relay.pending(people.get(step.who()), query);
        page.body()
            .get("messages")
            .forEach(
                message ->
                    seen.add(
                        List.of(
                            message.get("id").textValue(),
                            message.get("sender_id").textValue(),
                            message.get("encrypted_content").textValue())));
        cursor = page.body().get("next_cursor").textValue();
      } while (cursor != null);

      assertThat(seen)
          .isEqualTo(
              alive(step.who()).values().stream()
                  .map(
                      message ->
                          List.of(message.id(), people.get(message.from()), message.content()))
                  .toList());
    }

    private void acknowledge(Step.Acknowledge step) {
      if (sent.isEmpty()) {
        return;
      }
      String id = sent.get(step.which() % sent.size()).id();
      boolean held = alive(step.who()).containsKey(id);

      Answer answer = relay.acknowledge(people.get(step.who()), id);

      assertThat(answer.status()).isEqualTo(held ? 200 : 404);
      inboxes.get(step.who()).remove(id);
    }

    private Map<String, Sent> alive(int who) {
      inboxes
          .get(who)
          .values()
          .removeIf(message -> !message.expiresAt().isAfter(relay.world.clock.instant()));
      return inboxes.get(who);
    }
  }
}
