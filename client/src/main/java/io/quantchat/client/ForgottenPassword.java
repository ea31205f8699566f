package io.quantchat.client;

import io.quantchat.client.wire.HttpClients;
import io.quantchat.client.wire.PasswordRoutes;
import java.net.http.HttpClient;
import java.time.Duration;

/**
 * A new password for an account whose password nobody knows any more, by a mail to its address. It
 * needs no store, and changes none: messages and keys lie under the store's own passphrase, which
 * no mail brings back.
 */
public final class ForgottenPassword {

  private static final Duration CONNECTING = Duration.ofSeconds(10);
  private static final Duration LONGEST_CALL = Duration.ofSeconds(30);

  private ForgottenPassword() {}

  /**
   * Has a mail with a code sent, if there is an account with this address: whether there is, nobody
   * is told.
   *
   * @throws io.quantchat.client.model.ServerRefusalException where the server sends no mail
   */
  public static void ask(Servers servers, String email) {
    try (HttpClient http = http(servers)) {
      routes(servers, http).forgot(email);
    }
  }

  /**
   * Chooses a new password. All sessions of the account end; log in with the new one.
   *
   * @param code that of the newest mail
   * @throws io.quantchat.client.model.ServerRefusalException where the code is wrong, was used, or
   *     is older than 30 minutes
   */
  public static void reset(Servers servers, String email, String code, char[] next) {
    try (HttpClient http = http(servers)) {
      routes(servers, http).reset(email, code, next);
    }
  }

  private static HttpClient http(Servers servers) {
    return HttpClients.of(servers.rest(), servers.socket(), CONNECTING);
  }

  private static PasswordRoutes routes(Servers servers, HttpClient http) {
    return new PasswordRoutes(servers.rest(), http, LONGEST_CALL);
  }
}
