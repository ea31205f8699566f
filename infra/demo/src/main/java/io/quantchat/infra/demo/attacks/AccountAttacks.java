package io.quantchat.infra.demo.attacks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.infra.demo.attacks.Attack.Outcome;
import io.quantchat.infra.demo.attacks.Attacker.Account;
import io.quantchat.infra.demo.attacks.Attacker.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Attacks on accounts: who they belong to, and whether they are there. */
final class AccountAttacks {

  private static final int WRONG_PASSWORDS = 40;
  private static final Duration LONGEST_LOCK = Duration.ofHours(1);
  private static final int LOOKUPS = 300;
  private static final int REGISTRATIONS = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Attacker attacker;
  private final SecureRandom random = new SecureRandom();

  AccountAttacks(Attacker attacker) {
    this.attacker = attacker;
  }

  /** Tries one password after another until it is slowed down. */
  Outcome guessPasswords() throws IOException, InterruptedException {
    Account victim = attacker.register("guessed");
    for (int tries = 1; tries <= WRONG_PASSWORDS; tries++) {
      Answer answer = logIn(victim.email(), "password" + tries);
      if (answer.status() == 429) {
        Duration wait = answer.retryAfter().orElse(Duration.ofDays(1));
        return new Outcome(
            "%d passwords at one account".formatted(tries),
            "429, wait %d s".formatted(wait.toSeconds()),
            wait.compareTo(LONGEST_LOCK) <= 0);
      }
      if (answer.status() != 401) {
        return new Outcome(tries + " passwords", "status " + answer.status(), false);
      }
    }
    return new Outcome(WRONG_PASSWORDS + " passwords at one account", "never slowed down", false);
  }

  private Answer logIn(String email, String password) throws IOException, InterruptedException {
    return attacker.call(
        "POST", "/auth/login", Optional.empty(), Attacker.credentials(email, password));
  }

  /** Registers other spellings of an address that somebody has. */
  Outcome spellAnAddressOtherwise() throws IOException, InterruptedException {
    String name = "zo\u00eb.fisch" + UUID.randomUUID().toString().substring(0, 8);
    String address = name + "@example.com";
    Answer first = attacker.tryToRegister(address);
    if (first.status() == 422) {
      address = address.replace('\u00eb', 'e');
      first = attacker.tryToRegister(address);
    }
    List<String> spellings =
        List.of(
            address.toUpperCase(Locale.ROOT),
            Normalizer.normalize(address, Normalizer.Form.NFD),
            address.replace("fisch", "\uff46isch"),
            address.replace("fisch", "fi\u200bsch"),
            address.replace("fisch", "\u202efisch"),
            address.replace("fisch", "\ufb01sch"),
            address.replace("@", "\u00ad@"),
            address.replace("@", "\uff20"),
            address + ".",
            address.replace("example.com", "example\u3002com"),
            address.replace("example", "ex\u0430mple".replace('\u0430', '\uff41')),
            "\ufeff" + address);
    int taken = 0;
    for (String spelling : spellings) {
      // What is no other text is no other spelling.
      if (!spelling.equals(address) && attacker.tryToRegister(spelling).status() == 201) {
        taken++;
      }
    }
    return new Outcome(
        "%d spellings of one address".formatted(spellings.size()),
        "%d accounts beside the first".formatted(taken),
        first.status() == 201 && taken == 0);
  }

  /** Builds refresh tokens of what stands in an access token, and ends the session with them. */
  Outcome buildARefreshToken() throws IOException, InterruptedException {
    Account victim = attacker.person("victim");
    JsonNode claims =
        JSON.readTree(Base64.getUrlDecoder().decode(victim.access().split("\\.", -1)[1]));
    List<String> built = new ArrayList<>();
    for (byte[] head : heads(victim, claims.path("sid").asText())) {
      for (int secrets : new int[] {32, 48}) {
        byte[] token = new byte[head.length + secrets];
        random.nextBytes(token);
        System.arraycopy(head, 0, token, 0, head.length);
        built.add(Base64.getUrlEncoder().withoutPadding().encodeToString(token));
      }
    }
    for (String token : built) {
      ObjectNode body = Attacker.object().put("refresh_token", token);
      attacker.call("POST", "/auth/refresh", Optional.empty(), body);
      attacker.call("POST", "/auth/logout", Optional.empty(), body);
    }
    ObjectNode real = Attacker.object().put("refresh_token", victim.refresh());
    int status = attacker.call("POST", "/auth/refresh", Optional.empty(), real).status();
    return new Outcome(
        "%d refresh tokens made of an access token".formatted(built.size()),
        status == 200 ? "the session lives" : "the session has ended",
        status == 200);
  }

