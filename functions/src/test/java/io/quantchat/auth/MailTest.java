package io.quantchat.auth;

import static io.quantchat.auth.AuthFixture.PASSWORD;
import static io.quantchat.auth.AuthFixture.credentials;
import static io.quantchat.auth.AuthFixture.newEmail;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.contacts.ContactsHandler;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Mail;
import io.quantchat.host.Parallel;
import io.quantchat.http.Json;
import io.quantchat.testing.Answer;
import io.quantchat.testing.FakeMail;
import io.quantchat.testing.ProxyEvent;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@StoreTest
class MailTest {

  private static final String NEW_PASSWORD = "battery staple correct horse";

  private final AuthFixture without;
  private final World world;
  private final FakeMail mail;
  private final AuthHandler handler;

  MailTest(StoreTables tables) {
    this.without = new AuthFixture(tables);
    this.world = without.world;
    this.mail = world.mail;
    this.handler =
        new AuthHandler(
            world.withMail(world.hostOf(AuthHandler.class)),
            new Passwords(without.argon2, AuthFixture.CHEAP, without.random));
  }

  @Test
  void whoRegistersVerifiesTheAddressByCodeAndIsFound() {
    String email = newEmail();
    Answer ann = register(email);
    assertThat(profile(ann).body().path("email_verified").booleanValue()).isFalse();
    assertThat(added(email).status()).isEqualTo(404);

    Answer verified =
        verifyByCode(ann, mail.codeTo(email).toLowerCase(Locale.ROOT).replace("-", " "));

    assertThat(verified.status()).isEqualTo(200);
    assertThat(verified.text("email")).isEqualTo(email);
    assertThat(profile(ann).body().path("email_verified").booleanValue()).isTrue();
    assertThat(added(email).text("contact_id")).isEqualTo(ann.text("user_id"));
    assertThat(verifyByCode(ann, mail.codeTo(email)).status()).isEqualTo(422);
  }

  @Test
  void aLinkHasItsTokenInTheFragmentAndIsGoodOnce() {
    String email = newEmail();
    register(email);
    String token = mail.tokenTo(email);
    assertThat(mail.pageTo(email)).isEqualTo("https://api.example.com/auth/email/verify");

    assertThat(verifyByToken(token).status()).isEqualTo(200);
    assertThat(verifyByToken(token).status()).isEqualTo(422);
  }

  @Test
  void ofManyWhoShowOneTokenAtOnceOneHasItsWay() {
    String email = newEmail();
    register(email);
    forgot(email);
    String token = mail.tokenTo(email);

    List<Answer> answers =
        Parallel.map(
            IntStream.range(0, 20).boxed().toList(),
            i -> resetByToken(token, "password number " + i));

    assertThat(answers).extracting(Answer::status).containsOnlyOnce(204);
    assertThat(
            IntStream.range(0, 20)
                .filter(i -> logIn(email, "password number " + i).status() == 200)
                .count())
        .isOne();
  }

  @Test
  void anUnverifiedAddressGivesWayToWhoVerifiesIt() {
    String email = newEmail();
    Answer squatter = register(email);
    Answer owner = register(email);
    assertThat(logIn(email, PASSWORD).text("user_id")).isEqualTo(squatter.text("user_id"));

    assertThat(verifyByCode(owner, mail.codeTo(email)).status()).isEqualTo(200);

    assertThat(added(email).text("contact_id")).isEqualTo(owner.text("user_id"));
    assertThat(profile(squatter).text("email")).isEmpty();
    assertThat(logIn(squatter.text("user_id"), PASSWORD).status()).isEqualTo(200);
    assertThat(logIn(email, PASSWORD).text("user_id")).isEqualTo(owner.text("user_id"));
    assertThat(register(email, 409).status()).isEqualTo(409);
  }

