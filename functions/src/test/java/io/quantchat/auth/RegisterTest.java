package io.quantchat.auth;

import static io.quantchat.auth.AuthFixture.PASSWORD;
import static io.quantchat.auth.AuthFixture.credentials;
import static io.quantchat.auth.AuthFixture.newEmail;
import static io.quantchat.testing.World.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Ids;
import io.quantchat.host.Parallel;
import io.quantchat.http.Json;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@StoreTest
class RegisterTest {

  private final AuthFixture auth;
  private final World world;

  RegisterTest(StoreTables tables) {
    this.auth = new AuthFixture(tables);
    this.world = auth.world;
  }

  @Test
  void whoRegistersIsLoggedIn() {
    String email = newEmail();
    ObjectNode registration =
        credentials(email, PASSWORD)
            .put("username", " ann ")
            .put("full_name", "Ann Example")
            .put("public_key", "a2V5")
            .put("unknown", 7);

    var answer = auth.register(registration);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.headers().path("Access-Control-Allow-Origin").asText())
        .isEqualTo("https://chat.example.com");
    var body = (ObjectNode) answer.body();
    assertThat(Ids.parse(answer.text("user_id"))).isPresent();
    assertThat(auth.profile(answer.text("access_token")).text("email")).isEqualTo(email);
    assertThat(auth.refresh(answer.text("refresh_token")).status()).isEqualTo(200);
    body.put("access_token", "A").put("refresh_token", "R").put("user_id", "U");
    assertThat(body)
        .isEqualTo(
            json(
                """
                {"access_token": "A", "token_type": "bearer", "expires_in": 900,
                 "refresh_token": "R", "user_id": "U", "email": "%s", "username": "ann",
                 "full_name": "Ann Example", "public_key": "a2V5",
                 "public_keys": [{"key_id": "legacy-key-001", "algorithm": "ECDH-P256",
                   "key_data": "a2V5", "created_at": "2026-02-02T10:00:00.123Z",
                   "status": "active"}]}
                """
                    .formatted(email)));
  }

  @Test
  void namesDefaultToThePartOfTheAddressBeforeTheAt() {
    String email = newEmail();

    var answer = auth.registered(email);

    assertThat(answer.text("username")).isEqualTo(email.substring(0, email.indexOf('@')));
    assertThat(answer.text("full_name")).isEqualTo(answer.text("username"));
    assertThat(answer.body().get("public_key").isNull()).isTrue();
    assertThat(answer.body().get("public_keys")).isEqualTo(Json.array());
  }

  @Test
  void aDefaultNameIsAllThatStandsBeforeTheAt() {
    assertThat(auth.registered("😀".repeat(16) + "@example.org").text("username"))
        .isEqualTo("😀".repeat(16));
  }

  @Test
  void theFullNameDefaultsToTheUsername() {
    assertThat(
            auth.register(credentials(newEmail(), PASSWORD).put("username", "ann"))
                .text("full_name"))
        .isEqualTo("ann");
  }

  @Test
  void anAddressIsTrimmedAndInLowerCase() {
    String email = newEmail();

    assertThat(auth.registered("  " + email.toUpperCase(Locale.ROOT) + " ").text("email"))
        .isEqualTo(email);
  }

  @Test
  void keysComeOutAsTheyCameInAndWhatIsLeftOutIsFilledIn() {
    ObjectNode registration = credentials(newEmail(), PASSWORD);
    registration.set(
        "public_keys",
        json(
            """
            [{"key_id": "k1", "algorithm": "ML-KEM-768", "key_data": "any text",
              "created_at": "2026-01-30T01:00:00+01:00", "status": "deprecated", "more": 1},
             {"key_id": "k2", "algorithm": "X", "key_data": "k", "status": null}]
            """));

    var answer = auth.register(registration);

    assertThat(answer.body().get("public_keys"))
        .isEqualTo(
            json(
                """
                [{"key_id": "k1", "algorithm": "ML-KEM-768", "key_data": "any text",
                  "created_at": "2026-01-30T01:00:00+01:00", "status": "deprecated"},
                 {"key_id": "k2", "algorithm": "X", "key_data": "k",
                  "created_at": "2026-02-02T10:00:00.123Z", "status": "active"}]
                """));
    assertThat(auth.profile(answer.text("access_token")).body().get("public_keys"))
        .isEqualTo(answer.body().get("public_keys"));
  }

  @Test
  void anAddressCanBeRegisteredOnceWhateverItsCase() {
    String email = newEmail();
    String userId = auth.registered(email).text("user_id");

    var answer = auth.register(credentials(email.toUpperCase(Locale.ROOT), PASSWORD));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text("detail"))
        .isEqualTo("There is already an account with this email address. Log in instead.");
    assertThat(world.emails.findId(email)).contains(userId);
  }

  @Test
  void ofManyWhoRegisterAnAddressAtOnceOneGetsIt() {
    String email = newEmail();

    var statuses =
        Parallel.map(
            Collections.nCopies(8, credentials(email, PASSWORD)),
            registration -> auth.register(registration).status());

    assertThat(statuses).containsOnlyOnce(201).containsOnly(201, 409);
  }

  @Test
  void onlyAHashOfThePasswordIsStored() {
    String userId = auth.registered().text("user_id");

    var row = auth.row(Variable.ACCOUNTS_TABLE, "user_id", userId);

    assertThat(
            auth.row(Variable.CREDENTIALS_TABLE, "user_id", row.get("user_id").s())
                .get("password_hash")
                .s())
        .startsWith("$argon2id$v=19$m=64,t=1,p=1$");
    assertThat(row.toString()).doesNotContain(PASSWORD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "email | null",
        "email | 7",
        "email | ''",
        "email | 'ann'",
        "email | '@x'",
        "email | 'ann@'",
        "email | 'a@b@c'",
        "email | 'a b@c'",
        "email | 'a\\u0000@c'",
        "email | 'a\\ud800@c'",
        "email | 'a\\u00a0b@c'",
        "password | null",
        "password | 12345678",
        "password | ['12345678']",
        "password | ''",
        "password | '1234567'",
        "password | '1234567\\ud800'",
        "username | ''",
        "username | '  '",
        "username | 7",
        "username | 'a\\u0007b'",
        "full_name | {}",
        "full_name | 'a\\nb'",
        "public_key | ''",
        "public_key | 7",
        "public_keys | {}",
        "public_keys | 'k'",
        "public_keys[0] | [7]",
        "public_keys[0].key_id | [{'algorithm':'a','key_data':'k'}]",
        "public_keys[0].algorithm | [{'key_id':'i','algorithm':'','key_data':'k'}]",
        "public_keys[0].key_data | [{'key_id':'i','algorithm':'a','key_data':7}]",
        "public_keys[0].status | [{'key_id':'i','algorithm':'a','key_data':'k','status':'new'}]",
        "public_keys[0].created_at | [{'key_id':'i','algorithm':'a','key_data':'k',"
            + "'created_at':'now'}]",
        "public_keys[0].created_at | [{'key_id':'i','algorithm':'a','key_data':'k',"
            + "'created_at':'2026-13-01T00:00:00Z'}]",
        "public_keys[1].key_id | [{'key_id':'i','algorithm':'a','key_data':'k'},"
            + "{'key_id':'i','algorithm':'a','key_data':'k'}]",
      })
  void eachFieldAtFaultIsNamedAndNothingIsStored(String field, String value) {
    String email = newEmail();
    String name = field.replaceAll("\\[.*", "");
    String others = credentials(email, PASSWORD).without(name).toString();
    String json =
        others.replaceFirst(
            "\\{",
            Matcher.quoteReplacement("{\"%s\": %s, ".formatted(name, value.replace('\'', '"'))));

    var answer = auth.post("/auth/register", json);

    assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
    assertThat(answer.body().path("errors")).hasSize(1);
    assertThat(answer.body().path("errors").get(0).path("field").asText()).isEqualTo(field);
    assertThat(world.emails.findId(email)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "email, 77",
    "username, 65",
    "full_name, 129",
    "public_key, 4097",
    "password, 1025",
  })
  void aFieldIsNoLongerThanItMayBe(String field, int tooLong) {
    String end = field.equals("email") ? "@example.org" : "";
    String longest = "x".repeat(tooLong - 1 - end.length()) + end;

    var refused = auth.register(credentials(newEmail(), PASSWORD).put(field, "x" + longest));
    var accepted = auth.register(credentials(newEmail(), PASSWORD).put(field, longest));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().path("errors").get(0).path("field").asText()).isEqualTo(field);
    assertThat(accepted.status()).isEqualTo(201);
  }

  @Test
  void anAccountHasAtMostSixteenKeys() {
    ObjectNode registration = credentials(newEmail(), PASSWORD);
    var keys = registration.putArray("public_keys");
    for (int i = 0; i < 17; i++) {
      keys.addObject().put("key_id", "k" + i).put("algorithm", "a").put("key_data", "d");
    }

    assertThat(auth.register(registration).status()).isEqualTo(422);
    keys.remove(0);
    assertThat(auth.register(registration).status()).isEqualTo(201);
  }

  /** What is in everybody's list of contacts who has the account. */
  @Test
  void anAccountsKeysAreAtMostEightKilobytesTogether() {
    ObjectNode registration = credentials(newEmail(), PASSWORD);
    var keys = registration.putArray("public_keys");
    for (int i = 0; i < 10; i++) {
      addKey(keys, "k" + i, "x", 3_000);
    }

    var refused = auth.register(registration);

    assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
    assertThat(refused.text("detail"))
        .isEqualTo("public_keys: must be at most 8192 bytes of JSON, all keys together");
    assertThat(refused.body().path("errors")).hasSize(1);
    assertThat(refused.body().path("errors").get(0).path("field").asText())
        .isEqualTo("public_keys");
  }

  @Test
  void theBoundOfAllKeysIsInBytesOfWhatIsKept() {
    ObjectNode longest = credentials(newEmail(), PASSWORD);
    var keys = longest.putArray("public_keys");
    addKey(keys, "k1", "x", 4_096);
    addKey(keys, "k2", "x", 1);
    ObjectNode second = (ObjectNode) keys.get(1);
    int left = 8 * 1024 - keys.toString().length();
    second.put("key_data", "x".repeat(1 + left));

    assertThat(auth.register(longest).status()).isEqualTo(201);
    second.put("key_data", "x".repeat(2 + left));
    assertThat(auth.register(longest.put("email", newEmail())).status()).isEqualTo(422);
    second.put("key_data", "x".repeat(left) + "é");
    assertThat(auth.register(longest.put("email", newEmail())).status()).isEqualTo(422);
  }

  /** In base64: 65 bytes of P-256, 1,184 of ML-KEM-768, 1,952 of ML-DSA-65. */
  @Test
  void theKeysOfEverySuitePassTogether() {
    ObjectNode registration = credentials(newEmail(), PASSWORD);
    registration.put("public_key", "x".repeat(88));
    var keys = registration.putArray("public_keys");
    addKey(keys, "ecdh-1", "ECDH-P256", 88);
    addKey(keys, "ecdsa-1", "ECDSA-P256", 88);
    addKey(keys, "kem-1", "ML-KEM-768", 1_580);
    addKey(keys, "dsa-1", "ML-DSA-65", 2_604);

    assertThat(auth.register(registration).status()).isEqualTo(201);
  }

  private static void addKey(ArrayNode keys, String id, String algorithm, int length) {
    keys.addObject()
        .put("key_id", id)
        .put("algorithm", algorithm)
        .put("key_data", "x".repeat(length))
        .put("created_at", "2026-02-02T10:00:00.000Z")
        .put("status", "active");
  }

  @Test
  void aPasswordsLengthIsInCharactersAfterNfkc() {
    assertThat(auth.register(credentials(newEmail(), "😀".repeat(7))).status()).isEqualTo(422);
    assertThat(auth.register(credentials(newEmail(), "😀".repeat(8))).status()).isEqualTo(201);
    assertThat(auth.register(credentials(newEmail(), "e\u0301".repeat(7))).status()).isEqualTo(422);
    assertThat(auth.register(credentials(newEmail(), "ﬃﬃﬃ")).status()).isEqualTo(201);
    assertThat(auth.register(credentials(newEmail(), "ﬃ".repeat(342))).status()).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/auth/register", "/auth/login", "/auth/refresh", "/auth/logout"})
  void whatIsNoJsonObjectIsMalformedOnEveryRoute(String route) {
    String deep = "[".repeat(100_00) + "]".repeat(100_00);
    for (String body : List.of("", "{", "[]", "7", "{\"email\": \"\uFFFD\"}", deep)) {
      var answer = auth.post(route, body);
      assertThat(answer.status()).as(body).isEqualTo(400);
      assertThat(answer.headers().path("Content-Type").asText())
          .isEqualTo("application/problem+json");
      assertThat(answer.text("detail")).isNotBlank();
    }
    assertThat(auth.post(route, null).status()).isEqualTo(400);
    assertThat(auth.post(route, "{\"a\":\"" + "x".repeat(32 * 1024) + "\"}").status())
        .isEqualTo(413);
  }
}
