package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quantchat.client.json.Json;
import io.quantchat.infra.local.RunningInstance;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Output that can't be written is no success, and what nobody saw isn't marked as read. */
@ExtendWith(RelayExtension.class)
class UnwrittenOutputTest {

  private static final String FULL = "/dev/full";

  /** Bytes; SQLite's driver unpacks a library. */
  private static final long LARGEST_LIBRARY = 2 << 20;

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
    as(ann, "contacts", "add", ben);
    as(ben, "contacts", "add", ann);
  }

  @BeforeEach
  void oneIsUnread() {
    as(ben, "inbox");
    assertThat(as(ann, "send", "ben", "Unread.")).isZero();
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
    return terminal.run(with(email, arguments));
  }

  private static String[] with(String email, String... arguments) {
    return Stream.concat(Stream.of(arguments), Stream.of("--as", email)).toArray(String[]::new);
  }

  private static String store(String email) {
    return terminal.accounts().resolve(Accounts.fileName(email)).toString();
  }

  private static void assertThatItIsStillUnread() {
    assertThat(as(ben, "inbox", "--peek")).isZero();
    assertThat(terminal.printed()).contains("Unread.");
  }

  @Test
  void everyCommandFailsWhoseOutputCantBeWritten() {
    for (List<String> command :
        List.of(
            List.of("contacts"),
            List.of("contacts", "list"),
            List.of("contacts", "add", ann),
            List.of("contacts", "block", "ann"),
            List.of("contacts", "unblock", "ann"),
            List.of("send", "ann", "Out."),
            List.of("inbox"),
            List.of("inbox", "--peek"),
            List.of("chat", "ann"),
            List.of("verify", "ann"),
            List.of("export", "ann"),
            List.of("keys"),
            List.of("keys", "rotate"))) {
      for (List<String> more : List.of(List.<String>of(), List.of("--json"))) {
        if (command.getFirst().equals("export") && !more.isEmpty()) {
          continue;
        }
        terminal.answering(Terminal.PASSPHRASE);
        List<String> words = new ArrayList<>(command);
        words.addAll(more);

        assertThat(terminal.runInVain(with(ben, words.toArray(String[]::new))))
            .as(words.toString())
            .isEqualTo(Exit.FAILED.code());
        assertThat(terminal.noted())
            .as(words.toString())
            .contains("can't be written")
            .hasLineCount(1);
      }
    }
    assertThatItIsStillUnread();
  }

  @Test
  void everyHelpTextFailsThatCantBeWritten() {
    CommandLine all =
        new Main(new Shell(null, System.out, System.err, null, null, null, null, null))
            .commandLine();
    assertThat(names(all)).hasSizeGreaterThan(15);
    for (List<String> command : names(all)) {
      List<String> words = new ArrayList<>(command);
      words.add("--help");

      assertThat(terminal.runInVain(words.toArray(String[]::new)))
          .as(words.toString())
          .isEqualTo(Exit.FAILED.code());
      assertThat(terminal.noted()).contains("can't be written").hasLineCount(1);
    }
    assertThat(terminal.runInVain("help")).isEqualTo(Exit.FAILED.code());
  }

  private static List<List<String>> names(CommandLine of) {
    return of.getSubcommands().entrySet().stream()
        .filter(each -> !each.getKey().equals("help"))
        .flatMap(
            each ->
                Stream.concat(
                    Stream.of(List.of(each.getKey())),
                    names(each.getValue()).stream()
                        .map(
                            name ->
                                Stream.concat(Stream.of(each.getKey()), name.stream()).toList())))
        .toList();
  }

  @Test
  void aChatShowsWhatItMarksAsReadHoweverLittleOfTheHistoryIsAskedFor() {
    assertThat(as(ben, "chat", "ann", "--history", "0")).isZero();

    assertThat(terminal.printed()).contains("Unread.");
    as(ben, "inbox");
    assertThat(terminal.printed()).isEqualTo("Nothing new.\n");
  }

  @Test
  void intoAFullDeviceInboxMarksNothing() throws Exception {
    assumeTrue(Files.exists(Path.of(FULL)), "this system has no " + FULL);

    Ended inbox = run("> " + FULL, "inbox", "--store", store(ben));

    assertThat(inbox.code()).isEqualTo(Exit.FAILED.code());
    assertThat(inbox.noted()).contains("can't be written", "Nothing is marked").hasLineCount(1);
    assertThatItIsStillUnread();
    assertThat(run("> " + FULL, "inbox", "--help").code()).isEqualTo(Exit.FAILED.code());
  }

  @Test
  void intoAPipeThatHasEndedOrIsClosedInboxMarksNothing() throws Exception {
    for (String where : List.of("| true", ">&-")) {
      Ended inbox = run(where, "inbox", "--json", "--store", store(ben));

      assertThat(inbox.code()).as(where).isEqualTo(Exit.FAILED.code());
      assertThatItIsStillUnread();
    }
    assertThat(run("2>&-", "inbox", "--store", store(ben)).code()).isZero();
  }

  /** Its standard input stays open: that nobody will look at it any more can't be seen there. */
  @Test
  void aChatThatNobodyReadsEndsAndMarksNothing() throws Exception {
    Ended chat = run("| true", "chat", "ann", "--store", store(ben));

    assertThat(chat.code()).isEqualTo(Exit.FAILED.code());
    assertThatItIsStillUnread();
  }

  /** The store is smaller by far than what is exported of it. */
  @Test
  void anExportThatDoesntFitLeavesNoFile() throws Exception {
    Path longest = folder.resolve("long.md");
    Files.writeString(longest, earlierExport(60, "é".repeat(30_000)));
    assertThat(as(ann, "import", longest.toString())).isZero();
    Path file = folder.resolve("too-long.md");
    long blocks = Files.size(Path.of(store(ann))) / 512 + LARGEST_LIBRARY / 512;

    Ended export = limited(blocks, "export", "ben", file.toString(), "--store", store(ann));

    assertThat(export.code()).as(export.noted()).isEqualTo(Exit.FAILED.code());
    assertThat(export.noted()).contains("can't be written: nothing of it is there");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(Path::toString))
          .noneMatch(name -> name.contains("too-long") || name.contains(".part"));
    }
    assertThat(as(ann, "export", "ben", file.toString())).isZero();
    assertThat(Files.size(file)).isGreaterThan(blocks * 512);
    assertThat(as(ann, "import", file.toString(), "--json")).isZero();
    assertThat(Json.read(terminal.printed()).flatMap(Json::object).orElseThrow())
        .containsEntry("added", 0);
  }

  private static String earlierExport(int messages, String text) {
    String ownId = contactId(ben, ann);
    String benId = contactId(ann, ben);
    var export = new StringBuilder();
    for (int i = 0; i < messages; i++) {
      export.append(
          "---\nid: %s\nfrom: %s\nto: %s\ntimestamp: 2026-02-02T10:00:00Z\n---\n\n%s\n\n"
              .formatted(UUID.randomUUID(), benId, ownId, text));
    }
    return export.toString();
  }

  private static String contactId(String whose, String email) {
    assertThat(as(whose, "contacts", "list", "--json")).isZero();
    Map<String, Object> said = Json.read(terminal.printed()).flatMap(Json::object).orElseThrow();
    return Json.objects(said.get("contacts")).stream()
        .filter(contact -> email.equals(contact.get("email")))
        .flatMap(contact -> Json.string(contact, "contact_id").stream())
        .findFirst()
        .orElseThrow();
  }

  private record Ended(int code, String noted) {}

  /** Runs a command of the program as a shell does, its output going somewhere. */
  private static Ended run(String where, String... arguments) throws Exception {
    return ended("exec 3>&1; { \"$@\"; echo $? >&3; } " + where, arguments);
  }

  private static Ended limited(long blocks, String... arguments) throws Exception {
    return ended("ulimit -f " + blocks + "; \"$@\" >/dev/null; echo $?", arguments);
  }

  private static Ended ended(String script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
    command.addAll(ChatProcess.command());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--secrets-from", "-"));
    Path noted = Files.createTempFile(folder, "noted", "");
    Process process = new ProcessBuilder(command).redirectError(noted.toFile()).start();
    try {
      Writer secrets = process.outputWriter(StandardCharsets.UTF_8);
      secrets.write(Terminal.PASSPHRASE + "\n");
      secrets.flush();
    } catch (IOException e) {
      // It asked for none.
    }
    String code = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(ChatProcess.LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return new Ended(Integer.parseInt(code.lines().toList().getLast()), Files.readString(noted));
  }
}
