package io.quantchat.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class EmbeddedDynamoDbTest {
  private static final TableSpec TABLE = AcknowledgedPuts.TABLE;

  @Test
  void itListensOnLoopbackOnly() {
    try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.inMemory()) {
      assertThat(dynamoDb.endpoint().getHost()).isEqualTo("127.0.0.1");
      assertThat(dynamoDb.endpoint().getPort()).isPositive();
    }
  }

  @Test
  void twoInMemoryShareNothing() {
    try (EmbeddedDynamoDb one = EmbeddedDynamoDb.inMemory();
        EmbeddedDynamoDb other = EmbeddedDynamoDb.inMemory();
        DynamoDbClient first = one.client();
        DynamoDbClient second = other.client()) {
      new Tables(first).create(List.of(TABLE), Tables.Reaping.NEVER);

      assertThat(second.listTables().tableNames()).isEmpty();
    }
  }

  @Test
  void whatIsOnDiskIsThereAfterARestart(@TempDir Path folder) {
    try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.onDisk(folder.resolve("new/data"));
        DynamoDbClient client = dynamoDb.client()) {
      new Tables(client).create(List.of(TABLE), Tables.Reaping.NEVER);
      client.putItem(b -> b.tableName(TABLE.name()).item(AcknowledgedPuts.item("1")));
    }

    try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.onDisk(folder.resolve("new/data"));
        DynamoDbClient client = dynamoDb.client()) {
      assertThat(isThere(client, "1")).isTrue();
    }
  }

  @Test
  void everyPutThatWasAnsweredSurvivesKillMinusNine(@TempDir Path folder) throws Exception {
    List<String> acknowledged = putsUntilKilled(folder, 100);

    try (EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.onDisk(folder);
        DynamoDbClient client = dynamoDb.client()) {
      assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(100);
      assertThat(acknowledged).allMatch(id -> isThere(client, id));
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> EmbeddedDynamoDb.onDisk(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(file.toString());
  }

  private static List<String> putsUntilKilled(Path folder, int atLeast) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-D%s=%s"
                    .formatted(
                        EmbeddedDynamoDb.JARS_PROPERTY,
                        System.getProperty(EmbeddedDynamoDb.JARS_PROPERTY)),
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
