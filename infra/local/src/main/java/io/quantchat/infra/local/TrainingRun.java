package io.quantchat.infra.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.infra.local.terminal.Typed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A runner that starts, relays messages between two people of its own, and ends: what the JVM is to
 * note of a runner while it makes an AOT cache (JEP 514) that later starts read.
 *
 * <p>A command line may follow the runner's own after {@code --}. It is run meanwhile, with the
 * base of the REST routes for its last argument: another program's training. Exits 0 only if both
 * went well; a cache of a run that did not lacks what it was made for.
 */
public final class TrainingRun {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final Duration LONGEST_RUN = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int CONFLICT = 409;
  private static final String END_OF_OPTIONS = "--";

  /** Beyond these, more of them load no more classes. */
  private static final int MESSAGES = 100;

  private final HttpClient http;
  private final PatientCalls calls;
  private final URI socketUrl;

  /** With what is served at these addresses. */
  TrainingRun(HttpClient http, URI restUrl, URI socketUrl) {
    this.http = http;
    this.calls = new PatientCalls(http, restUrl, PAUSE, LONGEST_WAIT, System::nanoTime);
    this.socketUrl = socketUrl;
  }

  private record Person(String id, String token) {}

  public static void main(String[] arguments) {
    Thread.ofPlatform().daemon().name("longest").start(TrainingRun::giveUpInTime);
    List<String> words = List.of(arguments);
    int end = words.indexOf(END_OF_OPTIONS);
    List<String> beside = end < 0 ? List.of() : words.subList(end + 1, words.size());
    var up =
        new UpCommand(
            Path.of(System.getProperty("quantchat.home", "")),
            line -> {},
            options -> run(options, beside));
    System.exit(Typed.of(up, System.out, System.err).run(end < 0 ? words : words.subList(0, end)));
  }

  /** Who starts a runner waits for this, so not for long. */
  private static void giveUpInTime() {
    try {
      Thread.sleep(LONGEST_RUN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.err.println("The training run hangs");
    Runtime.getRuntime().halt(1);
  }

  /**
   * Answers the exit code.
   *
   * @param beside the command line that is run meanwhile; empty for none
   */
  static int run(Options options, List<String> beside) throws IOException, InterruptedException {
    HttpClient http = HttpClient.newHttpClient();
    try (LocalGateway gateway = LocalGateway.start(options)) {
      List<Process> started = beside.isEmpty() ? List.of() : List.of(start(beside, gateway));
      new TrainingRun(http, gateway.restUrl(), gateway.socketUrl()).play();
      for (Process each : started) {
        if (each.waitFor() != 0) {
          System.err.println(beside.getFirst() + " ended with " + each.exitValue());
          return 1;
        }
      }
      return 0;
    } catch (StartFailure e) {
      System.err.println(e.getMessage());
      return 1;
    } finally {
      // To close it would be to wait for its connections to end.
      http.shutdownNow();
    }
  }

  private static Process start(List<String> command, LocalGateway gateway) throws IOException {
    List<String> words = new ArrayList<>(command);
    words.add(gateway.restUrl().toString());
    return new ProcessBuilder(words).inheritIO().start();
  }

  void play() throws IOException, InterruptedException {
    Person ann = register("ann@example.org");
    Person bob = register("bob@example.org");
    login("ann@example.org");
    // A repeated one finds the contact there.
    call(
        "POST", "/contacts", ann, JSON.createObjectNode().put("contact_id", bob.id()), CREATED, OK);
    call(
        "POST", "/contacts", bob, JSON.createObjectNode().put("contact_id", ann.id()), CREATED, OK);
    call("GET", "/contacts", ann, JSON.nullNode(), OK);
    call("GET", "/users/me", ann, JSON.nullNode(), OK);
    relay(ann, bob);
    call("POST", "/relay/send", ann, message(bob), CREATED);
    JsonNode pending = call("GET", "/relay/pending", bob, JSON.nullNode(), OK);
    ObjectNode read = JSON.createObjectNode();
    ArrayNode ids = read.putArray("message_ids");
    pending.path("messages").forEach(message -> ids.add(message.path("id").asText()));
    call("POST", "/relay/acknowledge", bob, read, OK);
  }

  /** Each is pushed to its recipient, who acknowledges it over the socket. */
  private void relay(Person sender, Person recipient) throws IOException, InterruptedException {
    var heard = new Heard();
    WebSocket socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create(socketUrl + "?token=" + recipient.token()), heard)
            .join();
    for (int i = 0; i < MESSAGES; i++) {
      JsonNode sent = call("POST", "/relay/send", sender, message(recipient), CREATED);
      heard.awaitMessage();
      ObjectNode frame = JSON.createObjectNode().put("type", "acknowledge");
      frame.putObject("payload").putArray("message_ids").add(sent.path("message_id").asText());
      socket.sendText(frame.toString(), true).join();
      heard.awaitAnswer();
    }
    socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
  }

  private static ObjectNode message(Person recipient) {
    return JSON.createObjectNode()
        .put("recipient_id", recipient.id())
        .put("encrypted_content", "A".repeat(1024))
        .put("encrypted_session_key", "A".repeat(124));
  }

  /** One that was answered 503 may have made the account all the same. */
  private Person register(String email) throws IOException, InterruptedException {
    PatientCalls.Answer answer =
        calls.call("POST", "/auth/register", "", credentials(email), CREATED, CONFLICT);
    return answer.status() == CONFLICT ? login(email) : person(answer.body());
  }

  private Person login(String email) throws IOException, InterruptedException {
    return person(call("POST", "/auth/login", new Person("", ""), credentials(email), OK));
  }

  private static ObjectNode credentials(String email) {
    return JSON.createObjectNode().put("email", email).put("password", "correct horse battery");
  }

  private static Person person(JsonNode session) {
    return new Person(session.path("user_id").asText(), session.path("access_token").asText());
  }

  private JsonNode call(String method, String path, Person who, JsonNode body, int... expected)
      throws IOException, InterruptedException {
    return calls.call(method, path, who.token(), body, expected).body();
  }

  /** Counts the frames that a socket brings: messages apart from answers. */
  private static final class Heard implements WebSocket.Listener {

    private final StringBuilder frame = new StringBuilder();
    private final Semaphore messages = new Semaphore(0);
    private final Semaphore answers = new Semaphore(0);

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      frame.append(data);
      if (last) {
        (frame.indexOf("\"new_message\"") >= 0 ? messages : answers).release();
        frame.setLength(0);
      }
      socket.request(1);
      return null;
    }

    void awaitMessage() throws IOException, InterruptedException {
      await(messages);
    }

    void awaitAnswer() throws IOException, InterruptedException {
      await(answers);
    }

    private static void await(Semaphore due) throws IOException, InterruptedException {
      if (!due.tryAcquire(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("A frame did not come");
      }
    }
  }
}