  @Test
  void aVerifiedAddressGivesWayToNobody() {
    String email = newEmail();
    Answer ann = register(email);
    Answer other = register(email);
    String othersCode = mail.codeTo(email);
    verification(ann);
    verifyByCode(ann, mail.codeTo(email));

    Answer late = verifyByCode(other, othersCode);

    assertThat(late.status()).isEqualTo(409);
    assertThat(added(email).text("contact_id")).isEqualTo(ann.text("user_id"));
  }

  @Test
  void aForgottenPasswordIsResetByCodeAndAllSessionsEnd() {
    String email = newEmail();
    Answer ann = register(email);
    forgot(email.toUpperCase(Locale.ROOT));

    Answer done = resetByCode(email, mail.codeTo(email), NEW_PASSWORD);

    assertThat(done.status()).isEqualTo(204);
    assertThat(logIn(email, PASSWORD).status()).isEqualTo(401);
    assertThat(logIn(email, NEW_PASSWORD).status()).isEqualTo(200);
    assertThat(refresh(ann).status()).isEqualTo(401);
    assertThat(mail.to(email))
        .extracting(Mail::subject)
        .last()
        .isEqualTo("Your password was changed");
    assertThat(added(email).status()).isEqualTo(201);
  }

  @Test
  void aPasswordCanBeResetForThirtyMinutes() {
    String email = newEmail();
    register(email);

    forgot(email);
    world.clock.advance(Duration.ofMinutes(30).minusMillis(1));
    assertThat(resetByToken(mail.tokenTo(email), NEW_PASSWORD).status()).isEqualTo(204);
    forgot(email);
    world.clock.advance(Duration.ofMinutes(30));
    assertThat(resetByToken(mail.tokenTo(email), NEW_PASSWORD).status()).isEqualTo(422);
  }

  @Test
  void anAddressCanBeVerifiedForADay() {
    String early = newEmail();
    String late = newEmail();
    register(early);
    register(late);

    world.clock.advance(Duration.ofHours(24).minusMillis(1));
    assertThat(verifyByToken(mail.tokenTo(early)).status()).isEqualTo(200);
    world.clock.advance(Duration.ofMillis(1));
    assertThat(verifyByToken(mail.tokenTo(late)).status()).isEqualTo(422);
  }

  @Test
  void aCodeMayBeTriedTenTimesAndTheLinkGoesOn() {
    String email = newEmail();
    register(email);
    forgot(email);
    String code = mail.codeTo(email);
    List<Answer> guesses =
        Parallel.map(
            IntStream.range(0, 30).boxed().toList(),
            i -> resetByCode(email, "00000-0000" + i % 10, NEW_PASSWORD));
    assertThat(guesses).extracting(Answer::status).containsOnly(422);

    assertThat(resetByCode(email, code, NEW_PASSWORD).status()).isEqualTo(422);
    assertThat(resetByToken(mail.tokenTo(email), NEW_PASSWORD).status()).isEqualTo(204);
  }

  @Test
  void whetherAnAccountExistsIsToldByNoAnswerNoWorkAndNoMailElsewhere() {
    String email = newEmail();
    register(email);
    String nobody = newEmail();

    Answer known = post("/auth/password/forgot", Json.object().put("email", email));
    int begunForKnown = mail.take().size();
    Answer unknown = post("/auth/password/forgot", Json.object().put("email", nobody));
    var begunForUnknown = mail.take();

    assertThat(known.status()).isEqualTo(202);
    assertThat(unknown.status()).isEqualTo(202);
    assertThat(unknown.body()).isEqualTo(known.body());
    assertThat(begunForKnown).isEqualTo(begunForUnknown.size()).isOne();
    begunForUnknown.forEach(event -> world.answer(handler, event));
    assertThat(mail.to(nobody)).isEmpty();
  }

  @Test
  void whoHasLeftIsMailedNothingThoughItWasAskedForBefore() {
    String email = newEmail();
    Answer ann = register(email);
    int before = mail.to(email).size();
    post("/auth/password/forgot", Json.object().put("email", email));

    withToken(ann, "DELETE", "/users/me", Json.object().put("password", PASSWORD)).expect(202);
    forgot(email);

    assertThat(mail.to(email)).hasSize(before);
  }

