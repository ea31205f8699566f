package io.quantchat.infra.demo.attacks;

import io.quantchat.infra.demo.attacks.Attack.Outcome;
import io.quantchat.infra.demo.attacks.Attacker.Account;
import io.quantchat.infra.demo.attacks.Attacker.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Attacks on the gateway and on whoever reads what comes over the wire. */
final class WireAttacks {

  private static final int SOCKETS = 30;
  private static final int MOST_SOCKETS = 10;
  private static final int FRAMES = 2_000;
  private static final int HALF_REQUESTS = 100;
  private static final Duration PROMPTLY = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Attacker attacker;

  WireAttacks(Attacker attacker) {
    this.attacker = attacker;
  }

  /** Opens more sockets than anybody has devices, and says more than anybody types. */
  Outcome floodSockets() throws IOException, InterruptedException {
    Account flooder = attacker.person("stranger");
    Account other = attacker.person("victim");
    List<OpenSocket> opened = new ArrayList<>();
    for (int i = 0; i < SOCKETS; i++) {
      attacker.open(flooder.access()).ifPresent(opened::add);
    }
    int open = 0;
    for (OpenSocket socket : opened) {
      open += socket.isClosedWithin(Duration.ofMillis(200)) ? 0 : 1;
    }
    OpenSocket last = opened.getLast();
    String typing =
        "{\"type\": \"typing\", \"payload\": {\"recipient_id\": \"%s\", \"is_typing\": true}}"
            .formatted(other.id());
    for (int i = 0; i < FRAMES; i++) {
      last.say(typing);
    }
    boolean slowed = last.next(frame -> frame.contains("429"), PATIENCE).isPresent();
    opened.forEach(OpenSocket::abort);
    return new Outcome(
        "%d sockets, %d frames".formatted(SOCKETS, FRAMES),
        "%d open; frames %s".formatted(open, slowed ? "refused with 429" : "all taken"),
        open <= MOST_SOCKETS && slowed);
  }

  /** Sends numbers that no computer can hold, and JSON that is hardly any. */
  Outcome sendOddJson() throws IOException, InterruptedException {
    Account odd = attacker.person("friend");
    List<String> values =
        List.of(
            "1e99999999999",
            "-1E+99999999999",
            "1e-99999999999",
            "9".repeat(2_000),
            "[".repeat(500) + "]".repeat(500),
            "NaN",
            "\"\\ud800\"");
    int faults = 0;
    OpenSocket socket = attacker.open(odd.access()).orElseThrow();
    for (String value : values) {
      String body = "{\"email\": " + value + ", \"message_id\": " + value + "}";
      for (String path : List.of("/auth/login", "/relay/send", "/relay/acknowledge", "/contacts")) {
        faults +=
            attacker.send("POST", path, odd.token(), Optional.of(body)).isServerFault() ? 1 : 0;
      }
      socket.say("{\"type\": \"ping\", \"payload\": {\"n\": " + value + "}}");
      Optional<String> answer = socket.next(frame -> true, PATIENCE);
      faults += answer.isEmpty() || isFault(answer.get()) ? 1 : 0;
    }
    boolean lives = socket.answersPings();
    socket.abort();
    return new Outcome(
        "%d bodies and frames of odd JSON".formatted(values.size() * 5),
        "%d faults of the server; the socket %s".formatted(faults, lives ? "lives" : "is dead"),
        faults == 0 && lives);
  }

  private static boolean isFault(String frame) {
    return frame.contains("\"status\":5") || frame.contains("Internal server error");
  }

  /** Sends bodies beyond all limits, and requests that never end. */
  Outcome sendTooMuchTooSlowly() throws IOException, InterruptedException {
    Account slow = attacker.person("friend");
    List<Integer> refused = new ArrayList<>();
    for (int kilobytes : new int[] {40, 1_000, 11_000}) {
      String body = "{\"padding\": \"" + "x".repeat(kilobytes * 1024) + "\"}";
      refused.add(attacker.send("POST", "/contacts", slow.token(), Optional.of(body)).status());
    }
    List<Socket> halves = new ArrayList<>();
    try {
      URI rest = attacker.rest();
      for (int i = 0; i < HALF_REQUESTS && rest.getScheme().equals("http"); i++) {
        Socket half = new Socket(rest.getHost(), rest.getPort() < 0 ? 80 : rest.getPort());
        halves.add(half);
        half.getOutputStream()
            .write(
                ("POST "
                        + rest.getPath()
                        + "/auth/login HTTP/1.1\r\nHost: "
                        + rest.getAuthority()
                        + "\r\nContent-Length: 1000\r\n\r\n{")
                    .getBytes(StandardCharsets.US_ASCII));
      }
      long began = System.nanoTime();
      Answer meanwhile = attacker.get("/users/me", slow);
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      return new Outcome(
          "bodies of up to 11 MB; %d requests that never end".formatted(halves.size()),
          "%s; another waits %d ms".formatted(refused, took.toMillis()),
          refused.stream().allMatch(status -> status == 413)
              && meanwhile.status() == 200
              && took.compareTo(PROMPTLY) < 0);
    } finally {
      for (Socket half : halves) {
        half.close();
      }
    }
  }
}
