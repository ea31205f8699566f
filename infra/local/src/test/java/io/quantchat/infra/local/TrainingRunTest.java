package io.quantchat.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.local.database.Place;
import io.quantchat.infra.stack.Tables;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {

  private final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();

  @TempDir Path temporary;

  @Test
  void relaysThroughTheWholeBackendAndAsksForWhatIsPending() throws Exception {
    assertThat(TrainingRun.run(options(template()), List.of())).isZero();

    assertThat(requests)
        .filteredOn(line -> line.contains("POST") && line.contains("/relay/send"))
        .hasSizeGreaterThanOrEqualTo(100)
        .allMatch(line -> line.contains("201"));
    assertThat(requests).anyMatch(line -> line.contains("/relay/pending"));
    assertThat(requests).anyMatch(line -> line.contains("/relay/acknowledge"));
  }

  @Test
  void asksAgainWhereTheRelayCouldNotAnswer() throws Exception {
    try (LocalGateway gateway = LocalGateway.start(options(template()));
        UnreliableRelay relay = new UnreliableRelay(gateway.restUrl());
        HttpClient http = HttpClient.newHttpClient()) {
      new TrainingRun(http, relay.url(), gateway.socketUrl()).play();

      assertThat(relay.spoiled())
          .contains("POST /api/v1/auth/register", "POST /api/v1/contacts")
          .contains("POST /api/v1/relay/send", "POST /api/v1/relay/acknowledge");
    }
  }

  @Test
  void tellsTheProgramBesideItWhereToTrain() throws Exception {
    Path told = temporary.resolve("told");

    int code =
        TrainingRun.run(
            options(template()), List.of("sh", "-c", "printf %s \"$1\" >\"$0\"", told.toString()));

    assertThat(code).isZero();
    assertThat(Files.readString(told)).matches("http://localhost:[0-9]+/api/v1");
  }

  @Test
  void failsWhereTheProgramBesideItFails() throws Exception {
    assertThat(TrainingRun.run(options(template()), List.of("sh", "-c", "exit 3"))).isEqualTo(1);
  }

  @Test
  void failsWhereTheBackendCannotStart() throws Exception {
    assertThat(TrainingRun.run(options(temporary.resolve("none.yaml")), List.of())).isEqualTo(1);
  }

  private static Path template() {
    return Path.of(System.getProperty("quantchat.template"));
  }

  private Options options(Path template) {
    return new Options(
        Listening.onLocalhost(0),
        new Place.Memory(),
        Optional.empty(),
        template,
        Map.of(),
        Tables.Reaping.AS_DECLARED,
        requests::add);
  }
}
