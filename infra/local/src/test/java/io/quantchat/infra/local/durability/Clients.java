package io.quantchat.infra.local.durability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantchat.infra.local.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Senders, each with a recipient who is away. */
final class Clients {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String CONTENT = "c".repeat(1_000);
  private static final int PAGE = 100;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Account> senders = new ArrayList<>();
  private final List<Account> recipients = new ArrayList<>();

  private record Account(String id, String token) {}

  private Clients() {}

  static Clients register(URI restUrl, int count) throws IOException {
    Clients clients = new Clients();
    for (int i = 0; i < count; i++) {
      clients.senders.add(clients.account(restUrl));
      clients.recipients.add(clients.account(restUrl));
    }
    return clients;
  }

  private Account account(URI restUrl) throws IOException {
    String email = UUID.randomUUID() + "@example.org";
    String body = "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, email);
    JsonNode answer = MAPPER.readTree(post(restUrl, "/auth/register", "", body).body());
    return new Account(answer.path("user_id").asText(), answer.path("access_token").asText());
  }

  /**
   * All send at once, one message after the other, until the server is gone.
   *
   * @param killAfter how many answers to wait for before the kill
   * @return the ids of those that were answered 2xx
   */
  List<String> sendUntilKilled(URI restUrl, int killAfter, Runnable kill) {
    ConcurrentLinkedQueue<String> answered = new ConcurrentLinkedQueue<>();
    AtomicInteger due = new AtomicInteger(killAfter);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < senders.size(); i++) {
        Account sender = senders.get(i);
        Account recipient = recipients.get(i);
        threads.execute(
            () -> {
              while (sendOne(restUrl, sender, recipient, answered)) {
                // One sender kills: the others are in the middle of their sends.
                if (due.decrementAndGet() == 0) {
                  kill.run();
                }
              }
            });
      }
    }
    return List.copyOf(answered);
  }

  /** False once nobody answers. */
  private boolean sendOne(
      URI restUrl, Account sender, Account recipient, ConcurrentLinkedQueue<String> answered) {
    String body =
        """
        {"recipient_id":"%s","encrypted_content":"%s","encrypted_session_key":"key"}\
        """
            .formatted(recipient.id(), CONTENT);
    try {
      HttpResponse<byte[]> answer = post(restUrl, "/relay/send", sender.token(), body);
      answered.add(MAPPER.readTree(answer.body()).path("message_id").asText());
      return true;
    } catch (IOException | UncheckedIOException killed) {
      return false;
    }
  }

  /** The ids of all that is pending, of all recipients. */
  Set<String> pending(URI restUrl) throws IOException {
    Set<String> pending = new TreeSet<>();
    for (Account recipient : recipients) {
      String cursor = "";
      do {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(restUrl + "/relay/pending?limit=" + PAGE + cursor))
                .header("Authorization", "Bearer " + recipient.token())
                .timeout(Patience.LONGEST)
                .build();
        JsonNode page = MAPPER.readTree(exchange(request).body());
        page.path("messages").forEach(message -> pending.add(message.path("id").asText()));
        JsonNode next = page.path("next_cursor");
        cursor = next.isTextual() ? "&cursor=" + next.asText() : "";
      } while (!cursor.isEmpty());
    }
    return pending;
  }

  private HttpResponse<byte[]> post(URI restUrl, String path, String token, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(restUrl + path))
            .timeout(Patience.LONGEST)
            .POST(BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return exchange(request.build());
  }

  private HttpResponse<byte[]> exchange(HttpRequest request) {
    HttpResponse<byte[]> answer;
    try {
      answer = http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          request.uri().getPath() + " was answered " + answer.statusCode());
    }
    return answer;
  }
}
