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
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
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

  @Test
  void theEndOfOneDoesNotHideAnotherThatStillRuns() {
    Path file = folder.resolve("running.json");
    RunningInstance second = onPort(8081);
    RunningInstance third = onPort(8082);
    SELF.write(file);
    second.write(file);
    third.write(file);

    assertThat(RunningInstance.read(file)).contains(third);
    second.remove(file);
    assertThat(RunningInstance.read(file)).contains(third);
    third.remove(file);
    assertThat(RunningInstance.read(file)).contains(SELF);
    SELF.remove(file);

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void oneThatWasKilledIsForgottenWhoeverEndsNext() {
    Path file = folder.resolve("running.json");
    SELF.write(file);
    at(Long.MAX_VALUE, 1).write(file);
    assertThat(RunningInstance.read(file)).contains(SELF);

    RunningInstance second = onPort(8081);
    second.write(file);
    SELF.remove(file);
    second.remove(file);

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void ofManyThatStartAndEndAtOnceNoneIsLostAndNoneStays() throws Exception {
    Path file = folder.resolve("running.json");
    try (var threads = Executors.newFixedThreadPool(8)) {
      var all = IntStream.range(9_000, 9_040).mapToObj(RunningInstanceTest::onPort).toList();
      for (var written :
          threads.invokeAll(all.stream().map(each -> writing(each, file)).toList())) {
        written.get();
      }
      assertThat(Files.readString(file))
          .contains(all.stream().map(RunningInstance::restUrl).map(URI::toString).toList());
      for (var removed :
          threads.invokeAll(all.stream().map(each -> removing(each, file)).toList())) {
        removed.get();
      }
    }

    assertThat(folder).isEmptyDirectory();
  }

  private static Callable<Void> writing(RunningInstance instance, Path file) {
    return () -> {
      instance.write(file);
      return null;
    };
  }

  private static Callable<Void> removing(RunningInstance instance, Path file) {
    return () -> {
      instance.remove(file);
      return null;
    };
  }

  private static RunningInstance onPort(int port) {
    return RunningInstance.ofThisProcess(
        URI.create("http://localhost:" + port + "/api/v1"),
        URI.create("ws://localhost:" + port + "/ws"));
  }

  private static RunningInstance at(long process, long startedAt) {
    return new RunningInstance(SELF.restUrl(), SELF.socketUrl(), process, startedAt);
  }
}
