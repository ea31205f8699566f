package io.quantchat.client.wire;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.Contact;
import io.quantchat.client.model.LoginSession;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.client.store.AccountStore;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The relay's routes, for one account. */
public final class RelayApi {

  private static final int PAGE = 100;

  /** Pages of an export, some 3 MB each: no inbox holds so much. */
  private static final int MOST_PAGES = 200;

  private static final String NEXT_CURSOR = "next_cursor";

  private final RestClient rest;
  private final Session session;
  private final OwnAccount account;

  /**
   * @param longest how long a request may take
   * @param serverTime learns the server's time from each answer
   */
  public RelayApi(
      URI restUrl,
      HttpClient http,
      Duration longest,
      AccountStore store,
      Clock clock,
      ServerTime serverTime) {
    this.rest = new RestClient(restUrl, http, longest, serverTime);
    this.session = new Session(rest, store, clock);
    this.account = new OwnAccount(rest, session, store);
  }

  public Session session() {
    return session;
  }

  public OwnAccount account() {
    return account;
  }

  public KeyDirectory keys() {
    return new KeyDirectory(rest, session);
  }

  /** Has the server say its time. */
  public void askTime() {
    session.authorized(token -> rest.get("/keys/prekeys/count", token));
  }

  public String socketTicket() {
    return Json.string(
            session.authorized(token -> rest.call("POST", "/auth/socket-ticket", token)).object(),
            "ticket")
        .orElseThrow(() -> new ServerUnreachableException("The server gives no ticket."));
  }

  public List<LoginSession> sessions() {
    Map<String, Object> body =
        session.authorized(token -> rest.get("/auth/sessions", token)).object();
    return Json.objects(body.get("sessions")).stream().map(RelayApi::loginSession).toList();
  }

  public void endSession(UUID sessionId) {
    session.authorized(token -> rest.call("DELETE", "/auth/sessions/" + sessionId, token));
  }

  public void endOtherSessions() {
    session.authorized(token -> rest.call("DELETE", "/auth/sessions", token));
  }

  private static LoginSession loginSession(Map<String, Object> entry) {
    try {
      return new LoginSession(
          UUID.fromString(Answer.text(entry, "session_id")),
          Json.string(entry, "name"),
          Instant.parse(Answer.text(entry, "created_at")),
          Instant.parse(Answer.text(entry, "last_used_at")),
          Boolean.TRUE.equals(entry.get("current")));
    } catch (IllegalArgumentException | DateTimeParseException senseless) {
      throw new ServerUnreachableException("The server's answer makes no sense.", senseless);
    }
  }

  /** All that the server holds of the account, its pages put together. */
  public byte[] exportAccount() {
    Map<String, Object> first =
        session.authorized(token -> rest.get("/users/me/export", token)).object();
    var whole = new LinkedHashMap<>(first);
    var messages = new ArrayList<Object>(Json.objects(first.get("messages")));
    Optional<String> cursor = Json.string(whole, NEXT_CURSOR);
    for (int pages = 1; cursor.isPresent(); pages++) {
      if (pages == MOST_PAGES) {
        throw new ServerUnreachableException("The server's export has no end.");
      }
      String path =
          "/users/me/export?cursor=" + URLEncoder.encode(cursor.get(), StandardCharsets.UTF_8);
      Map<String, Object> next = session.authorized(token -> rest.get(path, token)).object();
      messages.addAll(Json.objects(next.get("messages")));
      cursor = Json.string(next, NEXT_CURSOR);
    }
    whole.put("messages", messages);
    whole.remove(NEXT_CURSOR);
    return Json.write(whole);
  }

  /** Deletes the account; the same again changes nothing. */
  public void deleteAccount(char[] password) {
    session.authorized(
        token ->
            rest.call(
                "DELETE",
                "/users/me",
                Optional.of(token),
                Map.of("password", new String(password))));
  }

  /** All contacts, in the order they were added; without keys, which nothing goes by. */
  public List<Contact> contacts() {
    var entries = new ArrayList<Map<String, Object>>();
    Optional<String> cursor = Optional.empty();
    do {
      String query = "?limit=" + PAGE + cursorParameter(cursor);
      Object body = session.authorized(token -> rest.get("/contacts" + query, token)).body();
      cursor = Optional.empty();
      if (body instanceof Map<?, ?> page) {
        entries.addAll(Json.objects(page.get("contacts")));
        cursor =
            page.get("next_cursor") instanceof String next ? Optional.of(next) : Optional.empty();
      } else {
        // A server that knows no pages has answered with all of them.
        entries.addAll(Json.objects(body));
      }
    } while (cursor.isPresent());
    return entries.stream()
        .sorted(Comparator.comparing(entry -> Json.string(entry, "created_at").orElse("")))
        .map(RelayApi::contact)
        .toList();
  }

  private static String cursorParameter(Optional<String> cursor) {
    return cursor
        .map(value -> "&cursor=" + URLEncoder.encode(value, StandardCharsets.UTF_8))
        .orElse("");
  }

  public Contact addContact(String email) {
    return contact(
        session
            .authorized(
                token ->
                    rest.call(
                        "POST", "/contacts", Optional.of(token), Map.of("contact_email", email)))
            .object());
  }

  public void removeContact(UUID contactId) {
    session.authorized(token -> rest.call("DELETE", "/contacts/" + contactId, token));
  }

  public void block(UUID contactId, boolean blocked) {
    String method = blocked ? "PUT" : "DELETE";
    session.authorized(token -> rest.call(method, "/contacts/" + contactId + "/block", token));
  }

  /**
   * Hands a message to the relay; the same again changes nothing.
   *
   * @param request the send request's JSON
   */
  public void send(byte[] request) {
    session.authorized(token -> rest.call("POST", "/relay/send", Optional.of(token), request));
  }

  /** A page of what is pending, oldest first. */
  public Page pending(Optional<String> cursor) {
    String query = "?limit=" + PAGE + cursorParameter(cursor);
    Map<String, Object> body =
        session.authorized(token -> rest.get("/relay/pending" + query, token)).object();
    return new Page(Json.objects(body.get("messages")), Json.string(body, NEXT_CURSOR));
  }

  /**
   * @param messageIds at most 100; what isn't there any more does no harm
   */
  public void acknowledge(List<UUID> messageIds) {
    List<String> ids = messageIds.stream().map(UUID::toString).toList();
    session.authorized(
        token ->
            rest.call(
                "POST", "/relay/acknowledge", Optional.of(token), Map.of("message_ids", ids)));
  }

  /** Reads what the server says of a contact. */
  public static Contact contact(Map<String, Object> entry) {
    return new Contact(
        UUID.fromString(Answer.text(entry, "contact_id")),
        Answer.text(entry, "contact_username"),
        Answer.text(entry, "contact_email"),
        Answer.text(entry, "contact_full_name"),
        Boolean.TRUE.equals(entry.get("is_online")),
        Boolean.TRUE.equals(entry.get("blocked")),
        entry.get("contact_public_keys") instanceof List<?> keys ? keys : List.of(),
        entry);
  }

  /** Some pending messages as they came, and where the next page begins. */
  public record Page(List<Map<String, Object>> messages, Optional<String> nextCursor) {}
}
