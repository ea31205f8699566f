package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.json.Json;
import io.quantchat.infra.local.RunnerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who types codes of the mails that a real relay has put on disk. */
class MailedCodesTest {

  private static final String NEXT = "battery staple";

  /** A line of its own, unlike the link's. */
  private static final Pattern CODE =
      Pattern.compile("^ {4}([0-9A-Z]{5}-[0-9A-Z]{5})\\r?$", Pattern.MULTILINE);

  /** For a machine that does much else; what comes, comes long before. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private static final Duration POLL = Duration.ofMillis(20);

  private static Terminal terminal;
  private static RunnerProcess relay;

  @TempDir static Path folder;

  @BeforeAll
  static void relayThatPutsMailOnDisk() {
    relay = RunnerProcess.onDisk(folder.resolve("data"), List.of());
    terminal = new Terminal(folder);
    relay.instance().write(terminal.running());
  }

  @AfterAll
  static void stop() {
    relay.close();
  }

  private static String newEmail(String name) {
    return name + "-" + UUID.randomUUID() + "@example.org";
  }

  private static String registered(String name) {
    String email = newEmail(name);
    terminal.makeCheapStore(email);
    terminal.answering(Terminal.PASSPHRASE, Terminal.PASSWORD, Terminal.PASSWORD);
    assertThat(terminal.run("register", email)).isZero();
    return email;
  }

  private static int as(String email, List<String> secrets, String... arguments) {
    terminal.answering(secrets.toArray(String[]::new));
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--as", email));
    return terminal.run(all.toArray(String[]::new));
  }

  private static int as(String email, String... arguments) {
    return as(email, List.of(Terminal.PASSPHRASE), arguments);
  }

  private static int login(String email, String password) {
    return as(email, List.of(Terminal.PASSPHRASE, password), "login");
  }

  /** The codes of the mails to this address, oldest first. */
  private static List<String> codesTo(String email) throws IOException {
    var codes = new ArrayList<String>();
    try (Stream<Path> files = Files.list(folder.resolve("data").resolve("mail"))) {
      for (Path file : files.sorted().toList()) {
        String mail = Files.readString(file);
        if (mail.contains("\r\nTo: " + email + "\r\n")) {
          CODE.matcher(mail).results().map(found -> found.group(1)).forEach(codes::add);
        }
      }
    }
    return codes;
  }

  /** The newest code to this address, once there are so many: mail is sent in the background. */
  private static String awaitCode(String email, int count) throws IOException {
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (codesTo(email).size() < count) {
      assertThat(System.nanoTime() - deadline).as("no mail to " + email).isNegative();
      LockSupport.parkNanos(POLL.toNanos());
    }
    return codesTo(email).getLast();
  }

  private static Map<String, Object> json() {
    return Json.read(terminal.printed()).flatMap(Json::object).orElseThrow();
  }

  @Test
  void aForgottenPasswordIsResetWithTheCodeOfTheMailOnce() throws IOException {
    String ann = registered("ann");
    awaitCode(ann, 1);

    assertThat(terminal.run("password", "forgot", ann)).isZero();
    assertThat(terminal.printed()).contains("If there is an account", "password reset");
    String code = awaitCode(ann, 2);

    terminal.answering("00000-00000", NEXT, NEXT);
    assertThat(terminal.run("password", "reset", ann)).isEqualTo(Exit.REFUSED.code());
    assertThat(terminal.noted())
        .contains("code", "'quantchat password forgot'")
        .doesNotContain("00000-00000", NEXT);
    terminal.answering(code, NEXT, NEXT);
    assertThat(terminal.run("password", "reset", ann)).isZero();
    assertThat(terminal.printed()).contains("all sessions have ended", "quantchat login " + ann);
    terminal.answering(code, "yet another one", "yet another one");
    assertThat(terminal.run("password", "reset", ann)).isEqualTo(Exit.REFUSED.code());

    assertThat(login(ann, Terminal.PASSWORD)).isEqualTo(Exit.REFUSED.code());
    assertThat(login(ann, NEXT)).isZero();
    assertThat(as(ann, "sessions", "--json")).isZero();
    assertThat((List<?>) json().get("sessions")).hasSize(1);
  }

  @Test
  void whoeverHasNoAccountIsToldTheSame() throws IOException {
    String ann = registered("ann");
    String nobody = newEmail("nobody");

    assertThat(terminal.run("password", "forgot", ann)).isZero();
    String toAnn = terminal.printed();
    assertThat(terminal.run("password", "forgot", nobody)).isZero();

    assertThat(terminal.printed()).isEqualTo(toAnn);
    assertThat(codesTo(nobody)).isEmpty();
    assertThat(terminal.run("password", "forgot", nobody, "--json")).isZero();
    assertThat(json()).isEqualTo(Map.of("asked", true));
  }

  @Test
  void whoChangesThePasswordStaysLoggedInAndOthersDont() {
    String ann = registered("ann");
    assertThat(login(ann, Terminal.PASSWORD)).isZero();

    assertThat(as(ann, List.of(Terminal.PASSPHRASE, "not that one", NEXT, NEXT), "password"))
        .isEqualTo(Exit.REFUSED.code());
    assertThat(terminal.noted()).contains("password").doesNotContain("not that one", NEXT);
    assertThat(as(ann, List.of(Terminal.PASSPHRASE, Terminal.PASSWORD, NEXT, NEXT), "password"))
        .isZero();
    assertThat(terminal.printed()).contains("All other sessions have ended");

    assertThat(as(ann, "sessions", "--json")).isZero();
    assertThat((List<?>) json().get("sessions")).hasSize(1);
    assertThat(as(ann, "logout")).isZero();
    assertThat(login(ann, Terminal.PASSWORD)).isEqualTo(Exit.REFUSED.code());
    assertThat(login(ann, NEXT)).isZero();
  }

  @Test
  void anAddressIsVerifiedWithTheNewestCode() throws IOException {
    String ann = registered("ann");
    String first = awaitCode(ann, 1);

    assertThat(as(ann, "email", "send")).isZero();
    assertThat(terminal.printed()).contains(ann, "quantchat email verify");
    String newest = awaitCode(ann, 2);
    assertThat(as(ann, "email", "verify", first)).isEqualTo(Exit.REFUSED.code());
    assertThat(terminal.noted()).contains("code", "'quantchat email send'");
    assertThat(as(ann, "email", "verify", newest, "--json")).isZero();

    assertThat(json()).isEqualTo(Map.of("email", ann, "verified", true));
  }

  @Test
  void anotherAddressIsTheAccountsOnceItIsVerified() throws IOException {
    String ann = registered("ann");
    String other = newEmail("other");

    assertThat(as(ann, List.of(Terminal.PASSPHRASE, "not that one"), "email", "change", other))
        .isEqualTo(Exit.REFUSED.code());
    assertThat(as(ann, List.of(Terminal.PASSPHRASE, Terminal.PASSWORD), "email", "change", other))
        .isZero();
    assertThat(terminal.printed()).contains(other, "on its way");
    assertThat(as(ann, "email", "verify", awaitCode(other, 1))).isZero();
    assertThat(terminal.printed()).contains(other, "is verified");

    assertThat(as(other, "sessions")).isZero();
    assertThat(login(other, Terminal.PASSWORD)).isZero();
    String ben = registered("ben");
    assertThat(as(ben, "contacts", "add", ann)).isEqualTo(Exit.REFUSED.code());
    assertThat(as(ben, "contacts", "add", other)).isZero();
  }
}
