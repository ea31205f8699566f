package io.quantchat.auth;

import static io.quantchat.auth.AuthWorld.CHEAP;
import static io.quantchat.auth.AuthWorld.PASSWORD;
import static io.quantchat.auth.AuthWorld.credentials;
import static io.quantchat.auth.AuthWorld.json;
import static io.quantchat.auth.AuthWorld.newEmail;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.accounts.Presence;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Ids;
import io.quantchat.http.ProxyEvent;
import io.quantchat.infra.testing.StoreTables;
import io.quantchat.infra.testing.StoreTest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@StoreTest
class LoginTest {

  /** From the tests of the bcrypt package for Python. */
  private static final String BCRYPT_PASSWORD = "Kk4DQuMMfZL9o";

  private static final String BCRYPT_HASH =
      "$2b$04$cVWp4XaNU8a4v1uMRum2SO026BWLIoQMD/TXg5uZV.0P.uO8m3YEm";

  private final AuthWorld world;

  LoginTest(StoreTables tables) {
    this.world = new AuthWorld(tables);
  }

  @Test
  void whoLogsInGetsTokensAndTheProfile() {
    String email = newEmail();
    String userId = world.registered(email).text("user_id");

    var answer = world.logIn(" " + email.toUpperCase(java.util.Locale.ROOT), PASSWORD);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(world.profile(answer.text("access_token")).text("user_id")).isEqualTo(userId);
    assertThat(world.refresh(answer.text("refresh_token")).status()).isEqualTo(200);
    var body = (ObjectNode) answer.body();
    body.put("access_token", "A").put("refresh_token", "R");
    String name = email.substring(0, email.indexOf('@'));
    assertThat(body)
        .isEqualTo(
            json(
                """
                {"access_token": "A", "token_type": "bearer", "expires_in": 900,
                 "refresh_token": "R", "user_id": "%s", "email": "%s", "username": "%s",
                 "full_name": "%s", "public_key": null, "public_keys": []}
                """
                    .formatted(userId, email, name, name)));
  }

  @Test
  void anUnknownAddressAndAWrongPasswordGetTheSameWordsAfterTheSameWork() {
    String email = newEmail();
    world.registered(email);
    var calls = new Calls();
    AuthHandler watched = world.handlerOn(calls.through(world.dynamoDb));

    var wrong = logIn(watched, email, PASSWORD + "!");
    var unknown = logIn(watched, newEmail(), PASSWORD + "!");

    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.detail()).isEqualTo("The email address or the password is wrong.");
    assertThat(unknown).isEqualTo(wrong);
    assertThat(world.argon2.during(() -> logIn(watched, email, "another one")))
        .isEqualTo(world.argon2.during(() -> logIn(watched, newEmail(), "another one")))
        .isEqualTo(List.of(CHEAP));
    assertThat(calls.during(() -> logIn(watched, email, "another one")))
        .isEqualTo(calls.during(() -> logIn(watched, newEmail(), "another one")))
        .isEqualTo(List.of("GetItem", "GetItem"));
  }

  @Test
  void aPasswordIsTheSameHoweverItsCharactersAreComposed() {
    String email = newEmail();
    world.register(credentials(email, "pa\u00dfw\u00f6rter"));

    assertThat(world.logIn(email, "pa\u00dfwo\u0308rter").status()).isEqualTo(200);
    assertThat(world.logIn(email, "pa\u00dfworter").status()).isEqualTo(401);
  }

  @Test
  void aHashOfTheOriginalSystemIsAcceptedOnceAndReplaced() throws Exception {
    Account account = accountWith(BCRYPT_HASH);

    assertThat(world.logIn(account.email(), BCRYPT_PASSWORD + "x").status()).isEqualTo(401);
    assertThat(storedHash(account)).isEqualTo(BCRYPT_HASH);
    assertThat(world.logIn(account.email(), BCRYPT_PASSWORD).status()).isEqualTo(200);
    assertThat(storedHash(account)).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
    assertThat(world.logIn(account.email(), BCRYPT_PASSWORD).status()).isEqualTo(200);
    assertThat(world.logIn(account.email(), BCRYPT_PASSWORD + "x").status()).isEqualTo(401);
  }

  @Test
  void aWeakerHashIsReplacedAndAStrongerOneIsKept() throws Exception {
    Account weak = accountWith(hashAt(new Argon2.Cost(32, 1, 1)));
    Account strong = accountWith(hashAt(new Argon2.Cost(64, 2, 1)));
    String strongHash = storedHash(strong);

    assertThat(world.logIn(weak.email(), PASSWORD).status()).isEqualTo(200);
    assertThat(world.logIn(strong.email(), PASSWORD).status()).isEqualTo(200);

    assertThat(storedHash(weak)).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
    assertThat(storedHash(strong)).isEqualTo(strongHash);
  }

  @Test
  void aHashChangedMeanwhileIsNotReplaced() throws Exception {
    Account account = accountWith(BCRYPT_HASH);

    world.accounts.replacePasswordHash(account.userId(), "another hash", "a new hash");

    assertThat(storedHash(account)).isEqualTo(BCRYPT_HASH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'password':'12345678'} | email",
        "{'email':7,'password':'12345678'} | email",
        "{'email':'','password':'12345678'} | email",
        "{'email':'ann','password':'12345678'} | email",
        "{'email':'a@b.c'} | password",
        "{'email':'a@b.c','password':null} | password",
        "{'email':'a@b.c','password':''} | password",
        "{'email':'a@b.c','password':12345678} | password",
        "{'email':'a@b.c','password':{}} | password",
      })
  void eachFieldAtFaultIsNamed(String body, String field) {
    var answer = world.post("/auth/login", body.replace('\'', '"'));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().path("errors").get(0).path("field").asText()).isEqualTo(field);
  }

  @Test
  void noSecretIsLogged() {
    String email = newEmail();
    var answer = world.registered(email);
    world.logIn(email, PASSWORD + "!");

    assertThat(world.context.log()).doesNotContain(email).doesNotContain(PASSWORD);
    assertThat(world.context.log()).doesNotContain(answer.text("refresh_token"));
  }

  private AuthWorld.Answer logIn(AuthHandler function, String email, String password) {
    return world.call(
        function,
        ProxyEvent.of("POST", "/auth/login").put("body", credentials(email, password).toString()));
  }

  private String hashAt(Argon2.Cost cost) {
    return new Passwords(world.argon2, cost, world.random).hash(PASSWORD);
  }

  private String storedHash(Account account) {
    return world.row(Variable.ACCOUNTS_TABLE, "user_id", account.userId()).get("password_hash").s();
  }

  private Account accountWith(String hash) throws AccountStore.EmailTakenException {
    var account =
        new Account(
            Ids.random(world.random),
            newEmail(),
            "ann",
            "Ann",
            hash,
            Optional.empty(),
            List.of(),
            Set.of(),
            Presence.NEVER_SEEN,
            world.clock.instant());
    world.accounts.create(account, world.emails.claiming(account));
    return account;
  }
}
