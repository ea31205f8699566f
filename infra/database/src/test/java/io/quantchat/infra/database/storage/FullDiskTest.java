package io.quantchat.infra.database.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class FullDiskTest {

  /** A disk of its own for what is started, where the system lets everybody make one. */
  private static final String SMALL_DISK =
      "mount -t tmpfs -o size=3m tmpfs \"$1\" || exit 77; shift; exec \"$@\"";

  @TempDir private Path temporary;

  @Test
  void aWriteThatFindsNoRoomFailsAloneAndItGoesOnWhenThereIsRoom() throws Exception {
    Path disk = Files.createDirectories(temporary.resolve("disk"));
    assumeTrue(
        run(disk, List.of("true")).exit() == 0, "No small disk can be made here (unshare, mount).");
    Outcome outcome = run(disk, WriterProcess.command(FullDiskProcess.class, disk.toString()));
    assertThat(outcome.said())
        .endsWith(
            "are there; once it was: The disk with %s is full: make room, and try again.\n"
                .formatted(disk.resolve("data")));
    assertThat(outcome.exit()).isZero();
  }

  private record Outcome(int exit, String said) {}

  private Outcome run(Path disk, List<String> program) throws InterruptedException {
    var command =
        new ArrayList<>(
            List.of("unshare", "--map-root-user", "--mount", "sh", "-c", SMALL_DISK, "sh"));
    command.add(disk.toString());
    command.addAll(program);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Outcome(process.waitFor(), said);
    } catch (IOException e) {
      return new Outcome(-1, e.toString());
    }
  }
}
