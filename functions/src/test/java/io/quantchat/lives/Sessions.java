package io.quantchat.lives;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.http.Json;
import io.quantchat.lives.Person.Login;
import io.quantchat.lives.Person.Stage;
import io.quantchat.testing.Answer;
import io.quantchat.testing.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Registering, logging in and out, and what keeps a session alive. */
final class Sessions {

  /** A refresh that wasn't answered may be repeated for so long. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  /** A session that isn't used for so long may end by itself. */
  private static final Duration IDLE = Duration.ofDays(13);

  private final Lives lives;

  Sessions(Lives lives) {
    this.lives = lives;
  }

  void habits() {
    lives.habit(3, who -> refresh(who));
    lives.habit(1, this::logIn);
    lives.habit(1, this::mistype);
    lives.habit(1, this::logOut);
    lives.habit(2, this::readProfile);
  }

  /** Does what it takes to have a good access token; says whether there is one. */
  boolean ensure(Person who) {
    if (who.stage == Stage.NEW || who.stage == Stage.MAYBE) {
      register(who);
    }
    if (who.stage != Stage.REGISTERED) {
      return false;
    }
    if (who.login.filter(this::isFresh).isEmpty()) {
      refresh(who);
    }
    return who.login.filter(this::isFresh).isPresent();
  }

  private boolean isFresh(Login login) {
    return now().plusSeconds(30).isBefore(login.accessUntil);
  }

  private Instant now() {
    return lives.cloud.clock.instant();
  }

  private void register(Person who) {
    ObjectNode body = credentials(who, who.password).put("username", who.name);
    Optional<Answer> answer = post(who, "POST /auth/register", body);
    if (answer.isEmpty()) {
      who.stage = Stage.MAYBE;
      return;
    }
    int status = answer.get().status();
    if (status == 201) {
      remember(who, answer.get().body());
    } else if (status == 409) {
      // Taken by oneself, unasked.
      who.stage = Stage.MAYBE;
      logIn(who);
      lives.require(who.stage != Stage.NEW, "an address is taken that nobody has");
    } else {
      lives.require(status == 429, "registering is refused");
    }
  }

  /** Registered without knowing it, somebody can log in. */
  private void logIn(Person who) {
    if (who.stage == Stage.NEW || who.stage == Stage.LEAVING) {
      return;
    }
    Optional<Answer> answer = post(who, "POST /auth/login", credentials(who, who.password));
    if (answer.isEmpty() || answer.get().status() == 429) {
      return;
    }
    if (answer.get().status() == 200) {
      remember(who, answer.get().body());
    } else {
      lives.require(
          answer.get().status() == 401 && who.stage == Stage.MAYBE, "a good password is refused");
      who.stage = Stage.NEW;
    }
  }

  /**
   * Whether the password of somebody who has left, or may have, is good for nothing. If there is an
   * account still, it is as it was.
   */
  boolean hasNoAccount(Person who) {
    Optional<Answer> answer = post(who, "POST /auth/login", credentials(who, who.password));
    if (answer.filter(one -> one.status() == 200).isPresent()) {
      lives.require(who.stage == Stage.LEAVING, "somebody is back who has left");
      remember(who, answer.get().body());
    }
    return answer.filter(one -> one.status() == 401).isPresent();
  }

  private void mistype(Person who) {
    post(who, "POST /auth/login", credentials(who, who.password + "!"))
        .ifPresent(
            answer ->
                lives.require(
                    answer.status() == 401 || answer.status() == 429, "a wrong password is good"));
  }

  private void remember(Person who, JsonNode told) {
    String id = told.path("user_id").asText();
    lives.require(who.id == null || who.id.equals(id), "an account has another id now");
    lives.require(told.path("email").asText().equals(who.email), "an account of somebody else");
    who.id = id;
    who.stage = Stage.REGISTERED;
    var login = new Login();
    take(login, told);
    who.login = Optional.of(login);
  }

  private void take(Login login, JsonNode told) {
    login.accessToken = told.path("access_token").asText();
    login.refreshToken = told.path("refresh_token").asText();
    login.accessUntil = now().plusSeconds(told.path("expires_in").asLong());
    login.refreshedAt = now();
    login.unanswered = Optional.empty();
  }

  /** Without a session it is a login. */
  private void refresh(Person who) {
    if (who.stage != Stage.REGISTERED) {
      return;
    }
    if (who.login.isEmpty()) {
      logIn(who);
      return;
    }
    Login login = who.login.get();
    Optional<Answer> answer =
        post(who, "POST /auth/refresh", Json.object().put("refresh_token", login.refreshToken));
    if (answer.isEmpty()) {
      login.unanswered = login.unanswered.or(() -> Optional.of(now()));
      return;
    }
    switch (answer.get().status()) {
      case 200 -> take(login, answer.get().body());
      case 401 -> {
        boolean mayHaveEnded =
            now().isAfter(login.refreshedAt.plus(IDLE))
                || login
                    .unanswered
                    .filter(asked -> !asked.plus(GRACE).isAfter(lives.cloud.latest()))
                    .isPresent();
        lives.require(mayHaveEnded, "a good refresh token is refused");
        who.login = Optional.empty();
        logIn(who);
      }
      default -> lives.require(answer.get().status() == 429, "a refresh is refused");
    }
  }

  private void logOut(Person who) {
    if (who.stage != Stage.REGISTERED || who.login.isEmpty()) {
      return;
    }
    Login login = who.login.get();
    ObjectNode body = Json.object().put("refresh_token", login.refreshToken);
    Optional<Answer> answer = post(who, "POST /auth/logout", body.deepCopy());
    who.login = Optional.empty();
    boolean ended = answer.filter(one -> one.status() == 204).isPresent();
    if (ended && login.unanswered.isEmpty()) {
      post(who, "POST /auth/refresh", body)
          .ifPresent(one -> lives.require(one.status() != 200, "a session goes on after its end"));
      String route = "POST /auth/socket-ticket";
      lives
          .call(who, route, World.withToken(lives.cloud.request(route), login.accessToken))
          .ifPresent(one -> lives.require(one.status() != 201, "a ticket after the session's end"));
    }
  }

  private void readProfile(Person who) {
    lives
        .ask(who, "GET /users/me", null)
        .ifPresent(
            answer -> {
              lives.require(answer.status() == 200, "a profile is refused");
              lives.require(answer.text("user_id").equals(who.id), "another's profile");
              lives.require(answer.text("email").equals(who.email), "another's address");
            });
  }

  private Optional<Answer> post(Person who, String route, ObjectNode body) {
    return lives.call(who, route, lives.cloud.request(route).put("body", body.toString()));
  }

  private static ObjectNode credentials(Person who, String password) {
    return Json.object().put("email", who.email).put("password", password);
  }
}
