package io.quantchat.infra.local.objects;

import static io.quantchat.infra.local.objects.BucketOnPort.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskObjectsTest extends ObjectsContract {

  @TempDir Path folder;

  @Override
  Blobs blobs() throws IOException {
    return DiskBlobs.in(folder.resolve("objects"));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Override
  void assertNothingOnItsWay() throws IOException {
    assertThat(files())
        .extracting(file -> file.getParent().getFileName().toString())
        .doesNotContain("incoming", "parts", "uploads");
  }

  @Test
  void everythingIsItsOwnersAlone() throws Exception {
    byte[] bytes = Bytes.random(10);
    assertThat(bucket().linkToPut(KEY, bytes).send(bytes).status()).isEqualTo(200);

    assertThat(files())
        .hasSize(1)
        .allSatisfy(
            file ->
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
    try (Stream<Path> folders = Files.walk(folder.resolve("objects"))) {
      assertThat(folders.filter(Files::isDirectory))
          .hasSize(5)
          .allSatisfy(
              one ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one)))
                      .isEqualTo("rwx------"));
    }
  }

  @Test
  void theNextProcessFindsWhatIsWholeAndRemovesTheRest() throws Exception {
    byte[] bytes = Bytes.random(10_000);
    assertThat(bucket().linkToPut(KEY, bytes).send(bytes).status()).isEqualTo(200);
    Path left = Files.write(folder.resolve("objects/incoming/left"), new byte[5]);

    try (BucketOnPort next = BucketOnPort.of(blobs())) {
      assertThat(next.link("GET", KEY).send().body()).isEqualTo(bytes);
    }

    assertThat(left).doesNotExist();
  }

  @Test
  void aCopyOfTheFolderHasTheSameObjects() throws Exception {
    byte[] bytes = Bytes.random(10_000);
    assertThat(bucket().linkToPut(KEY, bytes).send(bytes).status()).isEqualTo(200);
    Path copy = folder.resolve("copy");
    try (Stream<Path> all = Files.walk(folder.resolve("objects"))) {
      for (Path one : all.toList()) {
        Files.copy(one, copy.resolve(folder.resolve("objects").relativize(one).toString()));
      }
    }

    try (BucketOnPort next = BucketOnPort.of(DiskBlobs.in(copy))) {
      assertThat(next.link("GET", KEY).send().body()).isEqualTo(bytes);
    }
  }

  @Test
  void anObjectWhoseFileWasDamagedIsNotHandedOut() throws Exception {
    byte[] bytes = Bytes.random(10_000);
    assertThat(bucket().linkToPut(KEY, bytes).send(bytes).status()).isEqualTo(200);
    Files.write(files().getFirst(), new byte[3]);

    assertThat(bucket().link("GET", KEY).send().refusal()).isEqualTo("500 InternalError");
  }

  @Test
  void partsWithoutAnUploadAreRemoved() throws Exception {
    Path part =
        Files.write(folder.resolve("objects/parts/" + "0".repeat(64) + "-00001"), new byte[3]);

    bucket().bucket().lifecycle().sweep();

    assertThat(part).doesNotExist();
  }
}
