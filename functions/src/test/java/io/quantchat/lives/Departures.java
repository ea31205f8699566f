package io.quantchat.lives;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.Json;
import io.quantchat.lives.Person.Stage;
import io.quantchat.testing.Answer;
import io.quantchat.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Leaving. Whoever has left gets nothing by any token and is found by nobody; once the worker is
 * through, no table holds anything of it but what waits for others.
 */
final class Departures {

  /** By then no token is good, and no request of before is under way: 15 minutes and 5. */
  private static final Duration UNTIL_LAST_SWEEP = Duration.ofMinutes(20);

  /** More runs than all that one world leaves behind can take. */
  private static final int MOST_RUNS = 20;

  private static final String LEAVING = "DELETE /users/me";

  private final Lives lives;
  private final Sessions sessions;
  private final List<Ghost> ghosts = new ArrayList<>();
  private final List<Ghost> erased = new ArrayList<>();

  Departures(Lives lives, Sessions sessions) {
    this.lives = lives;
    this.sessions = sessions;
  }

  void habits() {
    lives.habit(1, this::leave);
    lives.habit(2, who -> ascertain());
    lives.habit(4, who -> erase());
  }

  private void leave(Person who) {
    if (who.stage != Stage.REGISTERED || lives.random.nextBoolean()) {
      return;
    }
    Optional<String> ticket =
        lives.random.nextBoolean()
            ? lives
                .ask(who, "POST /auth/socket-ticket", Json.object())
                .map(answer -> answer.text("ticket"))
            : Optional.empty();
    ObjectNode body = Json.object();
    if (lives.random.nextInt(4) > 0) {
      body.put("password", who.password);
    }
    Optional<Answer> answer = lives.ask(who, LEAVING, body);
    who.ticket = ticket;
    if (answer.isEmpty()) {
      who.stage = Stage.LEAVING;
    } else if (answer.get().status() == 202) {
      lives.require(answer.get().text("user_id").equals(who.id), "another has left");
      hasLeft(who);
    } else {
      lives.require(
          answer.get().status() == 403 && !body.has("password"),
          "leaving is refused with " + answer.get().status());
    }
  }

  /** Who left without hearing so asks again, or finds that the password is good for nothing. */
  private void ascertain() {
    lives.crowd().stream()
        .filter(one -> one.stage == Stage.LEAVING)
        .findFirst()
        .ifPresent(this::ascertain);
  }

  private void ascertain(Person who) {
    if (lives.random.nextBoolean() && who.login.isPresent()) {
      ObjectNode event = lives.cloud.request(LEAVING);
      event.put("body", Json.object().put("password", who.password).toString());
      World.withToken(event, who.login.get().accessToken);
      boolean left =
          lives.call(who, LEAVING, event).filter(answer -> answer.status() == 202).isPresent();
      if (left) {
        hasLeft(who);
      }
      return;
    }
    if (sessions.hasNoAccount(who)) {
      hasLeft(who);
    }
  }

  private void hasLeft(Person who) {
    who.stage = Stage.GONE;
    who.goneAt = lives.cloud.writes();
    who.knownGone = lives.cloud.latest();
    var blockedBy = new HashSet<String>();
    for (Person other : lives.crowd()) {
      if (other != who && other.id != null && other.block(who).state() == Known.YES) {
        blockedBy.add(other.id);
      }
    }
    ghosts.add(new Ghost(who, who.login, who.ticket, blockedBy));
    lives.note(who, () -> "has left");
    lives.replace(who);
  }

  /** Whether somebody has left so long ago that no read, however stale, shows otherwise. */
  boolean isPast(Person who) {
    return lives.cloud.writes() - who.goneAt > Relation.SEEN_BY_ALL;
  }

  /** Whether an account that has left must be absent from everybody's list. */
  boolean isUnlisted(Person who) {
    return who.stage == Stage.GONE && isPast(who);
  }

  /** Those who have left and of whom something may be left. */
  List<Ghost> ghosts() {
    return ghosts;
  }

  /** Whether nothing may be left of somebody. */
  boolean isErased(Person who) {
    return erased.stream().anyMatch(one -> one.who() == who);
  }

  /** Everybody who has left. */
  List<Person> gone() {
    var gone = new ArrayList<Person>();
    ghosts.forEach(ghost -> gone.add(ghost.who()));
    erased.forEach(ghost -> gone.add(ghost.who()));
    return gone;
  }

  /** Reads aren't stale for minutes, so the worker waits until they show what it looks for. */
  private void erase() {
    if (ghosts.stream().allMatch(ghost -> isPast(ghost.who())) && unknown() == 0) {
      run();
    }
  }

  private long unknown() {
    return lives.crowd().stream().filter(one -> one.stage == Stage.LEAVING).count();
  }

  private OptionalInt run() {
    Instant now = lives.cloud.clock.instant();
    OptionalInt waiting = lives.cloud.erase();
    if (waiting.isEmpty()) {
      return waiting;
    }
    boolean allDue =
        ghosts.stream().noneMatch(one -> now.isBefore(one.who().knownGone.plus(UNTIL_LAST_SWEEP)));
    lives.require(
        waiting.getAsInt() == 0 || !allDue, "a run left " + waiting.getAsInt() + " undone");
    if (waiting.getAsInt() == 0) {
      ghosts.forEach(this::requireErased);
      erased.addAll(ghosts);
      ghosts.clear();
    }
    return waiting;
  }

  /**
   * A ticket whose session ended while the store failed is named by nobody: it goes as it expires,
   * a minute after it was issued.
   */
  private void requireErased(Ghost ghost) {
    lives.cloud.reap();
    Map<String, List<Map<String, AttributeValue>>> left = lives.cloud.mentionsOf(ghost.who().id);
    left.computeIfPresent(
        "RelayMessagesTable",
        (table, rows) -> {
          var others = rows.stream().filter(row -> !isOthers(ghost, row)).toList();
          return others.isEmpty() ? null : others;
        });
    lives.require(left.isEmpty(), "left of " + ghost.who() + ": " + left);
    lives.require(
        ghost.who().openSockets().stream().noneMatch(socket -> socket.isYoung(now())),
        "a socket outlives its account: " + ghost.who());
  }

  /**
   * What waits for others is theirs. So is, until it expires, what was withheld from somebody who
   * has lifted the block since.
   */
  private static boolean isOthers(Ghost ghost, Map<String, AttributeValue> row) {
    String queue = row.get("recipient_id").s();
    return !queue.endsWith(ghost.who().id)
        && (!queue.startsWith("dropped#")
            || !ghost.blockedBy().contains(queue.substring("dropped#".length())));
  }

  private Instant now() {
    return lives.cloud.clock.instant();
  }

  /**
   * The last that is played of a world: time passes, and then nothing is left of those who left.
   */
  void settle() {
    lives.cloud.calm();
    lives.cloud.advance(Duration.ofHours(1));
    int runs = 0;
    while (!run().equals(OptionalInt.of(0))) {
      lives.require(++runs < MOST_RUNS, "the worker gets nowhere");
    }
    erased.forEach(this::requireErased);
  }
}
