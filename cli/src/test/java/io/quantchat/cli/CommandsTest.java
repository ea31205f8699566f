package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.json.Json;
import io.quantchat.infra.local.RunningInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two people who type commands, with a real relay. */
@ExtendWith(RelayExtension.class)
class CommandsTest {

  private static Terminal terminal;
  private static String ann;
  private static String ben;

  @TempDir static Path folder;

  @BeforeAll
  static void twoPeople(RunningInstance relay) {
    terminal = new Terminal(folder);
    relay.write(terminal.running());
    ann = registered("ann");
    ben = registered("ben");
  }

  /** Each test begins with what the last one left unread out of the way. */
  @BeforeEach
  void nothingUnread() {
    as(ann, "contacts", "add", ben);
    as(ben, "inbox");
  }

  private static String registered(String name) {
    String email = name + "-" + UUID.randomUUID() + "@example.org";
    terminal.makeCheapStore(email);
    terminal.answering(Terminal.PASSPHRASE, Terminal.PASSWORD, Terminal.PASSWORD);
    assertThat(terminal.run("register", email, "--name", name)).isZero();
    return email;
  }

  private static int as(String email, String... arguments) {
    terminal.answering(Terminal.PASSPHRASE);
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--as", email));
    return terminal.run(all.toArray(String[]::new));
  }

  private static Map<String, Object> json() {
    assertThat(terminal.printed().lines()).hasSize(1);
    return Json.read(terminal.printed()).flatMap(Json::object).orElseThrow();
  }

  @Test
  void halfACharacterIsNotSentAndTheReasonIsSaid() {
    assertThat(as(ann, "send", "ben", "half \ud83d")).isEqualTo(Exit.USAGE.code());
    assertThat(terminal.noted()).contains("half of a character").doesNotContain("fault");

    assertThat(as(ben, "inbox")).isZero();
    assertThat(terminal.printed()).isEqualTo("Nothing new.\n");
  }

  @Test
  void aMessageIsSentAndReadOnce() {
    assertThat(as(ann, "send", "ben", "Meet", "me", "at", "noon.", "--json")).isZero();
    assertThat(json()).containsEntry("state", "sent").containsEntry("text", "Meet me at noon.");

    assertThat(as(ben, "inbox", "--peek")).isZero();
    assertThat(terminal.printed()).contains("Meet me at noon.");
    assertThat(as(ben, "inbox", "--json")).isZero();
    assertThat(json()).containsEntry("complete", true).containsEntry("refused", List.of());
    assertThat(json().get("messages").toString()).contains("Meet me at noon.");
    assertThat(as(ben, "inbox")).isZero();
    assertThat(terminal.printed()).isEqualTo("Nothing new.\n");
  }

  @Test
  void whatSomebodySendsIsHarmlessWhenItIsShown() {
    terminal.piping("first\u001b[2J\n12:00 ann: second\u009b\n");
    assertThat(as(ann, "send", "ben", "-")).isZero();

    as(ben, "inbox");

    assertThat(terminal.printed()).contains("first␛[2J\n  | 12:00 ann: second\uFFFD\n");
    assertThat(terminal.printed()).doesNotContain("\u001b", "\u009b");
  }

  @Test
  void bothSeeTheSameSafetyNumber() {
    as(ben, "contacts", "add", ann);

    assertThat(as(ann, "verify", "ben", "--json")).isZero();
    Object seenByAnn = json().get("safety_number");
    assertThat(json()).containsEntry("identity_changed", false);
    assertThat(as(ben, "verify", "ann", "--json")).isZero();

    assertThat(json()).containsEntry("safety_number", seenByAnn);
    assertThat(seenByAnn.toString()).matches("(\\d{5} ){11}\\d{5}");
    assertThat(as(ann, "verify", "ben", "--accept", seenByAnn.toString()))
        .isEqualTo(Exit.USAGE.code());
  }

  @Test
  void aChangedIdentityIsRefusedUntilTheNumberThatWasComparedIsAccepted() throws IOException {
    String eve = registered("eve");
    as(ann, "contacts", "add", eve);
    as(ann, "send", "eve", "Before.");
    Files.delete(terminal.accounts().resolve(Accounts.fileName(eve)));
    terminal.makeCheapStore(eve);
    terminal.answering(Terminal.PASSPHRASE, Terminal.PASSWORD);
    assertThat(terminal.run("login", eve)).isZero();

    assertThat(as(ann, "verify", "ben", "--json")).isZero();
    String withSomebodyElse = json().get("safety_number").toString();
    assertThat(as(ann, "verify", "eve", "--json")).isZero();
    assertThat(json()).containsEntry("identity_changed", true);
    String compared = json().get("safety_number").toString();
    assertThat(as(ann, "send", "eve", "Is it you?")).isEqualTo(Exit.ENCRYPTION.code());
    assertThat(terminal.noted()).contains("identity has changed").contains("--accept");
    assertThat(as(ann, "verify", "eve", "--accept", withSomebodyElse))
        .isEqualTo(Exit.ENCRYPTION.code());
    assertThat(as(ann, "send", "eve", "Still you?")).isEqualTo(Exit.ENCRYPTION.code());
    assertThat(as(ann, "verify", "eve", "--accept", compared)).isZero();
    assertThat(as(ann, "send", "eve", "Now.")).isZero();

    as(eve, "inbox");
    assertThat(terminal.printed()).contains("Is it you?", "Still you?", "Now.");
  }

