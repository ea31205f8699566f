package io.quantchat.relay;

import static io.quantchat.relay.RelayFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Ids;
import io.quantchat.relay.RelayFixture.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

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

  @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
  void theRelayDoesWhatAMapInMemoryDoes(@ForAll("histories") List<Step> history) {
    var relay = new RelayFixture();
    List<String> people = List.of(relay.account(), relay.account(), relay.account());
    var world = new World(relay, people);
    history.forEach(world::play);
    for (int who = 0; who < PEOPLE; who++) {
      world.fetch(new Step.Fetch(who, 0));
      world.fetch(new Step.Fetch(who, 2));
    }
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Integer> who = Arbitraries.integers().between(0, PEOPLE - 1);
    Arbitrary<Integer> which = Arbitraries.integers().between(0, 20);
    Arbitrary<Step> send =
        Combinators.combine(who, who, which, Arbitraries.integers().between(0, 6 * 24 * 60))
            .as(Step.Send::new);
    Arbitrary<Step> again =
        Combinators.combine(which, Arbitraries.of(true, false)).as(Step.Again::new);
    Arbitrary<Step> fetch =
        Combinators.combine(who, Arbitraries.integers().between(0, 4)).as(Step.Fetch::new);
    Arbitrary<Step> acknowledge = Combinators.combine(who, which).as(Step.Acknowledge::new);
    Arbitrary<Step> wait = Arbitraries.integers().between(1, 100).map(Step.Wait::new);
    return Arbitraries.frequencyOf(
            Tuple.of(5, send),
            Tuple.of(3, again),
            Tuple.of(2, fetch),
            Tuple.of(3, acknowledge),
            Tuple.of(1, wait))
        .list()
        .ofMinSize(10)
        .ofMaxSize(40);
  }

  /** The relay and the model, side by side. */
  private static final class World {

    private final RelayFixture relay;
    private final List<String> people;
    private final List<Sent> sent = new ArrayList<>();
    private final List<TreeMap<String, Sent>> inboxes = new ArrayList<>();
    private final Random random = new Random(7);

    World(RelayFixture relay, List<String> people) {
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
        case Step.Wait wait -> relay.clock.advance(Duration.ofHours(wait.hours()));
      }
    }

    private void send(Step.Send step) {
      Instant minted = relay.clock.instant().minus(Duration.ofMinutes(step.minutesAgo()));
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
              .isBefore(relay.clock.instant().plusMillis(1).minus(Draft.BEHIND));
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
                relay.clock.instant().plus(Duration.ofDays(7)));
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
          .removeIf(message -> !message.expiresAt().isAfter(relay.clock.instant()));
      return inboxes.get(who);
    }
  }
}
