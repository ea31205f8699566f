package io.quantchat.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  @TempDir Path temporary;

  @Test
  void a_folder_is_made_with_all_above_it_and_can_be_taken_again_once_closed() throws Exception {
    Path folder = temporary.resolve("a/b");

    DataFolder.take(folder).close();
    try (DataFolder again = DataFolder.take(folder)) {
      assertThat(again.tables()).hasParentRaw(folder);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void a_folder_made_here_is_its_owners_alone() throws Exception {
    Path folder = temporary.resolve("data");

    DataFolder.take(folder).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  @Test
  void a_folder_in_use_is_refused() throws Exception {
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
  void a_folder_that_cant_be_written_is_refused() throws Exception {
    Path folder = Files.createFile(temporary.resolve("file")).resolve("data");

    assertThatThrownBy(() -> DataFolder.take(folder))
        .isInstanceOf(StartFailure.class)
        .hasMessage(
            "The data folder %s can't be written: choose another with --data, or --ephemeral."
                .formatted(folder));
  }
}
