package io.quantchat.infra.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with a Java that only says what it was asked, and no other program. */
class LauncherTest {

  private static final String SAYS_ITS_WORDS = "#!/bin/sh\nprintf '%s\\n' \"$@\"\n";

  @TempDir Path folder;

  private Path root;
  private Path home;
  private Path runtime;

  private record Said(int code, String out, String err) {}

  @BeforeEach
  void unpack() throws IOException {
    root = Files.createDirectories(folder.toRealPath().resolve("un packed"));
    home = Files.createDirectories(folder.resolve("home"));
    runtime = folder.resolve("runtime");
    program(root.resolve("quantchat"), ThirdParty.resource("quantchat").orElseThrow());
    Path lib = Files.createDirectories(root.resolve("lib"));
    Files.writeString(lib.resolve("backend.txt"), "one.jar\ntwo.jar\n");
    Files.writeString(lib.resolve("client.txt"), "three.jar\n");
    Files.writeString(lib.resolve("demo.txt"), "four.jar\n");
    Files.writeString(lib.resolve("jvm-options.txt"), "--first --second\n");
    java("25.0.3");
  }

  private void java(String version) throws IOException {
    Files.createDirectories(runtime.resolve("bin"));
    Files.writeString(runtime.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    program(runtime.resolve("bin/java"), SAYS_ITS_WORDS.getBytes(StandardCharsets.UTF_8));
  }

  private static void program(Path file, byte[] content) throws IOException {
    Files.write(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Said run(String... words) throws IOException, InterruptedException {
    return run(root.resolve("quantchat"), Map.of(), words);
  }

  private Said run(Path launcher, Map<String, String> variables, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(Map.of("PATH", runtime.resolve("bin").toString(), "HOME", home.toString()));
    builder.environment().putAll(variables);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), out, Files.readString(folder.resolve("err")));
  }

  @Test
  void theBackendRunsOnARuntimeWithoutAnyOtherProgram() throws Exception {
    Said said = run("up", "--port", "0");

    assertThat(said.code()).isZero();
    assertThat(said.out().lines())
        .startsWith("--first", "--second")
        .contains(root.resolve("lib/one.jar") + ":" + root.resolve("lib/two.jar"))
        .contains("-Dquantchat.home=" + root)
        .contains("-Dquantchat.web=" + root.resolve("lib/web"))
        .containsSequence(
            "io.quantchat.infra.local.Runner",
            "--data",
            home.resolve(".local/state/quantchat/data").toString(),
            "--port",
            "0");
  }

  @Test
  void tablesLiveWhereThePersonKeepsStateUnlessTheySayWhere() throws Exception {
    Map<String, String> state = Map.of("XDG_STATE_HOME", "/somewhere");

    assertThat(run(root.resolve("quantchat"), state, "up").out())
        .contains("/somewhere/quantchat/data");
    assertThat(run(root.resolve("quantchat"), state, "up", "--help").out())
        .contains("-Dquantchat.state=/somewhere/quantchat\n");
    assertThat(run("up", "--data", "/mine").out().lines())
        .containsSequence("io.quantchat.infra.local.Runner", "--data", "/mine")
        .noneMatch(line -> line.contains("quantchat/data"));
    assertThat(run("up", "--ephemeral").out().lines()).doesNotContain("--data");
    assertThat(run("up", "--database", "http://db").out().lines()).doesNotContain("--data");
    assertThat(run("up", "--database", "embedded").out().lines()).contains("--data");
  }

  @Test
  void aBackupIsTakenOfTheTablesThatUpRunsOn() throws Exception {
    assertThat(run("backup", "file").out().lines())
        .containsSequence(
            "io.quantchat.infra.local.Backups",
            "backup",
            "--data",
            home.resolve(".local/state/quantchat/data").toString(),
            "file");
    assertThat(run("restore", "file", "--data", "/new").out().lines())
        .containsSequence("io.quantchat.infra.local.Backups", "restore", "file", "--data", "/new");
  }

  @Test
  void whatSomebodyWritesReachesTheClientWordByWord() throws Exception {
    assertThat(run("send", "bob@example.org", "two  words").out().lines())
        .containsSequence("io.quantchat.cli.Main", "send", "bob@example.org", "two  words");
    assertThat(run("demo").out().lines()).contains("io.quantchat.infra.demo.Demo");
    assertThat(run("attack").out().lines()).contains("io.quantchat.infra.demo.attacks.Attacks");
    assertThat(run("check").out().lines()).contains("io.quantchat.infra.demo.check.Check");
  }

  /** What this machine has elsewhere may be new enough, and knows no such options. */
  @Test
  void anOlderJavaIsPassedOver() throws Exception {
    java("24.0.1");

    Said said = run("up");

    assertThat(said.code()).isNotZero();
    assertThat(said.out()).isEmpty();
    assertThat(said.err())
        .satisfiesAnyOf(
            err -> assertThat(err).contains("needs a Java runtime 25 or newer", "adoptium.net"),
            err -> assertThat(err).contains("--first"));
  }

  @Test
  void whatNeedsTheSourcesSaysSo() throws Exception {
    for (String command : List.of("deploy", "bench", "roll-key", "dist")) {
      Said said = run(command);
      assertThat(said.code()).isEqualTo(1);
      assertThat(said.err())
          .isEqualTo(
              command
                  + " needs QuantChat's sources: clone them, and run ./quantchat "
                  + command
                  + " there.\n");
    }
  }

  @Test
  void anUnknownCommandIsNamedWithAllThatThereAre() throws Exception {
    Said said = run("fly");

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("There is no command fly.", "Usage:", "demo");
    assertThat(run().out()).contains("Usage:");
  }

  @Test
  void aLinkToItLeadsToItsFolder() throws Exception {
    program(
        runtime.resolve("bin/readlink"),
        ("#!/bin/sh\nprintf '%s' '" + root.resolve("quantchat") + "'\n")
            .getBytes(StandardCharsets.UTF_8));
    Path link = Files.createSymbolicLink(folder.resolve("link"), root.resolve("quantchat"));

    assertThat(run(link, Map.of(), "up").out()).contains("-Dquantchat.home=" + root + "\n");
  }

  @Test
  void optionsBeforeTheCommandAreRefused() throws Exception {
    Said said = run("--store", "x", "inbox");

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("behind the command").hasLineCount(1);
    assertThat(said.out()).isEmpty();
  }

  @Test
  void whatTheProgramLeavesBehindIsItsOwnersAlone() throws Exception {
    program(
        runtime.resolve("bin/java"),
        "#!/bin/sh\nprintf '%s ' \"$(umask)\" \"$(ulimit -c)\" \"$@\"\n"
            .getBytes(StandardCharsets.UTF_8));

    for (String command : List.of("up", "inbox")) {
      assertThat(run(command).out())
          .matches("0?077 0 [^\n]*\\n?")
          .contains("-XX:ErrorFile=" + home.resolve(".local/state/quantchat/crash-%p.log"));
    }
  }

  @Test
  void aStreamThatIsClosedIsNoFileOfTheProgram() throws Exception {
    program(
        runtime.resolve("bin/java"),
        "#!/bin/sh\nfor i in 0 1 2; do [ -e /dev/fd/$i ] || echo $i; done >\"$HOME/closed\"\n"
            .getBytes(StandardCharsets.UTF_8));

    ProcessBuilder builder =
        new ProcessBuilder(
                "/bin/sh",
                "-c",
                "/bin/sh \"$0\" inbox <&- >&- 2>&-",
                root.resolve("quantchat").toString())
            .directory(folder.toFile());
    builder.environment().clear();
    builder
        .environment()
        .putAll(Map.of("PATH", runtime.resolve("bin").toString(), "HOME", home.toString()));

    assertThat(builder.start().waitFor()).isZero();

    assertThat(home.resolve("closed")).isEmptyFile();
  }
}