  @Test
  void anotherAddressTakesTheOldOnesPlaceOnceItIsVerifiedAndTheOldOneIsTold() {
    String email = newEmail();
    String next = newEmail();
    Answer ann = register(email);

    Answer asked = withToken(ann, "POST", "/auth/email", credentials(next, PASSWORD));

    assertThat(asked.status()).isEqualTo(202);
    assertThat(profile(ann).text("email")).isEqualTo(email);
    assertThat(logIn(next, PASSWORD).status()).isEqualTo(401);
    assertThat(verifyByCode(ann, mail.codeTo(next)).status()).isEqualTo(200);
    assertThat(profile(ann).text("email")).isEqualTo(next);
    assertThat(logIn(next, PASSWORD).status()).isEqualTo(200);
    assertThat(logIn(email, PASSWORD).status()).isEqualTo(401);
    assertThat(mail.to(email))
        .extracting(Mail::subject)
        .last()
        .isEqualTo("Your e-mail address was changed");
    assertThat(register(email).status()).isEqualTo(201);
  }

  @Test
  void whoResetsThePasswordVoidsTheAddressThatAThiefAskedFor() {
    String email = newEmail();
    String thiefs = newEmail();
    Answer ann = register(email);
    withToken(ann, "POST", "/auth/email", credentials(thiefs, PASSWORD));
    forgot(email);

    resetByToken(mail.tokenTo(email), NEW_PASSWORD);

    assertThat(verifyByToken(mail.tokenTo(thiefs)).status()).isEqualTo(422);
  }

  @Test
  void aPasswordIsChangedByWhoKnowsItAndAllOtherSessionsEnd() {
    String email = newEmail();
    Answer ann = register(email);
    Answer other = logIn(email, PASSWORD);

    assertThat(change(ann, "another password", NEW_PASSWORD).status()).isEqualTo(403);
    assertThat(change(ann, PASSWORD, "short").status()).isEqualTo(422);
    assertThat(change(ann, PASSWORD, NEW_PASSWORD).status()).isEqualTo(204);

    assertThat(logIn(email, PASSWORD).status()).isEqualTo(401);
    assertThat(logIn(email, NEW_PASSWORD).status()).isEqualTo(200);
    assertThat(refresh(other).status()).isEqualTo(401);
    assertThat(refresh(ann).status()).isEqualTo(200);
  }

