package io.quantchat.client.wire;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.Contact;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.client.store.AccountStore;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The relay's routes, for one account. */
public final class RelayApi {

  private static final int PAGE = 100;

  static final String NEXT_CURSOR = "next_cursor";

  private final RestClient rest;
  private final Session session;
  private final OwnAccount account;
  private final MediaApi media;

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
    this.media = new MediaApi(rest, session, restUrl);
  }

  public Session session() {
    return session;
  }

  public OwnAccount account() {
    return account;
  }

  public MediaApi media() {
    return media;
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
            page.get(NEXT_CURSOR) instanceof String next ? Optional.of(next) : Optional.empty();
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
    return cursor.map(value -> "&cursor=" + encoded(value)).orElse("");
  }

  static String encoded(String parameter) {
    return URLEncoder.encode(parameter, StandardCharsets.UTF_8);
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
