package io.quantchat.infra.local.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;

/** Makes accounts and contacts for a test. */
public final class Accounts {

  /** One for whoever needs none of their own. */
  static final String PASSWORD = "correct horse battery staple";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Api api;

  /** Accounts of this API. */
  public Accounts(Api api) {
    this.api = api;
  }

  /** Who has registered, with the tokens of that session. */
  public record User(String id, String email, String accessToken, String refreshToken) {

    /** What its calls are made with. */
    public Optional<String> token() {
      return Optional.of(accessToken);
    }
  }

  /** Registers someone. */
  public User register(String email, String password) throws IOException, InterruptedException {
    String body = JSON.createObjectNode().put("email", email).put("password", password).toString();
    JsonNode session =
        api.call("POST", "/auth/register", "/auth/register", Optional.empty(), Optional.of(body))
            .expect(201);
    return new User(
        session.get("user_id").textValue(),
        session.get("email").textValue(),
        session.get("access_token").textValue(),
        session.get("refresh_token").textValue());
  }

  /** Adds a contact. */
  public void add(User who, User contact) throws IOException, InterruptedException {
    add(who, JSON.createObjectNode().put("contact_id", contact.id()).toString());
  }

  /** Adds a contact of this address. */
  public void addByEmail(User who, String email) throws IOException, InterruptedException {
    add(who, JSON.createObjectNode().put("contact_email", email).toString());
  }

  /** Blocks somebody. */
  void block(User who, User other) throws IOException, InterruptedException {
    onBlock("PUT", who, other);
  }

  /** Ends a block. */
  void unblock(User who, User other) throws IOException, InterruptedException {
    onBlock("DELETE", who, other);
  }

  private void onBlock(String method, User who, User other)
      throws IOException, InterruptedException {
    String path = "/contacts/" + other.id() + "/block";
    api.call(method, "/contacts/{contact_id}/block", path, who.token(), Optional.empty())
        .expect(204);
  }

  private void add(User who, String body) throws IOException, InterruptedException {
    api.call("POST", "/contacts", "/contacts", who.token(), Optional.of(body)).expect(201);
  }
}