  @Test
  void aServerWithoutMailSaysSoAndTakesAddressesOnTheirHoldersWord() {
    Answer ann = without.registered();
    String next = newEmail();

    Answer forgot = without.post("/auth/password/forgot", "{\"email\": \"ann@example.org\"}");
    Answer verify = without.post("/auth/email/verify", "{\"token\": \"t\"}");
    Answer changed =
        without.withToken(
            ann.text("access_token"),
            ProxyEvent.of("POST", "/auth/email")
                .put("body", credentials(next, PASSWORD).toString()));

    assertThat(forgot.status()).isEqualTo(409);
    assertThat(forgot.text("detail")).startsWith("This server sends no mail");
    assertThat(verify.status()).isEqualTo(409);
    assertThat(changed.status()).isEqualTo(200);
    assertThat(without.logIn(next, PASSWORD).status()).isEqualTo(200);
    assertThat(without.profile(ann.text("access_token")).body().has("email_verified")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"email", "password"})
  void aProfileSaysWhereAddressAndPasswordAreChanged(String field) {
    Answer ann = without.registered();

    Answer refused =
        without.withToken(
            ann.text("access_token"),
            ProxyEvent.of("PATCH", "/users/me")
                .put("body", Json.object().put(field, "x").put("username", "new").toString()));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("detail")).contains("POST /auth/" + field);
    assertThat(without.profile(ann.text("access_token")).text("username")).isNotEqualTo("new");
  }

  @Test
  void registeringDoesntFailWhereNoMailCanBeBegun() {
    mail.breakDown();

    assertThat(post("/auth/register", credentials(newEmail(), PASSWORD)).status()).isEqualTo(201);
    assertThat(post("/auth/password/forgot", Json.object().put("email", newEmail())).status())
        .isEqualTo(500);
  }

  @Test
  void noTableHoldsATokenOrACode() {
    String email = newEmail();
    register(email);
    forgot(email);
    List<String> secrets = mail.to(email).stream().map(Mail::text).toList();
    assertThat(secrets).hasSize(2);

    String rows =
        world
            .dynamoDb
            .scan(scan -> scan.tableName(world.table(Variable.EMAIL_PROOFS_TABLE)))
            .items()
            .toString();

    assertThat(rows).doesNotContain(mail.tokenTo(email)).doesNotContain(mail.codeTo(email));
  }

  @Test
  void fewMailsAnHourGoToOneAddressWhoeverAsks() {
    String email = newEmail();
    register(email);
    int before = mail.to(email).size();

    for (int i = 0; i < 9; i++) {
      forgot(email);
    }

    assertThat(mail.to(email)).hasSize(before + 5);
  }

  private Answer register(String email) {
    return register(email, 201);
  }

  private Answer register(String email, int status) {
    Answer answer = post("/auth/register", credentials(email, PASSWORD));
    assertThat(answer.status()).isEqualTo(status);
    return answer;
  }

  private void forgot(String email) {
    assertThat(post("/auth/password/forgot", Json.object().put("email", email)).status())
        .isEqualTo(202);
    doBegun();
  }

  private Answer resetByToken(String token, String password) {
    return reset(Json.object().put("token", token), password);
  }

  private Answer resetByCode(String email, String code, String password) {
    return reset(Json.object().put("email", email).put("code", code), password);
  }

  private Answer reset(ObjectNode proof, String password) {
    return post("/auth/password/reset", proof.put("new_password", password));
  }

  private Answer verifyByToken(String token) {
    return post("/auth/email/verify", Json.object().put("token", token));
  }

  private Answer verifyByCode(Answer account, String code) {
    return post(
        "/auth/email/verify",
        Json.object().put("user_id", account.text("user_id")).put("code", code));
  }

  private void verification(Answer account) {
    Answer answer = withToken(account, "POST", "/auth/email/verification", Json.object());
    assertThat(answer.status()).isEqualTo(202);
  }

  private Answer change(Answer account, String password, String next) {
    return withToken(
        account,
        "POST",
        "/auth/password",
        Json.object().put("password", password).put("new_password", next));
  }

  private Answer refresh(Answer session) {
    return post("/auth/refresh", Json.object().put("refresh_token", session.text("refresh_token")));
  }

  private Answer logIn(String email, String password) {
    return post("/auth/login", credentials(email, password));
  }

  private Answer profile(Answer account) {
    return withToken(account, "GET", "/users/me", Json.object());
  }

  private Answer added(String email) {
    var contacts = new ContactsHandler(world.withMail(world.hostOf(ContactsHandler.class)));
    return world.call(
        contacts,
        world
            .request("POST", "/contacts", world.account("finder"))
            .put("body", Json.object().put("contact_email", email).toString()));
  }

  private Answer withToken(Answer account, String method, String resource, ObjectNode body) {
    ObjectNode event = ProxyEvent.of(method, resource).put("body", body.toString());
    Answer answer = world.call(handler, World.withToken(event, account.text("access_token")));
    doBegun();
    return answer;
  }

  private Answer post(String resource, ObjectNode body) {
    Answer answer =
        world.call(handler, ProxyEvent.of("POST", resource).put("body", body.toString()));
    if (!resource.equals("/auth/password/forgot")) {
      doBegun();
    }
    return answer;
  }

  private void doBegun() {
    mail.take().forEach(event -> world.answer(handler, event));
  }
}
