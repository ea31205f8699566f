package io.quantchat.infra.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * When {@code ./quantchat} builds what it runs, with a Maven that only notes its work and a Java
 * that does nothing. The script runs in a copy of its project.
 */
class BuiltAnewTest {

  private static final Path SCRIPT =
      Path.of(System.getProperty("quantchat.template")).resolveSibling("quantchat");

  private static final String CLASS_PATH = "infra/local/target/class-path.txt";

  /** Names the modules as the real one does. */
  private static final String MAVEN =
      """
      #!/bin/sh
      case "$1" in
        --version) echo "Apache Maven 3.9.9" ;;
        *)
          echo built >>"$WORK"
          for module in functions crypto client; do
            mkdir -p "$module/target" && echo "jar $(wc -l <"$WORK")" >"$module/target/$module.jar"
          done
          mkdir -p cli/target
          printf '%s' "$PWD/functions/target/functions.jar:$PWD/crypto/target/crypto.jar" \\
            >infra/local/target/class-path.txt
          printf '%s' "$PWD/client/target/client.jar:$PWD/crypto/target/crypto.jar" \\
            >cli/target/class-path.txt
          # As if somebody had saved a file once Maven was past it.
          if [ -n "$SAVED" ]; then
            echo "saved meanwhile" >"$SAVED"
            until [ "$SAVED" -nt infra/local/target/build-began ]; do touch "$SAVED"; done
          fi
          ;;
      esac
      """;

  @TempDir private Path folder;

  private Path project;
  private Path tools;
  private Path work;

  @BeforeEach
  void layOut() throws IOException {
    project = Files.createDirectories(folder.toRealPath().resolve("pro ject"));
    tools = Files.createDirectories(folder.resolve("jdk/bin"));
    work = folder.resolve("work");
    Files.copy(SCRIPT, project.resolve("quantchat"));
    write("pom.xml");
    for (String module : List.of("functions", "crypto", "client", "cli", "infra/local")) {
      write(module + "/pom.xml");
      write(module + "/src/main/java/io/A.java");
    }
    program("mvn", MAVEN);
    program("java", "#!/bin/sh\n");
    program("javac", "#!/bin/sh\n");
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
  }

  private void program(String name, String text) throws IOException {
    Path file = Files.writeString(tools.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path write(String file) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, "changed");
  }

  /** Writes a file after all else. */
  private void change(String file) throws IOException {
    FileTime built = Files.getLastModifiedTime(project.resolve(CLASS_PATH));
    Files.setLastModifiedTime(write(file), FileTime.from(built.toInstant().plusSeconds(1)));
  }

  private void run(String saved, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", project + "/quantchat"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH",
                tools + ":/usr/bin:/bin",
                "HOME",
                folder.toString(),
                "JAVA_HOME",
                folder.resolve("jdk").toString(),
                "WORK",
                work.toString(),
                "SAVED",
                saved));
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private int builds() throws IOException {
    return Files.readAllLines(work).size();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pom.xml",
        ".mvn/maven.config",
        "functions/pom.xml",
        "functions/src/main/java/io/A.java",
        "functions/src/main/resources/a.txt",
        "crypto/pom.xml",
        "crypto/src/main/java/io/A.java",
        "infra/local/pom.xml",
        "infra/local/src/main/java/io/A.java"
      })
  void theBackendIsBuiltAgainWhenAnyOfItsSourcesChanges(String source) throws Exception {
    run("", "backup", "file");
    run("", "backup", "file");
    assertThat(builds()).isEqualTo(1);

    change(source);
    run("", "backup", "file");

    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void theClientIsBuiltAgainForItsOwnSourcesAlone() throws Exception {
    run("", "inbox");
    change("functions/src/main/java/io/A.java");
    change("crypto/src/test/java/io/ATest.java");
    run("", "inbox");
    assertThat(builds()).isEqualTo(1);

    change("crypto/src/main/java/io/A.java");
    run("", "inbox");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void whatRunsKeepsTheFilesThatItHasOpen() throws Exception {
    run("", "backup", "file");
    Path built = project.resolve("crypto/target/crypto.jar");
    Path open = Files.createLink(folder.resolve("open"), built);
    Path library = write("cli/target/sqlite/Linux/libsqlitejdbc.so");
    Path mapped = Files.createLink(folder.resolve("mapped"), library);
    String before = Files.readString(open);

    change("crypto/src/main/java/io/A.java");
    run("", "backup", "file");

    assertThat(open).hasContent(before);
    assertThat(Files.readString(built)).isNotEqualTo(before);
    assertThat(Files.isSameFile(mapped, library)).isFalse();
    assertThat(library).hasSameBinaryContentAs(mapped);
  }

  @Test
  void whatWasSavedWhileMavenRanIsBuiltTheNextTime() throws Exception {
    run("crypto/src/main/java/io/A.java", "backup", "file");
    run("", "backup", "file");
    assertThat(builds()).isEqualTo(2);

    run("", "backup", "file");
    assertThat(builds()).isEqualTo(2);
  }
}