  @Test
  void anExportIsReadInAgain() throws IOException {
    as(ann, "send", "ben", "Keep this.");
    Path file = folder.resolve("ben.md");

    assertThat(as(ann, "export", "ben", file.toString())).isZero();
    assertThat(as(ann, "export", "ben", file.toString())).isEqualTo(Exit.FAILED.code());
    assertThat(as(ann, "export", "ben")).isZero();
    assertThat(unnamed(terminal.printed()))
        .isEqualTo(unnamed(Files.readString(file)))
        .contains("Keep this.");
    assertThat(as(ann, "import", file.toString(), "--json")).isZero();

    assertThat(json()).containsEntry("added", 0).containsEntry("refused", List.of());
    assertThat(json().get("here")).isEqualTo(Files.readString(file).split("\nid: ", -1).length - 1);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  /** Each export has a name of its own, and with it digests of its own. */
  private static String unnamed(String export) {
    String name = export.lines().toList().get(1).split(" ", -1)[2];
    return export.replace(name, "NAME").replaceAll("digest: .*", "digest");
  }

  @Test
  void whatCantBeImportedIsNamedAndTheRestComesIn() throws IOException {
    String eve = registered("eve");
    as(eve, "contacts", "add", ben);
    as(eve, "send", "ben", "First.");
    as(eve, "send", "ben", "Second.");
    as(ben, "inbox");
    Path file = folder.resolve("eve.md");
    as(ben, "contacts", "add", eve);
    assertThat(as(ben, "export", eve, file.toString())).isZero();
    String changed = Files.readString(file).replace("Second.", "Changed.");
    Path changedFile = Files.writeString(folder.resolve("changed.md"), changed);
    assertThat(as(ben, "import", changedFile.toString())).isEqualTo(Exit.FAILED.code());
    assertThat(terminal.printed()).contains("Added 0 messages; 1 were here already.");
    assertThat(terminal.noted()).contains("message 2, line ", "isn't as it was").hasLineCount(1);

    assertThat(as(ben, "import", changedFile.toString(), "--json")).isEqualTo(Exit.FAILED.code());

    assertThat(json()).containsEntry("here", 1);
    assertThat(json().get("refused").toString()).contains("number=2", "isn't as it was");
  }

  @Test
  void optionsBeforeASubcommandAreItsOwn() {
    terminal.answering(Terminal.PASSPHRASE);
    assertThat(terminal.run("contacts", "--as", ann, "--json", "list")).isZero();
    assertThat(json().get("contacts").toString()).contains(ben);

    Path none = folder.resolve("none.db");
    assertThat(terminal.run("contacts", "--store", none.toString(), "list"))
        .isEqualTo(Exit.LOGIN_REQUIRED.code());
    assertThat(none).doesNotExist();
  }

  @Test
  void aConversationIsDeletedWhereThatIsMeant() {
    String gil = registered("gil");
    as(ann, "contacts", "add", gil);
    assertThat(as(ann, "send", "gil", "For your eyes only.")).isZero();

    assertThat(as(ann, "delete", "gil")).isEqualTo(Exit.USAGE.code());
    assertThat(terminal.noted()).contains("gil", "--yes");
    as(ann, "export", "gil");
    assertThat(terminal.printed()).contains("For your eyes only.");

    assertThat(as(ann, "delete", "gil", "--yes", "--json")).isZero();
    assertThat(json()).containsEntry("deleted", 1);
    as(ann, "export", "gil");
    assertThat(terminal.printed()).doesNotContain("For your eyes only.");
    assertThat(as(ann, "delete", "gil")).isZero();
  }

  @Test
  void keysAreShownAndRotated() {
    String fay = registered("fay");
    assertThat(as(fay, "keys", "--json")).isZero();
    assertThat(json())
        .containsEntry("bundle_version", 1)
        .containsEntry("one_time_prekeys_left", 100);
    assertThat(as(fay, "keys", "rotate", "--json")).isZero();

    assertThat(json()).containsEntry("bundle_version", 2);
    assertThat(json().get("keys").toString()).contains("ML-KEM-768", "deprecated");
  }

  @Test
  void keysAreTakenBackAndContactsSeeThemAsRevoked() {
    String gil = registered("gil");

    assertThat(as(gil, "keys", "reset")).isZero();

    assertThat(terminal.printed()).contains("Your safety numbers are the same");
    assertThat(as(gil, "keys", "--json")).isZero();
    assertThat(json())
        .containsEntry("bundle_version", 2)
        .containsEntry("one_time_prekeys_left", 100);
    assertThat(json().get("keys").toString()).contains("revoked").doesNotContain("deprecated");
  }

  @Test
  void thereIsNothingToCompareWithOneself() {
    assertThat(as(ann, "verify", "ben", "--json")).isZero();
    String bensId = (String) json().get("contact_id");

    assertThat(as(ben, "verify", bensId)).isEqualTo(Exit.USAGE.code());

    assertThat(terminal.noted()).contains("That is you");
  }

  @Test
  void whatWasRefusedCanBeDoneAwayWith() {
    assertThat(as(ann, "inbox", "--discard-refused")).isZero();
    assertThat(terminal.noted()).contains("Messages done away with: 0");
  }

  @Test
  void contactsAreBlockedUnblockedAndRemoved() {

    assertThat(as(ann, "contacts", "block", "ben")).isZero();
    as(ann, "contacts");
    assertThat(terminal.printed()).contains(ben).contains("blocked");
    assertThat(as(ann, "contacts", "unblock", ben)).isZero();
    assertThat(as(ann, "contacts", "remove", "BEN", "--json")).isZero();
    assertThat(json()).containsEntry("status", "removed");
    as(ann, "contacts", "list", "--json");

    assertThat(json().get("contacts").toString()).doesNotContain(ben);
  }

  @Test
  void whoIsCalledTheSameIsToldApartByEmail() {
    String other = registered("ben");
    as(ann, "contacts", "add", other);

    assertThat(as(ann, "send", "ben", "Which one?")).isEqualTo(Exit.USAGE.code());
    assertThat(terminal.noted()).contains(ben, other);
    assertThat(as(ann, "send", other, "You.")).isZero();
    assertThat(as(ann, "send", "nobody", "Hello?")).isEqualTo(Exit.USAGE.code());
    assertThat(as(ann, "contacts", "remove", other)).isZero();
  }

  @Test
  void withoutTheServerAMessageIsKeptAndGoesOutLater() {
    String nowhere = "http://localhost:9/api/v1";

    assertThat(as(ann, "send", "ben", "Kept.", "--server", nowhere)).isEqualTo(Exit.KEPT.code());
    assertThat(terminal.noted()).contains("kept").doesNotContain("Exception");
    assertThat(as(ann, "inbox", "--server", nowhere)).isEqualTo(Exit.UNREACHABLE.code());
    assertThat(as(ann, "inbox")).isZero();

    as(ben, "inbox");
    assertThat(terminal.printed()).contains("Kept.");
  }

  @Test
  void afterALogoutALoginIsAskedFor() {
    assertThat(as(ann, "logout", "--json")).isZero();
    assertThat(json()).isEqualTo(Map.of("logged_out", true));

    assertThat(as(ann, "contacts")).isEqualTo(Exit.LOGIN_REQUIRED.code());
    assertThat(as(ann, "send", "ben", "Later.")).isEqualTo(Exit.LOGIN_REQUIRED.code());
    terminal.answering(Terminal.PASSPHRASE, "another password");
    assertThat(terminal.run("login", ann)).isEqualTo(Exit.REFUSED.code());
    terminal.answering(Terminal.PASSPHRASE, Terminal.PASSWORD);
    assertThat(terminal.run("login", "--as", ann)).isZero();
    assertThat(as(ann, "inbox")).isZero();

    as(ben, "inbox");
    assertThat(terminal.printed()).contains("Later.");
  }

  @Test
  void sessionsAreListedAndEnded() {
    assertThat(as(ann, "sessions")).isZero();
    assertThat(terminal.printed())
        .containsPattern("[0-9a-f]{8}  last used .*QuantChat \\(.*\\)  \\(this one\\)");
    assertThat(as(ann, "sessions", "end", "no such session")).isEqualTo(Exit.USAGE.code());
    assertThat(as(ann, "sessions", "end-others")).isZero();

    assertThat(as(ann, "sessions", "--json")).isZero();
    List<?> sessions = (List<?>) json().get("sessions");
    assertThat(sessions).hasSize(1);
    String own = ((Map<?, ?>) sessions.getFirst()).get("session_id").toString();
    assertThat(as(ann, "sessions", "end", own.substring(0, 8), "--json")).isZero();
    assertThat(json()).isEqualTo(Map.of("session_id", own, "status", "ended"));

    assertThat(as(ann, "contacts")).isEqualTo(Exit.LOGIN_REQUIRED.code());
    terminal.answering(Terminal.PASSPHRASE, Terminal.PASSWORD);
    assertThat(terminal.run("login", "--as", ann)).isZero();
  }

  @Test
  void anAccountThatIsTakenLeavesNothingBehind() {
    String taken = ann.toUpperCase(Locale.ROOT).replace("@EXAMPLE.ORG", "@example.org");
    Path store = folder.resolve("other.db");
    terminal.answering(
        Terminal.PASSPHRASE, Terminal.PASSPHRASE, Terminal.PASSWORD, Terminal.PASSWORD);

    assertThat(terminal.run("register", taken, "--store", store.toString()))
        .isEqualTo(Exit.REFUSED.code());
    assertThat(store).doesNotExist();
    assertThat(terminal.noted().lines()).hasSize(1);
  }

  @Test
  void inAPipeEachLineIsAMessageAndEventsAreObjects() {
    terminal.piping("one\n\ntwo\n//three\n/nonsense\n");
    assertThat(as(ann, "chat", "ben", "--json", "--history", "0")).isZero();
    List<Map<String, Object>> events =
        terminal
            .printed()
            .lines()
            .flatMap(line -> Json.read(line).flatMap(Json::object).stream())
            .toList();

    as(ben, "inbox", "--json");

    assertThat(events)
        .filteredOn("event", "message")
        .extracting(event -> event.get("text"))
        .containsExactly("one", "two", "/three");
    assertThat(events).filteredOn("event", "not_sent").hasSize(1);
    assertThat(events).filteredOn("event", "state").hasSizeGreaterThanOrEqualTo(3);
    assertThat(json().get("messages").toString()).contains("one", "two", "/three");
  }

  @Test
  void theEndOfTheLastLineIsNoPartOfAText() {
    for (String end : List.of("\n", "\r\n", "\r", "")) {
      terminal.piping("two\r\nlines" + end);
      assertThat(as(ann, "send", "ben", "-", "--json")).isZero();
      assertThat(json()).containsEntry("text", "two\r\nlines");
    }
  }

  @Test
  void aPipeThatNeverConnectedSaysSoAndWhatWasTried() {
    String nowhere = "http://localhost:9/api/v1";

    assertThat(as(ann, "chat", "ben", "--server", nowhere)).isEqualTo(Exit.UNREACHABLE.code());
    assertThat(terminal.noted())
        .contains("localhost:9", "refused", "--server")
        .doesNotContain("Exception");
    assertThat(as(ann, "chat", "ben", "--history", "0")).isZero();
    assertThat(terminal.noted()).isEmpty();
  }

  @Test
  void whoCantReachAServerIsToldWhichOneAndWhyThatOne() {
    assertThat(as(ann, "contacts", "--server", "http://localhost:9/api/v1"))
        .isEqualTo(Exit.UNREACHABLE.code());
    assertThat(terminal.noted())
        .contains("localhost:9", "refused", "That is the server of --server");

    var elsewhere = new Terminal(folder.resolve("elsewhere"));
    elsewhere.makeCheapStore("new@example.org");
    elsewhere.answering(Terminal.PASSPHRASE, Terminal.PASSWORD, Terminal.PASSWORD);
    int exit =
        elsewhere.run(
            "register",
            "new@example.org",
            "--server",
            "https://nowhere.invalid",
            "--socket-url",
            "wss://nowhere.invalid");
    assertThat(exit).isEqualTo(Exit.UNREACHABLE.code());
    assertThat(elsewhere.noted()).contains("nowhere.invalid:443", "DNS", "--server");
  }

  @Test
  void somebodyWhoseNamePassesForAnothersIsCalledByTheirEmail() {
    String you = registered("you");
    as(you, "contacts", "add", ben);
    as(ben, "contacts", "add", you);
    as(you, "send", "ben", "I agree.");

    as(ben, "inbox");

    assertThat(terminal.printed()).startsWith("◂ ").contains(" " + you + ": I agree.\n");
  }

  @Test
  void aWrongPassphraseOpensNothing() {
    terminal.answering("a wrong passphrase");

    assertThat(terminal.run("inbox", "--as", ann)).isEqualTo(Exit.FAILED.code());
    assertThat(terminal.noted()).contains("passphrase").doesNotContain("a wrong passphrase");
  }
}
