package io.quantchat.infra.local.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.infra.stack.TableSpec;
import io.quantchat.infra.stack.Tables;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** That it keeps what it answered, whatever becomes of the process. */
class OwnDatabaseTest {
  private static final TableSpec TABLE = AcknowledgedPuts.TABLE;

  @Test
  void twoInMemoryShareNothing() {
    try (OwnDatabase one = OwnDatabase.inMemory();
        OwnDatabase other = OwnDatabase.inMemory()) {
      one.prepare(List.of(TABLE), Tables.Reaping.NEVER);

      assertThat(one.client().listTables().tableNames()).containsExactly(TABLE.name());
      assertThat(other.client().listTables().tableNames()).isEmpty();
    }
  }

  @Test
  void whatIsOnDiskIsThereAfterARestart(@TempDir Path folder) {
    try (OwnDatabase database = OwnDatabase.onDisk(folder.resolve("new/data"))) {
      database.prepare(List.of(TABLE), Tables.Reaping.NEVER);
      database.client().putItem(b -> b.tableName(TABLE.name()).item(AcknowledgedPuts.item("1")));
    }

    try (OwnDatabase database = OwnDatabase.onDisk(folder.resolve("new/data"))) {
      assertThat(isThere(database.client(), "1")).isTrue();
    }
  }

  @Test
  void everyPutThatWasAnsweredSurvivesKillMinusNine(@TempDir Path folder) throws Exception {
    List<String> acknowledged = putsUntilKilled(folder, 100);

    try (OwnDatabase database = OwnDatabase.onDisk(folder)) {
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(100);
      assertThat(acknowledged).allMatch(id -> isThere(database.client(), id));
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> OwnDatabase.onDisk(file))
        .satisfies(failure -> assertThat(failure.getMessage()).hasLineCount(1))
        .hasMessageContaining(file.toString());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions.")
  void nobodyElseOnThisMachineReadsItsFiles(@TempDir Path folder) throws IOException {
    Path data = folder.resolve("data");
    try (OwnDatabase database = OwnDatabase.onDisk(data)) {
      database.prepare(List.of(TABLE), Tables.Reaping.NEVER);
      database
          .client()
          .putItem(put -> put.tableName(TABLE.name()).item(AcknowledgedPuts.item("1")));

      try (Stream<Path> paths = Files.walk(data)) {
        assertThat(paths)
            .isNotEmpty()
            .allSatisfy(
                path ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .endsWith("------"));
      }
    }
  }

  private static List<String> putsUntilKilled(Path folder, int atLeast) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                AcknowledgedPuts.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> acknowledged = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        acknowledged.add(line);
        if (acknowledged.size() == atLeast) {
          // SIGKILL by the handle: what was printed until then can still be read.
          boolean killed = process.toHandle().destroyForcibly();
          assertThat(killed).isTrue();
        }
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    return acknowledged;
  }

  private static boolean isThere(DynamoDbClient client, String id) {
    return client
        .getItem(b -> b.tableName(TABLE.name()).key(AcknowledgedPuts.item(id)).consistentRead(true))
        .hasItem();
  }
}
