package io.quantchat.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quantchat.infra.local.backup.BackupFile;
import io.quantchat.infra.local.backup.RunningSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Other users of the machine can walk to where the server keeps its things, and read none of them.
 * Asked of the system as another user where this one is root, and of the permissions everywhere.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "Only Linux has /proc and setpriv.")
class OtherUsersTest {

  /** That of nobody, whom every Linux has. */
  private static final String NOBODY = "65534";

  private static final String LISTENING = "0A";

  @TempDir Path open;
  private Path data;
  private Path temporary;
  private RunnerProcess runner;

  @BeforeEach
  void run() throws Exception {
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    data = Files.createDirectory(open.resolve("data"));
    temporary = Files.createDirectory(open.resolve("temporary"));
    runner = RunnerProcess.onDisk(data, List.of("-Djava.io.tmpdir=" + temporary));
    register();
    new BackupFile(open.resolve("backup"), false).write(RunningSource.in(data).orElseThrow());
  }

  @AfterEach
  void stop() {
    runner.close();
  }

  private void register() throws Exception {
    String body = "{\"email\":\"ann@example.org\",\"password\":\"correct horse battery staple\"}";
    URI url = URI.create(runner.instance().restUrl() + "/auth/register");
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(Patience.LONGEST)
            .POST(BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(201);
    }
  }

  @Test
  void noFileIsOpenToOthers() throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.walk(open)) {
      files = all.filter(file -> !Files.isDirectory(file)).toList();
    }

    assertThat(files)
        .anyMatch(file -> file.endsWith("tables.db"))
        .anyMatch(file -> file.endsWith("backup"))
        .filteredOn(this::isOpenToOthers)
        .isEmpty();
  }

  /** Whoever can't enter a folder reaches nothing in it. */
  private boolean isOpenToOthers(Path file) {
    try {
      for (Path at = file; !at.equals(open); at = at.getParent()) {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(at);
        if (!permissions.contains(PosixFilePermission.OTHERS_EXECUTE) && Files.isDirectory(at)) {
          return false;
        }
      }
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return permissions.contains(PosixFilePermission.OTHERS_READ)
          || permissions.contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Test
  void anotherUserReadsNoFileNorTheProcess() throws Exception {
    assumeTrue(canBecomeAnother(), "Only root can become another user, and with setpriv.");
    String process = "/proc/" + runner.instance().process();
    Path letter = Files.writeString(open.resolve("letter"), "to all");
    Files.setPosixFilePermissions(letter, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(asNobody("find", open.toString(), "-type", "f", "-readable"))
        .as("that it would be found")
        .containsExactly(letter.toString());
    Files.delete(letter);

    assertThat(asNobody("find", open.toString(), "-type", "f", "-readable")).isEmpty();
    assertThat(asNobody("find", open.toString(), "-type", "s", "-writable")).isEmpty();
    for (String secret : List.of("/environ", "/maps", "/mem")) {
      assertThat(asNobody("head", "-c", "1", process + secret)).as(secret).isEmpty();
    }
    assertThat(asNobody("find", process + "/fd", "-type", "l")).isEmpty();
  }

  @Test
  void nothingListensButThePortThatItTellsOf() throws Exception {
    assertThat(portsListenedAt()).containsExactly(runner.instance().restUrl().getPort());
  }

  private Set<Integer> portsListenedAt() throws IOException {
    Path process = Path.of("/proc", Long.toString(runner.instance().process()));
    var sockets = new HashSet<String>();
    try (Stream<Path> open = Files.list(process.resolve("fd"))) {
      open.forEach(file -> target(file).ifPresent(sockets::add));
    }
    var ports = new HashSet<Integer>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      for (String line : Files.readAllLines(process.resolve(table))) {
        String[] fields = line.strip().split("\\s+", -1);
        if (fields[3].equals(LISTENING) && sockets.contains("socket:[" + fields[9] + "]")) {
          ports.add(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  /** Where a link leads; nothing where it was closed meanwhile. */
  private static Optional<String> target(Path link) {
    try {
      return Optional.of(Files.readSymbolicLink(link).toString());
    } catch (IOException closed) {
      return Optional.empty();
    }
  }

  private static boolean canBecomeAnother() {
    return "root".equals(System.getProperty("user.name"))
        && Files.exists(Path.of("/usr/bin/setpriv"));
  }

  /** What a program finds, run by a user who owns nothing. */
  private static List<String> asNobody(String... command) throws Exception {
    var words =
        new ArrayList<>(List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"));
    words.addAll(List.of(command));
    Process process =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String found = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return found.lines().toList();
  }
}