  /** What could stand at a refresh token's beginning. */
  private static List<byte[]> heads(Account victim, String session) {
    List<byte[]> heads = new ArrayList<>();
    byte[] user = bytes(UUID.fromString(victim.id()));
    byte[] sid;
    try {
      sid = bytes(UUID.fromString(session));
    } catch (IllegalArgumentException noUuid) {
      sid = Base64.getUrlDecoder().decode(session.replaceAll("[^A-Za-z0-9_-]", ""));
    }
    heads.add(sid);
    heads.add(ByteBuffer.allocate(user.length + sid.length).put(user).put(sid).array());
    heads.add(user);
    return heads;
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  /** Goes on with what a session had after it has ended. */
  Outcome useTokensAfterLogout() throws IOException, InterruptedException {
    Account session = attacker.logIn(attacker.person("victim"));
    Optional<OpenSocket> socket = attacker.open(session.access());
    ObjectNode refresh = Attacker.object().put("refresh_token", session.refresh());
    attacker.call("POST", "/auth/logout", Optional.empty(), refresh);
    List<String> open = new ArrayList<>();
    if (attacker.call("POST", "/auth/refresh", Optional.empty(), refresh).status() != 401) {
      open.add("a refresh");
    }
    if (attacker.post("/auth/socket-ticket", session, Attacker.object()).status() == 201) {
      open.add("a ticket");
    }
    if (socket.isPresent() && !socket.get().isClosedWithin(Duration.ofSeconds(20))) {
      open.add("the socket");
      socket.get().abort();
    }
    return new Outcome(
        "refresh, ticket and socket of a session that has ended",
        open.isEmpty() ? "none of them" : "still had " + String.join(", ", open),
        open.isEmpty());
  }

  /** Goes on with what an account had after it was deleted. */
  Outcome useTokensAfterDeletion() throws IOException, InterruptedException {
    Account victim = attacker.register("leaver");
    Account friend = attacker.person("friend");
    ObjectNode password = Attacker.object().put("password", Attacker.PASSWORD);
    int deleted = attacker.call("DELETE", "/users/me", victim.token(), password).status();
    ObjectNode contact = Attacker.object().put("contact_id", friend.id());
    List<Integer> answers =
        List.of(
            attacker.get("/users/me", victim).status(),
            attacker.get("/relay/pending", victim).status(),
            attacker.post("/contacts", victim, contact).status(),
            attacker.post("/relay/send", victim, Attacker.message(friend, 10)).status(),
            logIn(victim.email(), Attacker.PASSWORD).status());
    boolean refused = answers.stream().allMatch(status -> status == 401);
    return new Outcome(
        "%d calls with a deleted account's token".formatted(answers.size()),
        "deletion %d, then %s".formatted(deleted, answers),
        deleted < 300 && refused);
  }

  /** Asks which addresses have accounts, by words, by time, and by how often that may be asked. */
  Outcome findAccounts() throws IOException, InterruptedException {
    Account known = attacker.person("victim");
    Account curious = attacker.person("friend");
    String nobody = "nobody-" + UUID.randomUUID() + "@example.com";
    List<String> tellTales = new ArrayList<>();
    if (!Comparison.of(email -> logIn(email, "wrong password"), known.email(), nobody)
        .isAlike(401)) {
      tellTales.add("login");
    }
    if (!Comparison.of(this::forgot, known.email(), nobody).isAlike(202)) {
      tellTales.add("forgot");
    }
    int lookups = 0;
    int status = 404;
    while (lookups < LOOKUPS && status == 404) {
      ObjectNode body = Attacker.object().put("contact_email", "n" + lookups + "-" + nobody);
      status = attacker.post("/contacts", curious, body).status();
      lookups++;
    }
    return new Outcome(
        "login and forgotten password, %d times each; %d addresses looked up"
            .formatted(2 * Comparison.TIMES, lookups),
        "%s; lookups then %d"
            .formatted(
                tellTales.isEmpty()
                    ? "both answer alike, in the same time"
                    : String.join(" and ", tellTales) + " answer differently",
                status),
        tellTales.isEmpty() && status == 429);
  }

  private Answer forgot(String email) throws IOException, InterruptedException {
    return attacker.call(
        "POST", "/auth/password/forgot", Optional.empty(), Attacker.object().put("email", email));
  }

  /** Makes accounts until no more are made. It is the last one: none can be made for a while. */
  Outcome registerInBulk() throws IOException, InterruptedException {
    for (int made = 0; made < REGISTRATIONS; made++) {
      String email = "bulk-" + UUID.randomUUID() + "@example.com";
      Answer answer =
          attacker.call(
              "POST",
              "/auth/register",
              Optional.empty(),
              Attacker.credentials(email, Attacker.PASSWORD));
      if (answer.status() == 429) {
        return new Outcome(
            (made + 1) + " registrations more from one address",
            "429, wait %d s".formatted(answer.retryAfter().orElse(Duration.ZERO).toSeconds()),
            answer.retryAfter().isPresent());
      }
    }
    return new Outcome(REGISTRATIONS + " registrations from one address", "all made", false);
  }
}
