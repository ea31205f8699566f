package io.quantchat.auth;

import static io.quantchat.auth.AuthFixture.CHEAP;
import static io.quantchat.auth.AuthFixture.PASSWORD;
import static io.quantchat.auth.AuthFixture.credentials;
import static io.quantchat.auth.AuthFixture.newEmail;
import static io.quantchat.testing.World.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.host.Environment.Variable;
import io.quantchat.testing.Answer;
import io.quantchat.testing.CapacityCounter;
import io.quantchat.testing.ProxyEvent;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

@StoreTest
class LoginTest {

  /** From the tests of the bcrypt package for Python. */
  private static final String BCRYPT_PASSWORD = "Kk4DQuMMfZL9o";

  private static final String BCRYPT_HASH =
      "$2b$04$cVWp4XaNU8a4v1uMRum2SO026BWLIoQMD/TXg5uZV.0P.uO8m3YEm";

  private final AuthFixture auth;
  private final World world;

  LoginTest(StoreTables tables) {
    this.auth = new AuthFixture(tables);
    this.world = auth.world;
  }

  @Test
  void whoLogsInGetsTokensAndTheProfile() {
    String email = newEmail();
    String userId = auth.registered(email).text("user_id");

    var answer = auth.logIn(" " + email.toUpperCase(Locale.ROOT), PASSWORD);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(auth.profile(answer.text("access_token")).text("user_id")).isEqualTo(userId);
    assertThat(auth.refresh(answer.text("refresh_token")).status()).isEqualTo(200);
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
  void anUnknownAddressAndAWrongPasswordGetTheSameWordsAfterTheSameWork() throws Exception {
    String email = newEmail();
    auth.registered(email);
    AuthHandler watched = auth.handlerOn(world.counted());

    var wrong = logIn(watched, email, PASSWORD + "!");
    var unknown = logIn(watched, newEmail(), PASSWORD + "!");

    assertThat(wrong.detail(401)).isEqualTo("The email address or the password is wrong.");
    assertThat(unknown).isEqualTo(wrong);
    assertThat(auth.argon2.during(() -> logIn(watched, email, "another one")))
        .isEqualTo(auth.argon2.during(() -> logIn(watched, newEmail(), "another one")))
        .isEqualTo(List.of(CHEAP));
    assertThat(askedBy(() -> logIn(watched, email, "another one")))
        .isEqualTo(askedBy(() -> logIn(watched, newEmail(), "another one")))
        .containsExactly(
            "GetItem", "GetItem", "GetItem", "GetItem", "UpdateItem", "UpdateItem", "UpdateItem");
  }

  @Test
  void aPasswordIsTheSameHoweverItsCharactersAreComposed() {
    String email = newEmail();
    auth.register(credentials(email, "pa\u00dfw\u00f6rter"));

    assertThat(auth.logIn(email, "pa\u00dfwo\u0308rter").status()).isEqualTo(200);
    assertThat(auth.logIn(email, "pa\u00dfworter").status()).isEqualTo(401);
  }

  @Test
  void aHashOfTheOriginalSystemIsAcceptedOnceAndReplaced() throws Exception {
    Account account = accountWith(BCRYPT_HASH);

    assertThat(auth.logIn(account.email(), BCRYPT_PASSWORD + "x").status()).isEqualTo(401);
    assertThat(storedHash(account)).isEqualTo(BCRYPT_HASH);
    assertThat(auth.logIn(account.email(), BCRYPT_PASSWORD).status()).isEqualTo(200);
    assertThat(storedHash(account)).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
    assertThat(auth.logIn(account.email(), BCRYPT_PASSWORD).status()).isEqualTo(200);
    assertThat(auth.logIn(account.email(), BCRYPT_PASSWORD + "x").status()).isEqualTo(401);
  }

  @Test
  void aWeakerHashIsReplacedAndAStrongerOneIsKept() throws Exception {
    Account weak = accountWith(hashAt(new Argon2.Cost(32, 1, 1)));
    Account strong = accountWith(hashAt(new Argon2.Cost(64, 2, 1)));
    String strongHash = storedHash(strong);

    assertThat(auth.logIn(weak.email(), PASSWORD).status()).isEqualTo(200);
    assertThat(auth.logIn(strong.email(), PASSWORD).status()).isEqualTo(200);

    assertThat(storedHash(weak)).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
    assertThat(storedHash(strong)).isEqualTo(strongHash);
  }

  @Test
  void aHashMovesFromTheAccountToTheCredentialsAtTheFirstLogin() throws Exception {
    Account account = accountWith(hashAt(CHEAP));

    assertThat(auth.logIn(account.email(), PASSWORD).status()).isEqualTo(200);

    String kept =
        auth.row(Variable.ACCOUNTS_TABLE, "user_id", account.userId()).get("password_hash").s();
    var passwords = new Passwords(auth.argon2, CHEAP, auth.random);
    assertThat(passwords.matches(PASSWORD, kept)).isFalse();
    assertThat(passwords.matches(PASSWORD, storedHash(account))).isTrue();
    assertThat(auth.logIn(account.email(), PASSWORD).status()).isEqualTo(200);
  }

  @Test
  void aPasswordIsSetWhereverItsHashWasKept() throws Exception {
    Account before = accountWith(hashAt(CHEAP));
    var credentials = CredentialStore.of(world.host);
    String next = new Passwords(auth.argon2, CHEAP, auth.random).hash("another password");

    credentials.set(before.userId(), next);

    assertThat(auth.logIn(before.email(), PASSWORD).status()).isEqualTo(401);
    assertThat(auth.logIn(before.email(), "another password").status()).isEqualTo(200);
    assertThatThrownBy(() -> credentials.set("00000000-0000-4000-8000-000000000000", next))
        .isInstanceOf(TransactionCanceledException.class);
  }

  @Test
  void aHashChangedMeanwhileIsNotReplaced() throws Exception {
    Account account = accountWith(BCRYPT_HASH);

    var credentials = CredentialStore.of(world.host);
    credentials.move(account.userId(), "another hash", "a new hash");
    assertThat(storedHash(account)).isEqualTo(BCRYPT_HASH);
    credentials.move(account.userId(), BCRYPT_HASH, BCRYPT_HASH);

    credentials.replace(account.userId(), "another hash", "a new hash");

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
    var answer = auth.post("/auth/login", body.replace('\'', '"'));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().path("errors").get(0).path("field").asText()).isEqualTo(field);
  }

  @Test
  void noSecretIsLogged() {
    String email = newEmail();
    var answer = auth.registered(email);
    auth.logIn(email, PASSWORD + "!");

    assertThat(world.lambda.log()).doesNotContain(email).doesNotContain(PASSWORD);
    assertThat(world.lambda.log()).doesNotContain(answer.text("refresh_token"));
  }

  private List<String> askedBy(CapacityCounter.Work work) throws Exception {
    return world.counter.during(work).operations().stream().sorted().toList();
  }

  private Answer logIn(AuthHandler function, String email, String password) {
    return world.call(
        function,
        ProxyEvent.of("POST", "/auth/login").put("body", credentials(email, password).toString()));
  }

  private String hashAt(Argon2.Cost cost) {
    return new Passwords(auth.argon2, cost, auth.random).hash(PASSWORD);
  }

  private String storedHash(Account account) {
    var row = auth.row(Variable.CREDENTIALS_TABLE, "user_id", account.userId());
    if (row.isEmpty()) {
      row = auth.row(Variable.ACCOUNTS_TABLE, "user_id", account.userId());
    }
    return row.get("password_hash").s();
  }

  private Account accountWith(String hash) {
    return world.accountWithHash("ann", hash);
  }
}
