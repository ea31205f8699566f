package io.quantchat.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code ./quantchat up} builds the browser client, with a Node that only notes its work. */
class ClientBuildTest {

  private static final Path SCRIPT =
      Path.of(System.getProperty("quantchat.template")).resolveSibling("web/build.sh");

  private static final List<String> TOOLS =
      List.of(
          "bash",
          "cat",
          "cksum",
          "cp",
          "find",
          "ln",
          "mkdir",
          "mv",
          "ps",
          "readlink",
          "rm",
          "sh",
          "sleep",
          "sort",
          "tr",
          "xargs");

  /** Builds what its sources are, and says so; finds the packages where npm put them. */
  private static final String NODE =
      """
      #!/bin/sh
      case "$1" in
        --version) echo "$NODE_SAYS" ;;
        packages.mjs) [ -e node_modules/installed ] ;;
        *)
          echo build >>"$WORK"
          while [ -e "$HOLD" ]; do sleep 0.05; done
          [ "$BUILD" = works ] || { echo "no such module" >&2; exit 1; }
          mkdir -p "$4"
          cp src/main.tsx "$4/build.json"
          ;;
      esac
      """;

  private static final String NPM =
      """
      #!/bin/sh
      echo npm >>"$WORK"
      [ "$FETCH" = works ] || { echo "no network" >&2; exit 1; }
      mkdir node_modules && : >node_modules/installed
      """;

  @TempDir private Path folder;

  private Path web;
  private Path tools;
  private Path work;
  private Path hold;
  private String version = "v20.19.0";
  private String fetch = "works";
  private String build = "works";

  @BeforeEach
  void layOut() throws IOException {
    web = Files.createDirectories(folder.resolve("pro ject/web"));
    tools = Files.createDirectories(folder.resolve("bin"));
    work = folder.resolve("work");
    hold = folder.resolve("hold");
    Files.copy(SCRIPT, web.resolve("build.sh"));
    Files.createDirectories(web.resolve("src"));
    Files.writeString(web.resolve("package.json"), "{}");
    Files.writeString(web.resolve("package-lock.json"), "{}");
    write("first");
    for (String tool : TOOLS) {
      program(tool, "#!/bin/sh\nexec %s \"$@\"\n".formatted(find(tool)));
    }
    program("node", NODE);
    program("npm", NPM);
  }

  @AfterEach
  void release() throws IOException {
    Files.deleteIfExists(hold);
  }

