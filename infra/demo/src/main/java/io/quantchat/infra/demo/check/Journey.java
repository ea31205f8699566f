package io.quantchat.infra.demo.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.crypto.Envelope;
import io.quantchat.crypto.OfferedPrekey;
import io.quantchat.crypto.OfferedPrekeys;
import io.quantchat.crypto.RefusedException;
import io.quantchat.crypto.SignedBundle;
import io.quantchat.infra.demo.Answer;
import io.quantchat.infra.demo.Difference;
import io.quantchat.infra.demo.RestCalls;
import io.quantchat.infra.demo.TimeOrderedId;
import io.quantchat.infra.demo.Wire;
import io.quantchat.infra.demo.attacks.OpenSocket;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/**
 * What an account does, from its making to its end. The first step that fails ends the journey; the
 * account that was made is deleted in any case.
 */
final class Journey implements AutoCloseable {

  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;
  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY = 429;

  private final URI restUrl;
  private final Optional<URI> socketUrl;
  private final Duration wait;
  private final Pause pause;
  private final LongestWaits longest;
  private final PrintStream out;
  private final HttpClient http = Wire.client();
  private final RestCalls rest;
  private final SecureRandom random = new SecureRandom();

  /** Amazon SES takes mail to it, which reaches nobody and counts as no complaint. */
  private final String email;

  private final String password;
  private final String text;
  private boolean mayHaveAccount;
  private String token = "";
  private UUID userId;
  private OwnKeys keys;
  private UUID messageId;
  private OpenSocket socket;

  /** Waits a while. */
  @FunctionalInterface
  interface Pause {
    void rest(Duration time) throws InterruptedException;
  }

  /**
   * @param socketUrl none where there are no sockets
   * @param wait how long to wait for a first answer: what was just deployed may not be found yet
   */
  Journey(
      URI restUrl,
      Optional<URI> socketUrl,
      Duration wait,
      Pause pause,
      LongestWaits longest,
      PrintStream out) {
    this.restUrl = restUrl;
    this.socketUrl = socketUrl;
    this.wait = wait;
    this.pause = pause;
    this.longest = longest;
    this.out = out;
    this.rest = new RestCalls(http, restUrl, longest.answer());
    this.email = "success+quantchat-" + drawn() + "@simulator.amazonses.com";
    this.password = drawn();
    this.text = "A message to myself: " + drawn();
  }

  private String drawn() {
    byte[] drawn = new byte[16];
    random.nextBytes(drawn);
    return HexFormat.of().formatHex(drawn);
  }

  /** Plays it and says each step; true if all came out as they should. */
  boolean play() throws InterruptedException {
    out.printf(
        "Checking %s%s%n",
        restUrl, socketUrl.map(url -> " and " + url).orElse(", without sockets"));
    List<Step> steps = steps();
    int number = 0;
    boolean passed = true;
    for (Step step : steps) {
      number++;
      if (!played(number, step)) {
        passed = false;
        break;
      }
    }
    if (!passed && number < steps.size()) {
      out.printf("%d steps after it were not played.%n", steps.size() - number);
    }
    if (mayHaveAccount && !played(number + 1, new Step("delete the account", this::delete))) {
      passed = false;
      out.printf(
          "The account %s is still there. Nobody knows its password any more; what is sent to it"
              + " expires after 7 days.%n",
          email);
    }
    out.println(passed ? "The check passed." : "The check FAILED.");
    return passed;
  }

  private List<Step> steps() {
    var steps = new ArrayList<Step>();
    steps.add(new Step("answer", this::answer));
    steps.add(new Step("register", this::register));
    steps.add(new Step("publish keys", this::publish));
    socketUrl.ifPresent(url -> steps.add(new Step("open a socket", () -> open(url))));
    steps.add(new Step("send to oneself", this::send));
    if (socketUrl.isPresent()) {
      steps.add(new Step("get it over the socket", this::hear));
    }
    steps.add(new Step("fetch and open", this::fetch));
    steps.add(new Step("acknowledge", this::acknowledge));
    return steps;
  }

  private boolean played(int number, Step step) throws InterruptedException {
    try {
      say(number, "ok", step.name(), step.play().play());
      return true;
    } catch (Difference differed) {
      say(number, "FAILED", step.name(), differed.getMessage() + ".");
      return false;
    } catch (RefusedException refused) {
      say(
          number,
          "FAILED",
          step.name(),
          "What the relay handed out was refused: " + refused.getMessage() + ".");
      return false;
    }
  }

  private void say(int number, String how, String name, String what) {
    out.printf("%2d %-6s %s: %s%n", number, how, name, what);
  }

  // ---- the steps, in their order ---------------------------------------------------------------

