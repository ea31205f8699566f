package io.quantchat.auth;

import static io.quantchat.auth.AuthFixture.PASSWORD;
import static io.quantchat.auth.AuthFixture.credentials;
import static io.quantchat.auth.AuthFixture.newEmail;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Parallel;
import io.quantchat.testing.Answer;
import io.quantchat.testing.BeforeRequest;
import io.quantchat.testing.ProxyEvent;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What strangers can do to registering and logging in. */
@StoreTest
class AuthLimitsTest {

  private static final int REGISTRATIONS = 20;
  private static final int TRIES = 10;

  private final AuthFixture auth;
  private final String stranger = address();
  private final String home = address();

  AuthLimitsTest(StoreTables tables) {
    this.auth = new AuthFixture(tables);
  }

  @Test
  void ofManyRegistrationsAtOnceFromOneAddressAsManyAreMadeAsMayBe() {
    List<Answer> answers = atOnce(60, () -> register(stranger));

    assertThat(answers.stream().filter(answer -> answer.status() == 201)).hasSize(REGISTRATIONS);
    Answer refused = answers.stream().filter(answer -> answer.status() != 201).findAny().get();
    refused.expect(429);
    assertThat(refused.headers().path("RateLimit-Policy").asText())
        .isEqualTo("\"registrations\";q=20;w=3600");
    assertThat(register(home).status()).isEqualTo(201);
  }

  @Test
  void whatACallerSaysOfItsAddressCountsForNothing() {
    for (int i = 0; i < REGISTRATIONS; i++) {
      assertThat(register(stranger).status()).isEqualTo(201);
    }
    ObjectNode event = request("/auth/register", newEmail(), PASSWORD, stranger);
    event.withObject("/headers").put("X-Forwarded-For", "198.51.100.77").put("Forwarded", "for=1");

    assertThat(auth.world.call(auth.handler, event).status()).isEqualTo(429);
  }

  @Test
  void theAddressesOfOneNetworkOfIpVersionSixAreOne() {
    String network = "2001:db8:%s:1::".formatted(UUID.randomUUID().toString().substring(0, 4));
    for (int i = 0; i < REGISTRATIONS; i++) {
      assertThat(register(network + i).status()).isEqualTo(201);
    }

    assertThat(register(network + "ffff").status()).isEqualTo(429);
  }

  @Test
  void ofAThousandGuessesAtOnceNoMoreAreLookedAtThanMayBeAndTheOwnerGetsIn() {
    String email = newEmail();
    auth.registered(email);
    int before = auth.argon2.count();

    List<Answer> answers = atOnce(1_000, () -> logIn(email, "a wrong password", stranger));

    assertThat(auth.argon2.count() - before).isEqualTo(TRIES);
    assertThat(answers.stream().filter(answer -> answer.status() == 401)).hasSize(TRIES);
    assertThat(answers.stream().filter(answer -> answer.status() == 429))
        .hasSize(1_000 - TRIES)
        .allMatch(answer -> answer.headers().path("Retry-After").asInt() >= 1);
    assertThat(logIn(email, PASSWORD, home).status()).isEqualTo(200);
  }

  @Test
  void howAnAddressIsSpelledGivesNobodyMoreTries() {
    String email = newEmail();
    auth.registered(email);
    for (int i = 0; i < TRIES; i++) {
      assertThat(logIn(email, "a wrong password", stranger).status()).isEqualTo(401);
    }

    assertThat(logIn(email.toUpperCase(Locale.ROOT), PASSWORD, stranger).status()).isEqualTo(429);
    assertThat(logIn(" " + email.replace("a", "\uff41"), PASSWORD, stranger).status())
        .isEqualTo(429);
  }

  @Test
  void nobodyCanTellByTheLimitWhetherThereIsAnAccount() {
    String email = newEmail();
    String nobodys = newEmail();
    auth.registered(email);

    List<Integer> ofAccount = statuses(email);
    List<Integer> ofNobody = statuses(nobodys);

    assertThat(ofAccount).isEqualTo(ofNobody).endsWith(401, 429);
  }

  @Test
  void withoutTheTableOfLimitsNobodyRegistersOrTriesAPassword() {
    String email = newEmail();
    auth.registered(email);
    AuthHandler cutOff =
        auth.handlerOn(auth.world.tables.client(BeforeRequest.refusing("LimitsTable")));
    int before = auth.argon2.count();

    for (String resource : List.of("/auth/register", "/auth/login")) {
      ObjectNode event = request(resource, email, PASSWORD, home);
      assertThat(auth.world.call(cutOff, event).status()).isEqualTo(503);
    }

    assertThat(auth.argon2.count()).isEqualTo(before);
  }

  private List<Integer> statuses(String email) {
    String from = address();
    return IntStream.range(0, TRIES + 1)
        .mapToObj(i -> logIn(email, "a wrong password", from).status())
        .toList();
  }

  private static List<Answer> atOnce(int calls, Supplier<Answer> call) {
    return Parallel.map(IntStream.range(0, calls).boxed().toList(), i -> call.get());
  }

  private Answer register(String from) {
    return auth.world.call(auth.handler, request("/auth/register", newEmail(), PASSWORD, from));
  }

  private Answer logIn(String email, String password, String from) {
    return auth.world.call(auth.handler, request("/auth/login", email, password, from));
  }

  private static ObjectNode request(String resource, String email, String password, String from) {
    ObjectNode event = ProxyEvent.of("POST", resource);
    return ProxyEvent.from(from, event.put("body", credentials(email, password).toString()));
  }

  private static String address() {
    var id = UUID.randomUUID().toString();
    return "fd00:%s:%s:1::1".formatted(id.substring(0, 4), id.substring(4, 8));
  }
}
