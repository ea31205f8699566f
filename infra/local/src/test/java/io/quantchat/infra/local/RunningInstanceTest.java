package io.quantchat.infra.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningInstanceTest {

  private static final RunningInstance SELF =
      RunningInstance.ofThisProcess(
          URI.create("http://localhost:8080/api/v1"), URI.create("ws://localhost:8080/ws"));

  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsReadByOthers() {
    Path file = folder.resolve("new/running.json");

    SELF.write(file);

    assertThat(RunningInstance.read(file)).contains(SELF);
  }

  @Test
  void whereItCantBeWrittenNothingIsLeftBehind() throws IOException {
    Path file = folder.resolve("running.json");
    Files.createDirectories(file.resolve("taken"));

    assertThatThrownBy(() -> SELF.write(file)).isInstanceOf(UncheckedIOException.class);

    assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
  }

  @Test
  void onlyTheOwnerCanReadTheFile() throws IOException {
    Assumptions.assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    Path file = folder.resolve("running.json");

    SELF.write(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void anInstanceWhoseProcessIsGoneOrAnothersByNowIsNotRunning() {
    Path file = folder.resolve("running.json");

    at(SELF.process(), SELF.startedAt() + 1).write(file);
    assertThat(RunningInstance.read(file)).isEmpty();

    at(Long.MAX_VALUE, SELF.startedAt()).write(file);
    assertThat(RunningInstance.read(file)).isEmpty();
  }

  @Test
  void aFileThatIsMissingOrDamagedTellsOfNothing() throws IOException {
    Path file = folder.resolve("running.json");
    assertThat(RunningInstance.read(file)).isEmpty();

    Files.writeString(file, "{\"rest_url\": ");
    assertThat(RunningInstance.read(file)).isEmpty();
  }

  @Test
  void anInstanceRemovesItsOwnFileAndNoOther() {
    Path file = folder.resolve("running.json");
    at(SELF.process(), SELF.startedAt() + 1).write(file);

    SELF.remove(file);
    assertThat(file).exists();

    SELF.write(file);
    SELF.remove(file);
    assertThat(file).doesNotExist();
  }

  private static RunningInstance at(long process, long startedAt) {
    return new RunningInstance(SELF.restUrl(), SELF.socketUrl(), process, startedAt);
  }
}