  /** Asks without a token, which needs gateway and functions, and no account. */
  private String answer() throws Difference, InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    while (true) {
      try {
        rest.get("/users/me", Optional.empty()).expect(UNAUTHORIZED);
        return "it asks for a token";
      } catch (Difference notYet) {
        if (System.nanoTime() - deadline >= 0) {
          throw notYet;
        }
        pause.rest(Duration.ofSeconds(2));
      }
    }
  }

  private String register() throws Difference {
    ObjectNode credentials = Wire.object().put("email", email).put("password", password);
    mayHaveAccount = true;
    Answer answer = rest.post("/auth/register", Optional.empty(), credentials);
    if (answer.status() >= 400 && answer.status() < 500) {
      mayHaveAccount = false;
    }
    if (answer.status() == TOO_MANY) {
      throw new Difference(
          "an account",
          "status 429: "
              + answer.text("detail")
              + " Try again then, or raise RegistrationsPerHour, and no account");
    }
    answer.expect(CREATED);
    token = answer.text("access_token");
    try {
      userId = UUID.fromString(answer.text("user_id"));
    } catch (IllegalArgumentException noId) {
      throw new Difference("a user_id", "an answer without one");
    }
    Difference.checkThat("an access token", !token.isEmpty());
    return email;
  }

  private String publish() throws Difference {
    keys = new OwnKeys(userId, random);
    Answer bundle = call("PUT", "/keys/bundle", Wire.object(keys.bundle().toMap()));
    if (bundle.status() != CREATED) {
      bundle.expect(OK);
    }
    call("POST", "/keys/prekeys", Wire.object(keys.prekeys().toMap())).expect(CREATED);
    return "a bundle and a one-time prekey";
  }

  /** The ticket keeps the token out of the URL. */
  private String open(URI url) throws Difference, InterruptedException {
    String ticket =
        call("POST", "/auth/socket-ticket", Wire.object()).expect(CREATED).text("ticket");
    var opened = new OpenSocket();
    try {
      WebSocket connected =
          http.newWebSocketBuilder()
              .connectTimeout(longest.opening())
              .buildAsync(URI.create(url + "?ticket=" + ticket), opened)
              .join();
      opened.connected(connected);
      socket = opened;
    } catch (CompletionException refused) {
      throw new Difference("an open socket", why(refused.getCause()));
    }
    socket.say("{\"type\": \"ping\", \"payload\": {}}");
    Difference.checkThat(
        "a pong within " + longest.pong().toSeconds() + " s",
        frame("pong", longest.pong()).isPresent());
    return "a ping is answered";
  }

  private String why(Throwable failure) {
    return switch (failure) {
      case WebSocketHandshakeException refused -> "status " + refused.getResponse().statusCode();
      case HttpTimeoutException _ -> "no answer within " + longest.opening().toSeconds() + " s";
      default -> "no connection";
    };
  }

  private String send() throws Difference {
    JsonNode taken = rest.get("/keys/" + userId + "?take=1", Optional.of(token)).expect(OK).body();
    SignedBundle bundle = SignedBundle.fromMap(Wire.map(taken.path("bundle")));
    List<OfferedPrekey> prekeys = OfferedPrekeys.fromMap(Wire.map(taken)).all();
    Difference.checkThat("the one-time prekey that was published", prekeys.size() == 1);
    messageId = TimeOrderedId.next();
    Envelope sealed = keys.seal(messageId, text, bundle, Optional.of(prekeys.getFirst()));
    call("POST", "/relay/send", Wire.object(sealed.toMap())).expect(CREATED);
    return "encrypted, under the one-time prekey";
  }

  private String hear() throws Difference, InterruptedException {
    Optional<JsonNode> pushed = frame("new_message", longest.push());
    Difference.checkThat(
        "the message within " + longest.push().toSeconds() + " s", pushed.isPresent());
    Difference.check("message_id", messageId.toString(), pushed.get().path("message_id").asText());
    return "pushed";
  }

  private String fetch() throws Difference {
    JsonNode message = pending(1).path("messages").get(0);
    Difference.check("text", text, keys.open(Envelope.fromMap(Wire.map(message), userId)));
    return "the same text";
  }

  private String acknowledge() throws Difference {
    call("POST", "/relay/acknowledge", Wire.object().put("message_id", messageId.toString()))
        .expect(OK);
    JsonNode _ = pending(0);
    return "nothing is pending any more";
  }

  private JsonNode pending(int count) throws Difference {
    JsonNode page = rest.get("/relay/pending", Optional.of(token)).expect(OK).body();
    Difference.check("pending messages", count, page.path("messages").size());
    return page;
  }

  /** Whoever has lost the answer to a registration has no token, and may have an account. */
  private String delete() throws Difference {
    closeSocket();
    ObjectNode credentials = Wire.object().put("email", email).put("password", password);
    if (token.isEmpty()) {
      Answer login = rest.post("/auth/login", Optional.empty(), credentials);
      if (login.status() == UNAUTHORIZED) {
        return "there is none";
      }
      token = login.expect(OK).text("access_token");
    }
    call("DELETE", "/users/me", Wire.object().put("password", password)).expect(ACCEPTED);
    rest.post("/auth/login", Optional.empty(), credentials).expect(UNAUTHORIZED);
    return "nobody can log in to it any more";
  }

  // ----------------------------------------------------------------------------------------------

  private Answer call(String method, String path, JsonNode body) throws Difference {
    return rest.call(method, path, Optional.of(token), body);
  }

  /** The payload of the next frame of a type; nothing if none comes. */
  private Optional<JsonNode> frame(String type, Duration within) throws InterruptedException {
    return socket
        .next(frame -> parsed(frame).path("type").asText().equals(type), within)
        .map(frame -> parsed(frame).path("payload"));
  }

  private static JsonNode parsed(String frame) {
    return Wire.readOrMissing(frame.getBytes(StandardCharsets.UTF_8));
  }

  private void closeSocket() {
    if (socket != null) {
      socket.abort();
    }
  }

  @Override
  public void close() {
    closeSocket();
    http.shutdownNow();
  }
}
