package io.quantchat.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.local.database.DatabaseUrl;
import io.quantchat.infra.local.database.Place;
import io.quantchat.infra.local.server.ListenAddress;
import io.quantchat.infra.local.server.TrustedProxies;
import io.quantchat.infra.local.terminal.Typed;
import io.quantchat.infra.local.tls.CertificateFiles;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpCommandTest {

  private static final Path HOME = Path.of("project");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private Options parse(String... words) {
    AtomicReference<Options> options = new AtomicReference<>();
    assertThat(
            run(
                asked -> {
                  options.set(asked);
                  return 0;
                },
                words))
        .isZero();
    return options.get();
  }

  private int run(UpCommand.Start start, String... words) {
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return Typed.of(new UpCommand(HOME, line -> {}, start), out, out).run(List.of(words));
  }

  @Test
  void withoutOptionsEverythingLiesInTheProject() {
    Options options = parse();

    assertThat(options.listening().port()).isEqualTo(8080);
    assertThat(options.tables()).isEqualTo(new Place.Folder(HOME.resolve(".quantchat/data")));
    assertThat(options.template()).isEqualTo(HOME.resolve("template.yaml"));
    assertThat(options.parameters()).isEmpty();
  }

  @Test
  void everyOptionIsHeard() {
    Options options =
        parse(
            "--port",
            "0",
            "--data",
            "elsewhere",
            "--template",
            "other.yaml",
            "--parameter",
            "AccessTokenMinutes=1",
            "--parameter",
            "AllowedOrigin=https://a.test?b=c");

    assertThat(options.listening().port()).isZero();
    assertThat(options.tables()).isEqualTo(new Place.Folder(Path.of("elsewhere")));
    assertThat(options.template()).isEqualTo(Path.of("other.yaml"));
    assertThat(options.parameters())
        .isEqualTo(Map.of("AccessTokenMinutes", "1", "AllowedOrigin", "https://a.test?b=c"));
  }

  @Test
  void ephemeralLeavesNoFolder() {
    assertThat(parse("--ephemeral").tables()).isEqualTo(new Place.Memory());
  }

  @Test
  void theDatabaseIsInTheProcessUnlessAnotherIsNamed() throws Exception {
    assertThat(parse("--database", "embedded").tables()).isEqualTo(parse().tables());
    assertThat(parse("--database", "embedded", "--data", "a").tables())
        .isEqualTo(new Place.Folder(Path.of("a")));
    assertThat(parse("--database", "embedded", "--ephemeral").tables())
        .isEqualTo(new Place.Memory());

    DatabaseUrl url = DatabaseUrl.parse("http://localhost:8000");
    assertThat(parse("--database", "http://localhost:8000/").tables())
        .isEqualTo(new Place.Elsewhere(url, Place.Creation.NEVER));
    assertThat(parse("--database", "http://localhost:8000", "--create-tables").tables())
        .isEqualTo(new Place.Elsewhere(url, Place.Creation.ON_REQUEST));
  }

  @Test
  void aDatabaseThatHasAPasswordInItsUrlIsRefusedWithoutRepeatingIt() {
    assertRefused(
        "--database takes no user and password in its URL: set AWS_ACCESS_KEY_ID and"
            + " AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, instead.",
        "--database",
        "https://ana:hunter2@example.org");

    assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "",
        "localhost:8000",
        "ftp://localhost",
        "http://",
        "http://a b",
        "http://localhost:99999",
        "EMBEDDED"
      })
  void aDatabaseThatIsNoUrlIsRefused(String typed) {
    assertRefused(
        "--database needs 'embedded' or a URL such as https://dynamodb.eu-west-1.amazonaws.com or"
            + " http://localhost:8000.",
        "--database",
        typed);
  }

  @ParameterizedTest
  @CsvSource({
    "up, There is no option up.",
    "--prot 1, There is no option --prot.",
    "--port, --port needs a value.",
    "--port 65536, --port needs a number from 0 to 65535.",
    "--port -1, --port needs a number from 0 to 65535.",
    "--port x, --port needs a number from 0 to 65535.",
    "--data, --data needs a value.",
    "--template, --template needs a value.",
    "--parameter x, --parameter needs NAME=VALUE.",
    "--parameter =x, --parameter needs NAME=VALUE.",
    "--data a --ephemeral, --data and --ephemeral exclude each other.",
    "--data a --database http://a, --database with a URL and --data exclude each other.",
    "--ephemeral --database http://a, --database with a URL and --ephemeral exclude each other.",
    "--create-tables, --create-tables needs --database with a URL.",
    "--create-tables --database embedded, --create-tables needs --database with a URL.",
    "--database, --database needs a value.",
    "--database http://a?b=c, --database needs a URL without ? and #.",
    "--host nowhere.invalid, '--host: \"nowhere.invalid\" is no address, and no name of one.'",
    "--host ::1 --host ::1, --host can be given once.",
    "--tls-cert a, --tls-cert and --tls-key need each other.",
    "--tls-key a, --tls-cert and --tls-key need each other.",
    "--tls-cert a --tls-cert b, --tls-cert can be given once.",
    "--tls-cert a --tls-key b --plain-http, --plain-http and --tls-cert exclude each other.",
    "--trust-forwarded 10.0.0.1/8, '--trust-forwarded: \"10.0.0.1/8\" is no network: it would begin"
        + " at 10.0.0.0.'",
    "--trust-forwarded proxy, '--trust-forwarded: \"proxy\" is neither an address nor a network"
        + " such as 10.0.0.0/8.'",
    "--public-url https://a/b, '--public-url: \"https://a/b\" has more than scheme, host and port:"
        + " the APIs stand at the root of a host.'",
    "--public-url x, '--public-url: \"x\" is no URL such as https://chat.example.org.'",
    "--metrics-port x, --metrics-port needs a number from 0 to 65535.",
    "--metrics-port 1 --metrics-port 2, --metrics-port can be given once.",
    "--metrics-host ::1, --metrics-host needs --metrics-port.",
  })
  void whatIsNotUnderstoodIsNamed(String words, String complaint) {
    assertRefused(complaint, words.split(" ", -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
  void tokensDoNotTravelInClearUnlessThatIsAskedFor(String host) {
    assertRefused(
        "--host %s would let tokens travel in clear: add --tls-cert and --tls-key, or"
                .formatted(host)
            + " --trust-forwarded with the proxy that does TLS, or say --plain-http.",
        "--host",
        host);

    assertThat(parse("--host", host, "--plain-http").listening().where().isLoopback()).isFalse();
    assertThat(parse("--host", host, "--trust-forwarded", "10.0.0.1").listening().proxies())
        .isNotEqualTo(TrustedProxies.NONE);
    assertThat(parse("--host", host, "--tls-cert", "c", "--tls-key", "k").listening().certificate())
        .contains(new CertificateFiles(Path.of("c"), Path.of("k")));
  }

  @Test
  void byDefaultOnlyThisMachineReachesItAndPrometheusNothing() {
    Listening listening = parse().listening();

    assertThat(listening.where()).isEqualTo(ListenAddress.localhost());
    assertThat(listening.proxies().isEmpty()).isTrue();
    assertThat(listening.metrics()).isEmpty();
    assertThat(listening.url(8080).http("/x")).hasToString("http://localhost:8080/x");
  }

  @Test
  void clientsAreToldThePublicUrl() {
    assertThat(
            parse("--public-url", "https://chat.example.org").listening().url(8080).socket("/ws"))
        .hasToString("wss://chat.example.org/ws");
    assertThat(parse("--tls-cert", "c", "--tls-key", "k").listening().url(8443).http("/x"))
        .hasToString("https://localhost:8443/x");
    assertThat(parse("--host", "::1").listening().url(1).http("/x"))
        .hasToString("http://[::1]:1/x");
  }

  @Test
  void prometheusMayAskOnThisMachineOrAtAnAddress() {
    assertThat(parse("--metrics-port", "9").listening().metrics())
        .contains(new Listening.MetricsPort(ListenAddress.localhost(), 9));
    assertThat(
            parse("--metrics-port", "9", "--metrics-host", "0.0.0.0")
                .listening()
                .metrics()
                .orElseThrow()
                .where()
                .isLoopback())
        .isFalse();
  }

  @Test
  void noNameIsNotTheCurrentFolder() {
    assertRefused("--data needs the name of a folder.", "--data", "");
  }

  @Test
  void whatCantBeAPathIsNamed() {
    assertRefused("--data can't be a\0b.", "--data", "a\0b");
  }

  private void assertRefused(String complaint, String... words) {
    UpCommand.Start never =
        options -> {
          throw new AssertionError("started with " + options);
        };

    assertThat(run(never, words)).isEqualTo(2);

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .startsWith(complaint + System.lineSeparator())
        .contains("Usage: ./quantchat up");
  }

  @Test
  void helpListsEveryOption() {
    assertThat(run(options -> 1, "--help")).isZero();

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("--port N", "--data DIR", "--ephemeral", "--template FILE")
        .contains("--database embedded|URL", "--create-tables")
        .contains("--parameter NAME=VALUE", "(default 8080; 0: any free port)")
        .contains("--host ADDRESS", "--tls-cert FILE", "--tls-key FILE", "--plain-http")
        .contains("--trust-forwarded ADDRESS", "--public-url URL")
        .contains("--metrics-port N", "--metrics-host ADDRESS");
  }

  @Test
  void helpSaysWhereTheTablesLiveAlsoInAnArchive() {
    assertThat(run(options -> 1, "--help")).isZero();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("(default data in .quantchat of the project)");

    printed.reset();
    System.setProperty("quantchat.state", "/somewhere/quantchat");
    try {
      assertThat(run(options -> 1, "--help")).isZero();
    } finally {
      System.clearProperty("quantchat.state");
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("(default data in /somewhere/quantchat)");
  }
}
