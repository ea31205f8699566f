package io.quantchat.infra.demo.attacks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.infra.demo.attacks.Attack.Outcome;
import io.quantchat.infra.demo.attacks.Attacker.Account;
import io.quantchat.infra.demo.attacks.Attacker.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Attacks on what people are sent, and on the keys that they are written to with. */
final class MessageAttacks {

  private static final int PREKEYS = 60;
  private static final int TAKES = 40;
  private static final int TAKEN_AT_ONCE = 5;
  private static final int SENDS = 400;
  private static final int MESSAGE_BYTES = 60_000;

  private final Attacker attacker;

  MessageAttacks(Attacker attacker) {
    this.attacker = attacker;
  }

  /** Takes one-time prekeys until none are left. */
  Outcome drainPrekeys() throws IOException, InterruptedException {
    Account victim = attacker.person("victim");
    Account stranger = attacker.person("stranger");
    PublishedKeys keys = new PublishedKeys(victim);
    attacker.call("PUT", "/keys/bundle", victim.token(), keys.bundle());
    attacker.post("/keys/prekeys", victim, keys.prekeys(PREKEYS));
    int before = stock(victim);
    for (int take = 0; take < TAKES; take++) {
      attacker.get("/keys/" + victim.id() + "?take=" + TAKEN_AT_ONCE, stranger);
    }
    int left = stock(victim);
    return new Outcome(
        "%d takes of %d by one stranger".formatted(TAKES, TAKEN_AT_ONCE),
        "%d of %d prekeys left".formatted(left, before),
        before == PREKEYS && left >= before / 2);
  }

  private int stock(Account of) throws IOException, InterruptedException {
    return attacker.get("/keys/prekeys/count", of).body().path("one_time").asInt(-1);
  }

  /** Sends somebody who doesn't know the sender as much as goes. */
  Outcome fillAnInbox() throws IOException, InterruptedException {
    Account victim = attacker.person("victim");
    Account friend = attacker.person("friend");
    Account stranger = attacker.person("stranger");
    attacker.post("/contacts", victim, Attacker.object().put("contact_id", friend.id()));
    int taken = 0;
    Answer last = null;
    for (int sent = 0; sent < SENDS; sent++) {
      last = attacker.post("/relay/send", stranger, Attacker.message(victim, MESSAGE_BYTES));
      if (last.status() != 201) {
        break;
      }
      taken++;
    }
    int friends = attacker.post("/relay/send", friend, Attacker.message(victim, 10)).status();
    int status = last == null ? 0 : last.status();
    return new Outcome(
        "messages of %d kB from a stranger".formatted(MESSAGE_BYTES / 1000),
        "%d taken (%d kB), then %d; a contact's message: %d"
            .formatted(taken, taken * (MESSAGE_BYTES / 1000), status, friends),
        (status == 429 || status == 507) && friends == 201);
  }

  /** Asks for the messages and contacts of others. */
  Outcome readOthersMessages() throws IOException, InterruptedException {
    Account victim = attacker.person("victim");
    Account friend = attacker.person("friend");
    Account spy = attacker.person("stranger");
    attacker.post("/contacts", victim, Attacker.object().put("contact_id", friend.id()));
    ObjectNode secret = Attacker.message(victim, 10).put("encrypted_content", "between-them");
    attacker.post("/relay/send", friend, secret);
    String id = secret.get("message_id").textValue();
    ObjectNode acknowledge = Attacker.object().put("message_id", id);
    List<Answer> answers = new ArrayList<>();
    for (Account other : List.of(victim, friend)) {
      answers.add(attacker.get("/messages/conversation/" + other.id(), spy));
      answers.add(
          attacker.get(
              "/messages/conversation/" + other.id() + "?current_user_id=" + victim.id(), spy));
      answers.add(attacker.get("/relay/pending?user_id=" + other.id(), spy));
      answers.add(attacker.get("/contacts?user_id=" + other.id(), spy));
      answers.add(attacker.get("/users/me?user_id=" + other.id(), spy));
    }
    answers.add(attacker.post("/relay/acknowledge", spy, acknowledge));
    answers.add(attacker.post("/relay/acknowledge", spy, acknowledge.put("user_id", victim.id())));
    long seen =
        answers.stream()
            .map(answer -> answer.body().toString())
            .filter(body -> body.contains("between-them") || body.contains(victim.email()))
            .count();
    boolean waits = attacker.get("/relay/pending", victim).body().toString().contains(id);
    return new Outcome(
        "%d calls with others' ids".formatted(answers.size()),
        "%d showed something; the message %s".formatted(seen, waits ? "waits" : "is gone"),
        seen == 0 && waits);
  }

  /** Compares what somebody blocked is answered with what a stranger is. */
  Outcome noticeABlock() throws IOException, InterruptedException {
    Account victim = attacker.person("victim");
    Account blocked = attacker.person("blocked");
    // Who has taken none of the victim's prekeys yet, as the blocked one hasn't.
    Account stranger = attacker.person("passer-by");
    PublishedKeys keys = new PublishedKeys(victim);
    attacker.call("PUT", "/keys/bundle", victim.token(), keys.bundle());
    attacker.post("/keys/prekeys", victim, keys.prekeys(10));
    attacker.post("/contacts", victim, Attacker.object().put("contact_id", blocked.id()));
    attacker.send("PUT", "/contacts/" + blocked.id() + "/block", victim.token(), Optional.empty());
    List<String> differ = new ArrayList<>();
    String path = "/keys/" + victim.id() + "?take=1";
    if (taken(path, blocked) != 1 || taken(path, stranger) != 1) {
      differ.add("take");
    }
    if (attacker.post("/relay/send", blocked, Attacker.message(victim, 10)).status()
        != attacker.post("/relay/send", stranger, Attacker.message(victim, 10)).status()) {
      differ.add("send");
    }
    ObjectNode contact = Attacker.object().put("contact_id", victim.id());
    if (attacker.post("/contacts", blocked, contact).body().size()
        != attacker.post("/contacts", stranger, contact).body().size()) {
      differ.add("contacts");
    }
    return new Outcome(
        "take, send and contacts, blocked and not",
        differ.isEmpty() ? "answered alike" : "differ: " + String.join(", ", differ),
        differ.isEmpty());
  }

  private int taken(String path, Account by) throws IOException, InterruptedException {
    return attacker.get(path, by).body().path("one_time_prekeys").size();
  }
}
