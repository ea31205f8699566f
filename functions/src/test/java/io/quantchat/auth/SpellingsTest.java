package io.quantchat.auth;

import static io.quantchat.auth.AuthFixture.PASSWORD;
import static io.quantchat.auth.AuthFixture.credentials;
import static io.quantchat.auth.AuthFixture.newEmail;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.accounts.Account;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Parallel;
import io.quantchat.http.Json;
import io.quantchat.testing.Answer;
import io.quantchat.testing.ProxyEvent;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@StoreTest
class SpellingsTest {

  private final AuthFixture auth;

  SpellingsTest(StoreTables tables) {
    this.auth = new AuthFixture(tables);
  }

  @Test
  void everySpellingOfAnAddressIsOneAccount() {
    String name = "ren\u00e9." + UUID.randomUUID();
    String email = name + "@m\u00fcnchen.de";
    String userId = auth.registered(email).text("user_id");

    for (String spelling : spellings(name)) {
      Answer another = auth.register(credentials(spelling, PASSWORD));
      assertThat(another.status()).as(spelling).isEqualTo(409);
      assertThat(auth.logIn(spelling, PASSWORD).text("user_id")).as(spelling).isEqualTo(userId);
    }
    assertThat(auth.logIn(email, PASSWORD).text("email")).isEqualTo(email);
  }

  @Test
  void ofManyWhoRegisterSpellingsOfOneAddressAtOnceOneDoes() {
    String name = "ren\u00e9." + UUID.randomUUID();
    List<String> spellings = spellings(name);

    List<Answer> answers =
        Parallel.map(
            IntStream.range(0, 40).mapToObj(i -> spellings.get(i % spellings.size())).toList(),
            spelling -> auth.register(credentials(spelling, PASSWORD)));

    assertThat(answers).extracting(Answer::status).containsOnlyOnce(201).containsOnly(201, 409);
  }

  private static List<String> spellings(String name) {
    String email = name + "@m\u00fcnchen.de";
    return List.of(
        email,
        email + ".",
        " " + email + "\n",
        email.toUpperCase(Locale.ROOT),
        Normalizer.normalize(email, Normalizer.Form.NFD),
        name + "@xn--mnchen-3ya.de",
        name + "@XN--Mnchen-3YA.de.",
        name + "\uff20m\u00fcnchen\u3002de",
        email.replace('r', '\uff52'));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u200b", "\u202e", "\u00ad", "\ufeff", "\u3164", "\ufe0f", "\u2800"})
  void nobodyRegistersAnAddressWithWhatCantBeSeen(String invisible) {
    Answer answer = auth.register(credentials("a" + invisible + newEmail(), PASSWORD));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body().path("errors").get(0).path("field").asText()).isEqualTo("email");
  }

  @ParameterizedTest
  @ValueSource(strings = {"an\u200bn%s@example.org", "ann%s@example.org.", "\"ann%s\"@example.org"})
  void anAccountOfASpellingThatNobodyCanChooseNowIsLoggedInto(String format) {
    String email = format.formatted(UUID.randomUUID());
    String userId = keptAsBefore(email);

    assertThat(auth.logIn(email, PASSWORD).text("user_id")).isEqualTo(userId);
    assertThat(auth.logIn(email.toUpperCase(Locale.ROOT), PASSWORD).status()).isEqualTo(200);
    assertThat(auth.logIn(email, "another password").status()).isEqualTo(401);
    assertThat(auth.world.emails.findId(email)).contains(userId);
    assertThat(auth.register(credentials(email, PASSWORD)).status()).isIn(409, 422);
  }

  @Test
  void whoLogsInByAnOldSpellingHasTheCanonicalFormAsWell() {
    String name = "ann." + UUID.randomUUID();
    String userId = keptAsBefore(name + "@example.org.");
    assertThat(auth.world.emails.findId(name + "@example.org")).isEmpty();

    auth.logIn(name + "@example.org.", PASSWORD);

    assertThat(auth.world.emails.findId(name + "@example.org")).contains(userId);
    assertThat(auth.register(credentials(name + "@example.org", PASSWORD)).status()).isEqualTo(409);
  }

  @Test
  void ofTwoOldSpellingsOfOneAddressEachLogsIntoItsOwn() {
    String name = "ann." + UUID.randomUUID();
    String plain = keptAsBefore(name + "@example.org");
    String dotted = keptAsBefore(name + "@example.org.", "another password");

    assertThat(auth.logIn(name + "@example.org.", "another password").text("user_id"))
        .isEqualTo(dotted);
    assertThat(auth.logIn(name + "@example.org.", PASSWORD).text("user_id")).isEqualTo(plain);
    assertThat(auth.logIn(name + "@example.org", "another password").status()).isEqualTo(401);
    assertThat(auth.world.emails.findId(name + "@example.org.")).contains(plain);
  }

  @Test
  void whoHasNoAddressLogsInByTheAccountsId() {
    String userId = auth.registered().text("user_id");

    assertThat(auth.logIn(userId, PASSWORD).text("user_id")).isEqualTo(userId);
    assertThat(auth.logIn(userId, "another password").status()).isEqualTo(401);
    assertThat(auth.logIn(UUID.randomUUID().toString(), PASSWORD).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "an\u200bn",
        "\u202enna",
        "a\u00adnn",
        "ann\ue000",
        "ann\u0378",
        "an\u00a0n",
        "an\u3000n",
        "an\u2003n",
        "an  n",
        "an\u2028n",
        "ann\u3164",
        "\u2800ann",
        "\u0301ann",
        "an\ufe0fn",
        "ann\udb40\udc41",
      })
  void namesThatDeceiveAreRefused(String name) {
    Answer someone = auth.registered();

    for (String field : List.of("username", "full_name")) {
      Answer registered = auth.register(credentials(newEmail(), PASSWORD).put(field, name));
      assertThat(registered.status()).isEqualTo(422);
      Answer changed = changed(someone, field, name);
      assertThat(changed.status()).isEqualTo(422);
      assertThat(changed.body().path("errors").get(0).path("field").asText()).isEqualTo(field);
    }
  }

  @Test
  void namesAreKeptInOneForm() {
    Answer someone = auth.registered();

    assertThat(changed(someone, "username", " Rene\u0301 M. ").text("username"))
        .isEqualTo("Ren\u00e9 M.");
  }

  private Answer changed(Answer someone, String field, String value) {
    return auth.withToken(
        someone.text("access_token"),
        ProxyEvent.of("PATCH", "/users/me")
            .put("body", Json.object().put(field, value).toString()));
  }

  private String keptAsBefore(String email) {
    return keptAsBefore(email, PASSWORD);
  }

  /** An account whose address is kept as every one was before there was a canonical form. */
  private String keptAsBefore(String email, String password) {
    String hash = new Passwords(auth.argon2, AuthFixture.CHEAP, auth.random).hash(password);
    Account account = auth.world.accountWithHash("before", hash);
    auth.world.dynamoDb.updateItem(
        update ->
            update
                .tableName(auth.world.table(Variable.ACCOUNTS_TABLE))
                .key(Map.of("user_id", AttributeValue.fromS(account.userId())))
                .updateExpression("SET email = :email")
                .expressionAttributeValues(Map.of(":email", AttributeValue.fromS(email))));
    auth.world.dynamoDb.putItem(
        put ->
            put.tableName(auth.world.table(Variable.ACCOUNT_EMAILS_TABLE))
                .item(
                    Map.of(
                        "email", AttributeValue.fromS(email),
                        "user_id", AttributeValue.fromS(account.userId()))));
    return account.userId();
  }
}
