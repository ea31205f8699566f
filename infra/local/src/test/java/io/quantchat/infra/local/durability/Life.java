package io.quantchat.infra.local.durability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Ids;
import io.quantchat.infra.local.durability.Calls.Answer;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * Somebody who writes to a friend who is away, adds and blocks that friend, changes the own name
 * and goes on with the own session, one thing after the other; and what must be so after that. Of
 * the one thing that a killed server didn't answer, either may be so.
 */
final class Life {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String CONTENT = "c".repeat(1_000);
  private static final String PAGE = "/relay/pending?limit=100";

  private final Calls calls;
  private final Random random = new Random();
  private final String email = UUID.randomUUID() + "@example.org";
  private final Person self;
  private final Person friend;

  /** Messages that wait for the friend, by id; true where that isn't known. */
  private final Map<String, Boolean> waiting = new HashMap<>();

  /** What was acknowledged. */
  private final Set<String> gone = new HashSet<>();

  private Set<Boolean> isContact = Set.of(false);
  private Set<Boolean> isBlocked = Set.of(false);
  private Set<String> name;
  private boolean refreshWasLost;
  private int named;

  private static final class Person {
    private final String id;
    private String token;
    private String refreshToken;

    Person(JsonNode told) {
      id = told.path("user_id").asText();
      take(told);
    }

    void take(JsonNode told) {
      token = told.path("access_token").asText();
      refreshToken = told.path("refresh_token").asText();
    }
  }

  Life(Calls calls) {
    this.calls = calls;
    JsonNode told = register(email);
    self = new Person(told);
    name = Set.of(told.path("full_name").asText());
    friend = new Person(register(UUID.randomUUID() + "@example.org"));
    // The friend knows who writes: a stranger might send little.
    String known = object().put("contact_id", self.id).toString();
    calls.call("POST", "/contacts", friend.token, known).expect(201);
  }

  private JsonNode register(String address) {
    return calls.call("POST", "/auth/register", "", credentials(address)).expect(201);
  }

  private static String credentials(String address) {
    return object().put("email", address).put("password", address).toString();
  }

  private static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Does one thing; false once nobody answers. */
  boolean step() {
    try {
      switch (random.nextInt(10)) {
        case 0 -> acknowledge();
        case 1 -> relate();
        case 2 -> rename();
        case 3 -> refresh();
        default -> send(Ids.timeOrdered(Instant.now(), random));
      }
      return true;
    } catch (UncheckedIOException killed) {
      return false;
    }
  }

  private void send(String id) {
    waiting.put(id, true);
    String body =
        object()
            .put("message_id", id)
            .put("recipient_id", friend.id)
            .put("encrypted_content", CONTENT)
            .put("encrypted_session_key", "key")
            .toString();
    Answer answer = calls.call("POST", "/relay/send", self.token, body);
    if (answer.status() != 200) {
      answer.expect(201);
    }
    waiting.put(id, false);
  }

  private void acknowledge() {
    Optional<String> one =
        waiting.entrySet().stream()
            .filter(entry -> !entry.getValue())
            .map(Map.Entry::getKey)
            .findAny();
    if (one.isEmpty()) {
      return;
    }
    String id = one.get();
    waiting.put(id, true);
    String body = object().put("message_id", id).toString();
    calls.call("POST", "/relay/acknowledge", friend.token, body).expect(200);
    waiting.remove(id);
    gone.add(id);
  }

  /** It is the friend who is blocked, so nothing that goes to that friend is withheld. */
  private void relate() {
    boolean wanted = random.nextBoolean();
    if (random.nextBoolean()) {
      isContact = Set.of(true, false);
      if (wanted) {
        String body = object().put("contact_id", friend.id).toString();
        int status = calls.call("POST", "/contacts", self.token, body).status();
        require(status == 200 || status == 201, "a contact is refused with " + status);
      } else {
        calls.call("DELETE", "/contacts/" + friend.id, self.token, "").expect(204);
      }
      isContact = Set.of(wanted);
    } else {
      isBlocked = Set.of(true, false);
      String path = "/contacts/" + friend.id + "/block";
      calls.call(wanted ? "PUT" : "DELETE", path, self.token, "").expect(204);
      isBlocked = Set.of(wanted);
    }
  }

  private void rename() {
    String wanted = "name " + ++named;
    Set<String> before = name;
    var either = new HashSet<>(before);
    either.add(wanted);
    name = either;
    String body = object().put("full_name", wanted).toString();
    calls.call("PATCH", "/users/me", self.token, body).expect(200);
    name = Set.of(wanted);
  }

  private void refresh() {
    refreshWasLost = true;
    refresh(self);
    refreshWasLost = false;
  }

  private void refresh(Person who) {
    String body = object().put("refresh_token", who.refreshToken).toString();
    who.take(calls.call("POST", "/auth/refresh", "", body).expect(200));
  }

  /** Whether all is as it must be, with a server that was started again. */
  void check() {
    // Many kills on a slow machine take longer than a token lives.
    refresh(friend);
    Answer profile = calls.call("GET", "/users/me", self.token, "");
    String shown = profile.expect(200).path("full_name").asText();
    require(name.contains(shown), shown + " isn't of " + name);
    name = Set.of(shown);
    checkContacts();
    checkSession();
    List<String> pending = pending();
    require(new HashSet<>(pending).size() == pending.size(), "a message waits twice");
    waiting.forEach((id, unknown) -> require(unknown || pending.contains(id), "lost " + id));
    pending.forEach(id -> require(!gone.contains(id), "back again: " + id));
    pending.forEach(id -> require(waiting.containsKey(id), "nobody sent " + id));
    waiting.keySet().removeIf(id -> !pending.contains(id));
    waiting.replaceAll((id, unknown) -> false);
  }

  private void checkContacts() {
    boolean found = false;
    for (JsonNode entry : calls.call("GET", "/contacts", self.token, "").expect(200)) {
      if (entry.path("contact_id").asText().equals(friend.id)) {
        found = true;
        boolean blocked = entry.path("blocked").asBoolean();
        require(isBlocked.contains(blocked), "the block isn't " + isBlocked);
        isBlocked = Set.of(blocked);
      }
    }
    require(isContact.contains(found), "the contact isn't " + isContact);
    isContact = Set.of(found);
  }

  /** A session goes on, unless its refresh wasn't answered; then there is the password. */
  private void checkSession() {
    if (refreshWasLost) {
      self.take(calls.call("POST", "/auth/login", "", credentials(email)).expect(200));
      refreshWasLost = false;
    } else {
      refresh();
    }
  }

  private List<String> pending() {
    var pending = new ArrayList<String>();
    String cursor = "";
    do {
      JsonNode page = calls.call("GET", PAGE + cursor, friend.token, "").expect(200);
      page.path("messages").forEach(message -> pending.add(message.path("id").asText()));
      JsonNode next = page.path("next_cursor");
      cursor = next.isTextual() ? "&cursor=" + next.asText() : "";
    } while (!cursor.isEmpty());
    return pending;
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
