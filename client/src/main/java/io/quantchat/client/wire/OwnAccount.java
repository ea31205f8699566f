package io.quantchat.client.wire;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.Account;
import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.model.LoginSession;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.client.store.AccountStore;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The routes of one's own account: how one signs in, and where; what is held of it; leaving. */
public final class OwnAccount {

  /** Pages of an export, some 3 MB each: no inbox holds so much. */
  private static final int MOST_PAGES = 200;

  private final RestClient rest;
  private final Session session;
  private final AccountStore store;

  OwnAccount(RestClient rest, Session session, AccountStore store) {
    this.rest = rest;
    this.session = session;
    this.store = store;
  }

  /** Chooses another password: this session goes on, all others end. */
  public void changePassword(char[] current, char[] next) {
    post(
        "/auth/password",
        Map.of("password", new String(current), "new_password", new String(next)));
  }

  /**
   * Asks for another address.
   *
   * @return whether it is to be verified first; else it is the account's already
   */
  public boolean changeEmail(String email, char[] password) {
    Map<String, Object> answer =
        post("/auth/email", Map.of("email", email, "password", new String(password))).object();
    if (answer.get("pending_email") != null) {
      return true;
    }
    keep(Answer.text(answer, "email"));
    return false;
  }

  /**
   * Has the mail sent once more that verifies an address.
   *
   * @return the address that it goes to
   */
  public String sendVerification() {
    return Json.string(post("/auth/email/verification", Map.of()).object(), "pending_email")
        .orElse("");
  }

  /**
   * Shows the code of that mail.
   *
   * @return the account, with the address that it has now
   */
  public Account verifyEmail(String code) {
    Account account = store.account().orElseThrow(LoginRequiredException::new);
    Answer answer =
        rest.call(
            "POST",
            "/auth/email/verify",
            Optional.empty(),
            Map.of("user_id", account.userId().toString(), "code", code));
    return keep(Answer.text(answer.object(), "email"));
  }

  public List<LoginSession> sessions() {
    Map<String, Object> body =
        session.authorized(token -> rest.get("/auth/sessions", token)).object();
    return Json.objects(body.get("sessions")).stream().map(OwnAccount::loginSession).toList();
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
    Optional<String> cursor = Json.string(whole, RelayApi.NEXT_CURSOR);
    for (int pages = 1; cursor.isPresent(); pages++) {
      if (pages == MOST_PAGES) {
        throw new ServerUnreachableException("The server's export has no end.");
      }
      String path = "/users/me/export?cursor=" + RelayApi.encoded(cursor.get());
      Map<String, Object> next = session.authorized(token -> rest.get(path, token)).object();
      messages.addAll(Json.objects(next.get("messages")));
      cursor = Json.string(next, RelayApi.NEXT_CURSOR);
    }
    whole.put("messages", messages);
    whole.remove(RelayApi.NEXT_CURSOR);
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

  private Account keep(String email) {
    Account known = store.account().orElseThrow(LoginRequiredException::new);
    var account = new Account(known.userId(), email, known.username(), known.fullName());
    store.keep(account);
    return account;
  }

  private Answer post(String route, Map<String, Object> body) {
    return session.authorized(token -> rest.call("POST", route, Optional.of(token), body));
  }
}
