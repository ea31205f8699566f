package io.quantchat.client.wire;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The routes by which somebody chooses a new password who has forgotten theirs. */
public final class PasswordRoutes {

  private final RestClient rest;

  /**
   * @param longest how long a request may take
   */
  public PasswordRoutes(URI restUrl, HttpClient http, Duration longest) {
    this.rest = new RestClient(restUrl, http, longest, new ServerTime(System::nanoTime));
  }

  /** Asks for a mail with a code; the answer is the same where there is no such account. */
  public void forgot(String email) {
    call("/auth/password/forgot", Map.of("email", email));
  }

  /** Chooses a password with that code; all sessions end. */
  public void reset(String email, String code, char[] next) {
    call(
        "/auth/password/reset",
        Map.of("email", email, "code", code, "new_password", new String(next)));
  }

  private void call(String route, Map<String, Object> body) {
    Answer unused = rest.call("POST", route, Optional.empty(), body);
  }
}
