package io.quantchat.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  @TempDir Path temporary;

  @Test
  void aFolderIsMadeWithAllAboveItAndCanBeTakenAgainOnceClosed() throws Exception {
    Path folder = temporary.resolve("a/b");

    DataFolder.take(folder).close();
    try (DataFolder again = DataFolder.take(folder)) {
      assertThat(again.tables()).hasParentRaw(folder);
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions.")
  void aFolderMadeHereIsItsOwnersAlone() throws Exception {
    Path folder = temporary.resolve("data");

    DataFolder.take(folder).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void aFolderInUseIsRefused() throws Exception {
    try (DataFolder first = DataFolder.take(temporary)) {
      assertThat(first.tables()).hasParentRaw(temporary);
      assertThatThrownBy(() -> DataFolder.take(temporary))
          .isInstanceOf(StartFailure.class)
          .hasMessage(
              "The data folder %s is in use by another instance: stop that one, or choose another"
                      .formatted(temporary)
                  + " folder with --data.");
    }
  }

  @Test
  void aFolderThatCantBeWrittenIsRefused() throws Exception {
    Path folder = Files.createFile(temporary.resolve("file")).resolve("data");

    assertThatThrownBy(() -> DataFolder.take(folder))
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "The data folder %s can't be written: choose another with --data, or --ephemeral."
                .formatted(folder));
  }

  @Test
  void tablesOfDynamodbLocalAreLeftAloneAndTheWayToKeepThemIsSaid() throws Exception {
    Path files = Files.createDirectories(temporary.resolve("dynamodb"));
    Path database = Files.writeString(files.resolve("shared-local-instance.db"), "SQLite format 3");

    assertThatThrownBy(() -> DataFolder.take(temporary))
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            ("%s holds an earlier version's tables, kept by DynamoDB Local: to go on with them, run"
                    + " that yourself with -sharedDb -dbPath %1$s and start with --database"
                    + " http://localhost:8000, or to begin anew, move the folder away or choose"
                    + " another with --data.")
                .formatted(files));

    assertThat(database).hasContent("SQLite format 3");
    assertThat(temporary).isDirectoryNotContaining(file -> !file.equals(files));
  }

  @Test
  void aFolderThatDynamodbLocalLeftEmptyIsTaken() throws Exception {
    Files.createDirectories(temporary.resolve("dynamodb"));

    try (DataFolder folder = DataFolder.take(temporary)) {
      assertThat(folder.tables()).isEqualTo(temporary.resolve("tables"));
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions.")
  void aFolderThatLetsOthersInIsClosedToThem() throws Exception {
    Path folder = Files.createDirectory(temporary.resolve("data"));
    Path tables = Files.createDirectory(folder.resolve("tables"));
    Path objects = Files.createDirectory(folder.resolve("objects"));
    Files.createFile(folder.resolve("lock"));
    for (Path open : List.of(folder, tables, objects)) {
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xrwx"));
    }

    DataFolder.take(folder).close();

    assertThat(List.of(folder, tables, objects))
        .allSatisfy(
            closed ->
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(closed)))
                    .isEqualTo("rwx------"));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions.")
  void aFolderOfOtherThingsIsNotClosedUnasked() throws Exception {
    Files.createFile(temporary.resolve("letter"));
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThatThrownBy(() -> DataFolder.take(temporary))
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            ("The data folder %s is open to other users and holds other things too: choose one of"
                    + " its own with --data, such as %s.")
                .formatted(temporary, temporary.resolve("quantchat")));

    assertThat(temporary).isDirectoryNotContaining(file -> !file.endsWith("letter"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temporary)))
        .isEqualTo("rwxr-xr-x");
  }

  @Test
  @DisabledOnOs(
      value = OS.WINDOWS,
      disabledReason = "Only POSIX drops a lock whose file the same process closes elsewhere.")
  void aFolderStaysLockedToOtherProgramsAfterItWasRefusedHere() throws Exception {
    try (DataFolder first = DataFolder.take(temporary)) {
      assertThat(first.tables()).hasParentRaw(temporary);
      assertThatThrownBy(() -> DataFolder.take(temporary)).isInstanceOf(StartFailure.class);

      assertThat(exitCodeOfAnother(temporary)).isEqualTo(OtherProgram.REFUSED);
    }
    assertThat(exitCodeOfAnother(temporary)).isZero();
  }

  private static int exitCodeOfAnother(Path folder) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OtherProgram.class.getName(),
            folder.toString())
        .inheritIO()
        .start()
        .waitFor();
  }

  /** Takes the folder that it is told. */
  static final class OtherProgram {

    static final int REFUSED = 3;

    private OtherProgram() {}

    public static void main(String[] arguments) {
      try (DataFolder taken = DataFolder.take(Path.of(arguments[0]))) {
        System.exit(taken.tables().getNameCount() > 0 ? 0 : 1);
      } catch (StartFailure inUse) {
        System.exit(REFUSED);
      }
    }
  }
}
