package io.quantchat.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketPlaceTest {

  @TempDir Path made;
  private Path folder;
  private Path runtime;

  @BeforeEach
  void folders() throws IOException {
    folder = made.toRealPath();
    runtime = Files.createDirectory(folder.resolve("run"));
  }

  @Test
  void theFolderThatTheLogoutRemovesIsTheFirstChoice() {
    assertThat(places(folder.resolve("ann.db")).getFirst().socket()).startsWithRaw(runtime);
    assertThat(SocketPlace.of(folder.resolve("ann.db"), Optional.empty(), folder))
        .first()
        .satisfies(place -> assertThat(place.socket().getParent().getParent()).isEqualTo(folder));
  }

  @Test
  void noPathIsTooLongForTheSystem() throws IOException {
    Path deep = Files.createDirectories(folder.resolve("ü".repeat(60)).resolve("d".repeat(90)));

    List<SocketPlace> places =
        SocketPlace.of(deep.resolve("ann.db"), Optional.of(deep), Path.of("/tmp"));

    assertThat(places)
        .isNotEmpty()
        .allSatisfy(
            place ->
                assertThat(place.socket().toString().getBytes(StandardCharsets.UTF_8))
                    .hasSizeLessThanOrEqualTo(SocketPlace.LONGEST_PATH));
  }

  @Test
  void aStoreHasOnePlaceByWhicheverLinkAndNoOtherStoreHasIt() throws IOException {
    Path store = Files.createFile(folder.resolve("ann.db"));
    Path link = Files.createSymbolicLink(folder.resolve("link.db"), store);

    assertThat(places(link)).isEqualTo(places(store));
    assertThat(places(folder.resolve("ben.db"))).doesNotContainAnyElementsOf(places(store));
  }

  @Test
  void aFolderIsMadeForItsOwnerAlone() throws IOException {
    SocketPlace place = places(folder.resolve("ann.db")).getFirst();

    place.prepare();
    place.prepare();

    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(place.socket().getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void aFolderThatOthersCanEnterIsNeitherUsedNorAsked() throws IOException {
    SocketPlace place = places(folder.resolve("ann.db")).getFirst();
    place.prepare();
    Files.createFile(place.socket());
    assertThat(place.isThere()).isTrue();

    Files.setPosixFilePermissions(
        place.socket().getParent(), PosixFilePermissions.fromString("rwx--x---"));

    assertThat(place.isThere()).isFalse();
    assertThatThrownBy(place::prepare)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chmod");
  }

  @Test
  void aLinkToAFolderIsNeitherUsedNorAsked() throws IOException {
    SocketPlace place = places(folder.resolve("ann.db")).getFirst();
    Path elsewhere =
        Files.createDirectory(
            folder.resolve("elsewhere"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.createFile(elsewhere.resolve(place.socket().getFileName()));
    Files.createSymbolicLink(place.socket().getParent(), elsewhere);

    assertThat(place.isThere()).isFalse();
    assertThatThrownBy(place::prepare).isInstanceOf(IOException.class);
  }

  private List<SocketPlace> places(Path store) {
    return SocketPlace.of(store, Optional.of(runtime), folder);
  }
}
