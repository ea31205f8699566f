package io.quantchat.infra.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.infra.local.demo.Stage.Ended;
import io.quantchat.infra.local.demo.Stage.Outcome;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** What people do with accounts and contacts. */
final class AccountSteps {

  private final Stage stage;
  private final RestCalls rest;
  private final SecureRandom random;

  AccountSteps(Stage stage, RestCalls rest, SecureRandom random) {
    this.stage = stage;
    this.rest = rest;
    this.random = random;
  }

  Person register(String name) throws Ended {
    String email = name.toLowerCase(Locale.ROOT) + "." + secret(6) + "@example.org";
    String password = secret(16);
    ObjectNode body = Wire.object().put("email", email).put("password", password);
    return stage.step(
        name,
        "POST /auth/register " + email,
        () -> {
          Answer answer = rest.post("/auth/register", Optional.empty(), body).expect(201);
          answer.expect("email", email).expect("token_type", "bearer");
          return new Outcome<>(
              new Person(name, answer.text("user_id"), email, password, token(answer)),
              "201  account %s, a token for %d s"
                  .formatted(
                      ShortId.of(answer.text("user_id")),
                      answer.body().path("expires_in").asInt()));
        });
  }

  Person login(Person person) throws Ended {
    ObjectNode body = Wire.object().put("email", person.email()).put("password", person.password());
    return stage.step(
        person.name(),
        "POST /auth/login " + person.email(),
        () -> {
          Answer answer = rest.post("/auth/login", Optional.empty(), body).expect(200);
          answer.expect("user_id", person.id());
          return new Outcome<>(
              person.withToken(token(answer)),
              "200  a token for %d s".formatted(answer.body().path("expires_in").asInt()));
        });
  }

  void addContact(Person who, Person added) throws Ended {
    ObjectNode body = Wire.object().put("contact_email", added.email());
    stage.step(
        who.name(),
        "POST /contacts " + added.name(),
        () -> {
          Answer answer = rest.post("/contacts", who.bearer(), body).expect(201);
          answer.expect("contact_id", added.id()).expect("contact_email", added.email());
          return new Outcome<>(answer, "201  " + added.name() + " is a contact");
        });
  }

  void listContacts(Person who, Person listed) throws Ended {
    stage.step(
        who.name(),
        "GET /contacts?user_id=" + ShortId.of(who.id()),
        () -> {
          Answer answer = rest.get("/contacts?user_id=" + who.id(), who.bearer()).expect(200);
          Difference.check("number of contacts", 1, answer.body().size());
          JsonNode contact = answer.body().path(0);
          Difference.check("contact_id", listed.id(), contact.path("contact_id").asText());
          Difference.check("is_online", true, contact.path("is_online").asBoolean());
          return new Outcome<>(answer, "200  " + listed.name() + ", online");
        });
  }

  private static String token(Answer answer) throws Difference {
    if (answer.text("access_token").isEmpty()) {
      throw new Difference("an access_token", "none");
    }
    return answer.text("access_token");
  }

  private String secret(int bytes) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return HexFormat.of().formatHex(drawn);
  }
}