  private static Path find(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(each -> Path.of(each, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private void program(String name, String text) throws IOException {
    Path file = Files.writeString(tools.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void write(String source) throws IOException {
    Files.writeString(web.resolve("src/main.tsx"), source);
  }

  private Process start() throws IOException {
    String script =
        """
        set -euo pipefail
        say() { printf '%s\\n' "$*" >&2; }
        . "$root/web/build.sh"
        build_web
        """;
    ProcessBuilder builder =
        new ProcessBuilder(tools.resolve("bash").toString(), "-c", script)
            .redirectErrorStream(true);
    var environment = builder.environment();
    environment.clear();
    environment.put("PATH", tools.toString());
    environment.put("root", Objects.requireNonNull(web.getParent()).toString());
    environment.put("WORK", work.toString());
    environment.put("HOLD", hold.toString());
    environment.put("NODE_SAYS", version);
    environment.put("FETCH", fetch);
    environment.put("BUILD", build);
    return builder.start();
  }

  /** What it said. It always ends well: all else runs whether or not there is a client. */
  private static String ended(Process process) throws Exception {
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private String run() throws Exception {
    return ended(start());
  }

  private List<String> done() throws IOException {
    return Files.exists(work) ? Files.readAllLines(work) : List.of();
  }

  private Path client() {
    return web.resolve("target/dist/build.json");
  }

  private void leavesNothingBehind() throws IOException {
    try (Stream<Path> left = Files.list(web.resolve("target"))) {
      assertThat(left.map(each -> String.valueOf(each.getFileName())))
          .isSubsetOf("dist", "sources", "build.log");
    }
  }

  @Test
  void itIsBuiltOnceAndAgainWhenItsSourcesChange() throws Exception {
    assertThat(run()).startsWith("Building the browser client").contains("done in");
    assertThat(client()).hasContent("first");
    assertThat(run()).isEmpty();
    assertThat(done()).containsExactly("npm", "build");

    Files.writeString(web.resolve("src/main.test.tsx"), "a test");
    assertThat(run()).isEmpty();

    write("second");
    run();
    assertThat(client()).hasContent("second");
    assertThat(done()).containsExactly("npm", "build", "build");
    leavesNothingBehind();
  }

  @Test
  void withoutNodeItSaysWhatToInstall() throws Exception {
    Files.delete(tools.resolve("node"));

    assertThat(run())
        .hasLineCount(1)
        .startsWith("The browser client is left out: Node 20.19, 22.12 or newer is needed")
        .endsWith("Everything else runs.\n");
    assertThat(web.resolve("target")).doesNotExist();
  }

  @Test
  void withoutNpmToo() throws Exception {
    Files.delete(tools.resolve("npm"));

    assertThat(run()).startsWith("The browser client is left out: Node");
  }

  @Test
  void aNodeThatIsTooOldIsNamed() throws Exception {
    for (String old : new String[] {"v18.20.4", "v20.18.9", "v21.7.0", "v22.11.0", "", "x"}) {
      version = old;

      assertThat(run()).as(old).contains("and this is Node").hasLineCount(1);
    }
    for (String young : new String[] {"v20.19.0", "v22.12.0", "v24.1.0"}) {
      version = young;
      write(young);
      run();

      assertThat(client()).hasContent(young);
    }
  }

  @Test
  void whereNpmCannotFetchTheRestRuns() throws Exception {
    fetch = "fails";

    assertThat(run())
        .contains("The browser client is left out: npm could not install its packages;")
        .contains("Everything else runs.");
    assertThat(web.resolve("target/build.log")).content().contains("no network");
    assertThat(client()).doesNotExist();
    leavesNothingBehind();
  }

  @Test
  void whatNpmCannotReplaceStays() throws Exception {
    Files.createDirectories(web.resolve("node_modules/older"));
    fetch = "fails";

    run();

    assertThat(web.resolve("node_modules/older")).exists();
  }

  @Test
  void packagesBehindALinkAreNotTouched() throws Exception {
    Path others = Files.createDirectories(folder.resolve("others/node_modules"));
    Files.writeString(others.resolve("theirs"), "");
    Files.createSymbolicLink(web.resolve("node_modules"), others);

    assertThat(run()).contains("npm could not install its packages");
    assertThat(done()).isEmpty();
    assertThat(others.resolve("theirs")).exists();
  }

  @Test
  void aBuildThatFailsLeavesTheOneBefore() throws Exception {
    run();
    write("broken");
    build = "fails";

    assertThat(run())
        .contains("The browser client stays as it was built before: its build failed;");
    assertThat(client()).hasContent("first");
    assertThat(web.resolve("target/build.log")).content().contains("no such module");
    leavesNothingBehind();

    build = "works";
    run();
    assertThat(client()).hasContent("broken");
  }

  @Test
  void withoutNodeTheOneBeforeStays() throws Exception {
    run();
    write("newer");
    Files.delete(tools.resolve("node"));

    assertThat(run()).startsWith("The browser client stays as it was built before: Node");
  }

  @Test
  void twoAtOnceBuildItOnce() throws Exception {
    Files.writeString(hold, "");
    Process first = start();
    awaitBuild(first);
    Process second = start();
    byte[] waits = second.getInputStream().readNBytes("Waiting for process".length());
    assertThat(new String(waits, StandardCharsets.UTF_8)).isEqualTo("Waiting for process");

    Files.delete(hold);
    ended(first);
    ended(second);

    assertThat(done()).containsExactly("npm", "build");
    assertThat(client()).hasContent("first");
    leavesNothingBehind();
  }

  @Test
  void theTurnOfOneThatWasKilledIsTaken() throws Exception {
    Files.writeString(hold, "");
    Process killed = start();
    awaitBuild(killed);
    killed.destroyForcibly().waitFor();
    Files.delete(hold);

    run();

    assertThat(client()).hasContent("first");
    assertThat(done()).endsWith("build", "build");
  }

  private void awaitBuild(Process process) throws Exception {
    while (!done().contains("build")) {
      if (!process.isAlive()) {
        throw new AssertionError("It ended without building: " + ended(process));
      }
      Thread.sleep(10);
    }
  }
}
