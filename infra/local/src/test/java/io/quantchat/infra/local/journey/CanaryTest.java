package io.quantchat.infra.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.local.OwnBackend;
import io.quantchat.infra.local.contract.ContractCheck;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * No secret comes out where it has no business: not in what the functions and the gateway print,
 * not in a refusal, not in the lines of requests, not on the page for Prometheus. Seen on days when
 * all goes well, and on days when each call to the tables fails and quotes what it was asked.
 */
class CanaryTest {
  private static final long SEED = 15;

  /** As many calls to the tables pass before one fails: further in, fewer requests get. */
  private static final int DEEPEST_FAILURE = 3;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final List<String> requestLines = Collections.synchronizedList(new ArrayList<>());
  private final FailingTables tables = new FailingTables();
  private final SecretSearch secrets = new SecretSearch();
  private OwnBackend backend;
  private Api api;

  @BeforeEach
  void listenToAll() {
    PrintStream heard = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(heard);
    System.setErr(heard);
    backend = OwnBackend.start(tables::before, requestLines::add);
    api = new Api(backend.restUrl(), backend.socketUrl(), new ContractCheck());
  }

  @AfterEach
  void stop() {
    backend.close();
    System.setOut(out);
    System.setErr(err);
  }

  @Test
  void aDayOnWhichAllGoesWellLeavesNoSecretAnywhere() throws Exception {
    CanaryJourney day = new CanaryJourney(api, secrets, SEED, () -> {});
    CanaryJourney.Person ada = day.register();
    CanaryJourney.Person ben = day.register();
    play(day, ada, ben);
    for (Map.Entry<String, String> route :
        Map.of(
                "/auth/register", "POST",
                "/auth/login", "POST",
                "/auth/refresh", "POST",
                "/auth/logout", "POST",
                "/users/me", "PATCH",
                "/contacts", "POST",
                "/relay/send", "POST",
                "/relay/acknowledge", "POST",
                "/keys/bundle", "PUT",
                "/keys/prekeys", "POST")
            .entrySet()) {
      day.malformed(route.getValue(), route.getKey(), ada.token());
    }

    assertThat(requestLines).hasSizeGreaterThan(80);
    requireSilence(day);
  }

  @Test
  void aDayOnWhichTheTablesFailAndQuoteWhatTheyWereAskedLeavesNoneEither() throws Exception {
    CanaryJourney before = new CanaryJourney(api, secrets, SEED, () -> {});
    CanaryJourney.Person ada = before.register();
    CanaryJourney.Person ben = before.register();
    for (int passing = 0; passing < DEEPEST_FAILURE; passing++) {
      int calls = passing;
      CanaryJourney day =
          new CanaryJourney(api, secrets, SEED + 1 + calls, () -> tables.failAfter(calls));
      day.register();
      play(day, ada, ben);
      tables.work();
      requireSilence(day);
    }

    assertThat(tables.quoted()).hasSizeGreaterThan(FailingTables.WAYS * DEEPEST_FAILURE);
    assertThat(secrets.find(String.join("\n", tables.quoted())))
        .as("what would be found if messages were told")
        .hasSizeGreaterThan(2);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .as("that failures are still told")
        .contains("failed: software.amazon.awssdk.services.dynamodb.model.DynamoDbException")
        .contains("ValidationException, status 400, request 8D1NUMBER")
        .contains("\tat io.quantchat.");
  }

  private static void play(CanaryJourney day, CanaryJourney.Person ada, CanaryJourney.Person ben)
      throws Exception {
    day.sessions(ada);
    day.messages(ada, ben, new OwnKeys(new Accounts.User(ada.id(), ada.email(), ada.access(), "")));
    day.socket(ada, ben);
  }

  private void requireSilence(CanaryJourney day) throws Exception {
    StoredRows.of(backend)
        .of("SigningKeysTable")
        .forEach(row -> secrets.add("signing key", row.get("private_key").b().asByteArray()));
    assertThat(secrets.find(printed.toString(StandardCharsets.UTF_8))).as("printed").isEmpty();
    assertThat(secrets.find(String.join("\n", requestLines))).as("requests' lines").isEmpty();
    assertThat(secrets.find(String.join("\n", day.refusals()))).as("refusals").isEmpty();
    assertThat(secrets.find(metrics())).as("metrics").isEmpty();
  }

  private String metrics() throws Exception {
    URI page = backend.metricsUrl();
    String metrics =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
            .body();
    assertThat(metrics).contains("# TYPE");
    return metrics;
  }
}
