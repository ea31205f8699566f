package io.quantchat.infra.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.local.OwnBackend;
import io.quantchat.infra.local.RunnerProcess;
import io.quantchat.infra.local.contract.ContractCheck;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * No secret comes out where it has no business: not in what the functions and the gateway print,
 * not in a refusal, not in the lines of requests, not on the page for Prometheus; and what is
 * mailed, in no place but the mail. Seen on days when all goes well, and on days when each call to
 * the tables fails and quotes what it was asked.
 */
class CanaryTest {
  private static final long SEED = 15;

  /** As many calls to the tables pass before one fails: further in, fewer requests get. */
  private static final int DEEPEST_FAILURE = 3;

  /** Frames that can't be used, of those that a day has. */
  private static final int REFUSED_FRAMES = 4;

  private static final PrintStream OUT = System.out;
  private static final PrintStream ERR = System.err;
  private static final ByteArrayOutputStream PRINTED = new ByteArrayOutputStream();
  private static final List<String> LINES = Collections.synchronizedList(new ArrayList<>());
  private static final FailingTables TABLES = new FailingTables();
  private static final SecretSearch SECRETS = new SecretSearch();
  private static final Mails MAILS = new Mails(mail -> mail.addTo(SECRETS));
  private static OwnBackend backend;
  private static Api api;

  @BeforeAll
  static void listenToAll() {
    PrintStream heard = new PrintStream(PRINTED, true, StandardCharsets.UTF_8);
    System.setOut(heard);
    System.setErr(heard);
    backend =
        OwnBackend.start(
            TABLES::before,
            line -> {
              LINES.add(line);
              MAILS.accept(line);
            });
    api = new Api(backend.restUrl(), backend.socketUrl(), new ContractCheck());
  }

  @AfterAll
  static void stop() {
    System.setOut(OUT);
    System.setErr(ERR);
    backend.close();
  }

  @Test
  void aDayOnWhichAllGoesWellLeavesNoSecretAnywhere() throws Exception {
    CanaryJourney day = new CanaryJourney(api, SECRETS, SEED, () -> {});
    CanaryJourney.Person ada = day.register();
    CanaryJourney.Person ben = day.register();
    Mails.Mail verification = MAILS.next(ada.email(), Mails.Kind.VERIFY);
    Frames heard = play(day, ada, ben).orElseThrow();
    day.awaitErrors(heard, REFUSED_FRAMES);
    day.askForMails(ada);
    Mails.Mail reset = MAILS.next(ada.email(), Mails.Kind.RESET);
    assertThat(MAILS.next(ada.email(), Mails.Kind.VERIFY)).isNotEqualTo(verification);
    day.proofs(ada, verification, reset);
    assertThat(SECRETS.find(reset.token() + " " + reset.code())).as("in a mail").hasSize(2);
    for (String route :
        List.of(
            "POST /auth/register",
            "POST /auth/login",
            "POST /auth/refresh",
            "POST /auth/logout",
            "POST /auth/password",
            "POST /auth/password/forgot",
            "POST /auth/password/reset",
            "POST /auth/email",
            "POST /auth/email/verify",
            "PATCH /users/me",
            "DELETE /users/me",
            "POST /contacts",
            "POST /relay/send",
            "POST /relay/acknowledge",
            "PUT /keys/bundle",
            "POST /keys/prekeys",
            "POST /media")) {
      String[] parts = route.split(" ", -1);
      day.malformed(parts[0], parts[1], ada.token());
    }

    assertThat(LINES).hasSizeGreaterThan(80);
    requireSilence(day);
  }

  @Test
  void aDayOnWhichTheTablesFailAndQuoteWhatTheyWereAskedLeavesNoneEither() throws Exception {
    CanaryJourney before = new CanaryJourney(api, SECRETS, SEED + 1, () -> {});
    CanaryJourney.Person ada = before.register();
    CanaryJourney.Person ben = before.register();
    Mails.Mail verification = MAILS.next(ada.email(), Mails.Kind.VERIFY);
    before.askForMails(ada);
    Mails.Mail reset = MAILS.next(ada.email(), Mails.Kind.RESET);
    assertThat(MAILS.next(ada.email(), Mails.Kind.VERIFY)).isNotEqualTo(verification);
    for (int passing = 0; passing < DEEPEST_FAILURE; passing++) {
      int calls = passing;
      CanaryJourney day =
          new CanaryJourney(api, SECRETS, SEED + 2 + calls, () -> TABLES.failAfter(calls));
      day.register();
      play(day, ada, ben);
      day.proofs(ada, verification, reset);
      TABLES.work();
      requireSilence(day);
    }

    assertThat(TABLES.quoted()).hasSizeGreaterThan(FailingTables.WAYS * DEEPEST_FAILURE);
    assertThat(SECRETS.find(String.join("\n", TABLES.quoted())))
        .as("what would be found if messages were told")
        .hasSizeGreaterThan(2);
    assertThat(PRINTED.toString(StandardCharsets.UTF_8))
        .as("that failures are still told")
        .contains("failed: software.amazon.awssdk.services.dynamodb.model.DynamoDbException")
        .contains("ValidationException, status 400, request 8D1NUMBER")
        .contains("\tat io.quantchat.");
  }

  /** A relay as people start it, with what it writes of itself. */
  @Test
  @ExtendWith(RunningRelay.class)
  void whatARelayWritesOfItselfHasNoSecretInIt(RunnerProcess relay, Api itsApi) throws Exception {
    CanaryJourney day = new CanaryJourney(itsApi, SECRETS, SEED - 1, () -> {});
    CanaryJourney.Person ada = day.register();
    CanaryJourney.Person ben = day.register();
    Frames heard = day.socket(ada, ben).orElseThrow();
    day.awaitErrors(heard, REFUSED_FRAMES);
    day.askForMails(ada);
    Mails mails = new Mails(mail -> mail.addTo(SECRETS));
    Files.readString(relay.log()).lines().forEach(mails);
    Mails.Mail verification = mails.next(ada.email(), Mails.Kind.VERIFY);
    day.proofs(ada, verification, verification);

    assertThat(SECRETS.find(Files.readString(relay.told()))).as("running.json").isEmpty();
    assertThat(SECRETS.find(Files.readString(relay.log()))).as("log").isEmpty();
    assertThat(SECRETS.find(String.join("\n", day.refusals()))).as("refusals").isEmpty();
  }

  private static Optional<Frames> play(
      CanaryJourney day, CanaryJourney.Person ada, CanaryJourney.Person ben) throws Exception {
    day.sessions(ada);
    day.messages(ada, ben, new OwnKeys(new Accounts.User(ada.id(), ada.email(), ada.access(), "")));
    return day.socket(ada, ben);
  }

  private static void requireSilence(CanaryJourney day) throws Exception {
    StoredRows.of(backend)
        .of("SigningKeysTable")
        .forEach(row -> SECRETS.add("signing key", row.get("private_key").b().asByteArray()));
    assertThat(SECRETS.find(PRINTED.toString(StandardCharsets.UTF_8))).as("printed").isEmpty();
    assertThat(SECRETS.find(String.join("\n", LINES))).as("requests' lines").isEmpty();
    assertThat(SECRETS.find(String.join("\n", day.refusals()))).as("refusals").isEmpty();
    assertThat(SECRETS.find(metrics())).as("metrics").isEmpty();
  }

  private static String metrics() throws Exception {
    URI page = backend.metricsUrl();
    String metrics =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
            .body();
    assertThat(metrics).contains("# TYPE");
    return metrics;
  }
}
