package io.quantchat.client.wire;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.Account;
import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.store.AccountStore;
import java.util.Map;
import java.util.Optional;

/** The routes by which somebody signed in changes how they sign in. */
public final class OwnAccount {

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
