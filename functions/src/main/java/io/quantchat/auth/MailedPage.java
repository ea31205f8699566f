package io.quantchat.auth;

import io.quantchat.host.Sha256;
import io.quantchat.http.RestResponse;
import java.util.Base64;
import java.util.Map;

/**
 * The pages that links in mails lead to. What a link proves is in its fragment, which no browser
 * sends to a server; the page takes it out of the address bar, and posts it when a person says so:
 * programs that look at links in mails use nothing up. A page loads nothing, and can talk to this
 * server alone.
 */
enum MailedPage {
  VERIFY(
      "Confirm your e-mail address",
      "",
      "Confirm",
      "This e-mail address is confirmed: others find you by it. You can close this page."),
  RESET(
      "Choose a new password",
      """
      <label for="password">New password, at least 8 characters</label>
      <input id="password" type="password" autocomplete="new-password" required minlength="8">
      """,
      "Change the password",
      "The new password is the only one, and all sessions have ended. Log in with it.");

  private static final String STYLE =
      """
      :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
      main { max-width: 26rem; margin: 15vh auto 0; padding: 0 1.25rem }
      h1 { font-size: 1.4rem; line-height: 1.25 }
      label, input, button { display: block; box-sizing: border-box; width: 100%; font: inherit }
      input { margin: .25rem 0 1rem; padding: .6rem; border: 1px solid GrayText; border-radius: .5rem }
      button { padding: .7rem; border: 0; border-radius: .5rem; background: #1f5fbf; color: #fff }
      button:disabled { opacity: .6 }
      """;

  private static final String SCRIPT =
      """
      const token = new URLSearchParams(location.hash.slice(1)).get("token");
      history.replaceState(null, "", location.pathname);
      const form = document.querySelector("form");
      const field = document.getElementById("password");
      const state = document.querySelector("[role=status]");
      const button = document.querySelector("button");
      if (!token) {
        form.hidden = true;
        state.textContent = "This link isn't whole. Open it from the mail, or type the mail's code where you are asked for it.";
      }
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        button.disabled = true;
        state.textContent = "";
        try {
          const answer = await fetch(location.pathname, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify(field ? { token, new_password: field.value } : { token }),
          });
          if (answer.ok) {
            form.hidden = true;
            state.textContent = form.dataset.done;
            return;
          }
          const problem = await answer.json().catch(() => ({}));
          const names = { token: "The token", new_password: "The new password" };
          const errors = (problem.errors ?? []).map((error) => `${names[error.field] ?? error.field} ${error.detail}.`);
          state.textContent =
            errors.join(" ") || problem.detail || "The server can't do that now. Try again later.";
        } catch {
          state.textContent = "The server can't be reached. Try again later.";
        }
        button.disabled = false;
      });
      """;

  private final String html;
  private final String policy;

  MailedPage(String title, String fields, String button, String done) {
    this.html =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%1$s</title>
        <style>%5$s</style>
        </head>
        <body>
        <main>
        <h1>%1$s</h1>
        <form data-done="%4$s">
        %2$s<button>%3$s</button>
        </form>
        <p role="status"></p>
        <noscript><p>This page needs JavaScript. Or type the mail's code where you are asked for it.</p></noscript>
        </main>
        <script>%6$s</script>
        </body>
        </html>
        """
            .formatted(title, fields, button, done, STYLE, SCRIPT);
    this.policy =
        "default-src 'none'; style-src %s; script-src %s; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            .formatted(source(STYLE), source(SCRIPT));
  }

  String html() {
    return html;
  }

  /** The page, with the headers that keep it to itself. */
  RestResponse answer() {
    return RestResponse.page(
        html, Map.of("Content-Security-Policy", policy, "Referrer-Policy", "no-referrer"));
  }

  private static String source(String text) {
    return "'sha256-" + Base64.getEncoder().encodeToString(Sha256.of(text)) + "'";
  }
}
