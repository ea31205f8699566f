package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.json.Json;
import io.quantchat.infra.local.RunningInstance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two people send each other files, with a real relay and the storage behind it. */
@ExtendWith(RelayExtension.class)
class FilesTest {

  private static final Pattern HOW_TO_SAVE = Pattern.compile("quantchat save ([0-9a-f]{8})");

  @TempDir private static Path folder;

  private static Terminal terminal;
  private static String ann;
  private static String ben;

  @BeforeAll
  static void twoPeople(RunningInstance relay) {
    terminal = new Terminal(folder);
    relay.write(terminal.running());
    ann = registered("ann");
    ben = registered("ben");
    assertThat(as(ann, "contacts", "add", ben)).isZero();
    assertThat(as(ben, "contacts", "add", ann)).isZero();
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

  @Test
  void whatCantBeSentIsRefusedAndNothingIsKept() throws IOException {
    Path heic =
        file("a.heic", "\0\0\0\u0018ftypheic\0\0\0\0mif1".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(as(ann, "send", "ben", "--file", folder.resolve("none").toString()))
        .isEqualTo(Exit.FAILED.code());
    assertThat(terminal.noted()).contains("There is no file").doesNotContain("fault");
    assertThat(as(ann, "send", "ben", "--file", heic.toString())).isEqualTo(Exit.USAGE.code());
    assertThat(terminal.noted()).contains("--keep-metadata");
    assertThat(as(ann, "send", "ben", "--again", "--file", heic.toString()))
        .isEqualTo(Exit.USAGE.code());
    assertThat(as(ben, "inbox")).isZero();
    assertThat(terminal.printed()).isEqualTo("Nothing new.\n");
    assertThat(as(ann, "send", "ben", "--keep-metadata", "--file", heic.toString())).isZero();
    assertThat(as(ben, "inbox")).isZero();
    assertThat(terminal.printed()).contains("a.heic");
  }

  @Test
  void aFileIsSentShownAndSaved() throws IOException {
    byte[] content = random(100_000);
    Path original = file("report.pdf", content);

    assertThat(as(ann, "send", "ben", "Look", "at", "this", "--file", original.toString()))
        .isZero();
    assertThat(terminal.printed()).contains("sent to ben");
    assertThat(as(ben, "inbox")).isZero();
    assertThat(terminal.printed())
        .contains("Look at this", "[file 1: report.pdf, 100.0 kB, here]", "quantchat save");
    String id = howToSave();
    Path to = folder.resolve("saved.pdf");
    assertThat(as(ben, "save", id, to.toString(), "--json")).isZero();
    assertThat(Json.read(terminal.printed()).flatMap(Json::object).orElseThrow())
        .containsEntry("name", "report.pdf")
        .containsEntry("type", "application/pdf")
        .containsEntry("state", "here")
        .containsEntry("size", 100_000)
        .containsEntry("file", to.toString());
    assertThat(Files.readAllBytes(to)).isEqualTo(content);

    assertThat(as(ben, "save", id, to.toString())).isEqualTo(Exit.FAILED.code());
    assertThat(terminal.noted()).contains("already");
    assertThat(as(ben, "save", id, "--number", "2")).isEqualTo(Exit.USAGE.code());
    assertThat(as(ben, "save", "00000000")).isEqualTo(Exit.USAGE.code());
    assertThat(as(ben, "save", "")).isEqualTo(Exit.USAGE.code());
  }

  @Test
  void aLargeOneIsFetchedWhenItIsSaved() throws IOException {
    byte[] content = random(20 << 20);

    assertThat(as(ann, "send", "ben", "--file", file("film.mp4", content).toString())).isZero();
    assertThat(as(ben, "inbox", "--json")).isZero();
    Map<String, Object> message =
        Json.objects(
                Json.read(terminal.printed()).flatMap(Json::object).orElseThrow().get("messages"))
            .getFirst();
    assertThat(Json.objects(message.get("files")).getFirst())
        .containsEntry("name", "film.mp4")
        .containsEntry("state", "on_server");
    Path to = folder.resolve("film");
    assertThat(as(ben, "save", (String) message.get("message_id"), to.toString())).isZero();

    assertThat(Files.readAllBytes(to)).isEqualTo(content);
  }

  @Test
  void aNameThatDeceivesIsShownHarmlesslyAndNeedsAnotherOne() throws IOException {
    Path original = file("photo\u202egpj.exe", random(10));
    assertThat(as(ann, "send", "ben", "--file", original.toString())).isZero();
    assertThat(as(ben, "inbox")).isZero();

    assertThat(terminal.printed()).doesNotContain("\u202e").contains("photo\uFFFDgpj.exe");
    String id = howToSave();
    assertThat(as(ben, "save", id)).isEqualTo(Exit.USAGE.code());
    assertThat(terminal.noted()).contains("say another one").doesNotContain("\u202e");
    assertThat(as(ben, "save", id, folder.resolve("safe").toString())).isZero();
  }

  private static String howToSave() {
    Matcher matcher = HOW_TO_SAVE.matcher(terminal.printed());
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  private static Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
