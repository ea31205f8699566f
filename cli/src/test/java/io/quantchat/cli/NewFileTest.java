package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {

  private static final byte[] CONTENT = {1, 2, 3};

  @TempDir Path folder;

  @Test
  void itIsWholeAndItsOwnersAlone() throws IOException {
    Path file = folder.resolve("new.md");

    new NewFile(file).write(CONTENT);

    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(names()).containsExactly("new.md");
  }

  @Test
  void whatIsThereStaysAsItIs() throws IOException {
    Path file = Files.writeString(folder.resolve("there.md"), "kept");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nothing"));
    Path within = Files.createDirectory(folder.resolve("folder"));
    List<String> before = names();

    for (Path taken : List.of(file, link, dangling, within)) {
      assertThatThrownBy(() -> new NewFile(taken).write(CONTENT))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining(taken.toString());
    }

    assertThat(file).hasContent("kept");
    assertThat(Files.exists(dangling, LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(names()).isEqualTo(before);
  }

  @Test
  void whereNothingCanBeWrittenNothingIsLeft() throws IOException {
    Path nowhere = folder.resolve("missing").resolve("new.md");
    assertThatThrownBy(() -> new NewFile(nowhere).write(CONTENT))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("can't be written");
    assertThatThrownBy(() -> new NewFile(Path.of("/proc/new.md")).write(CONTENT))
        .isInstanceOf(CommandException.class);
    Path readOnly = Files.createDirectory(folder.resolve("read-only"));
    Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeTrue(!Files.isWritable(readOnly), "an administrator can write everywhere");

    assertThatThrownBy(() -> new NewFile(readOnly.resolve("new.md")).write(CONTENT))
        .isInstanceOf(CommandException.class);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
