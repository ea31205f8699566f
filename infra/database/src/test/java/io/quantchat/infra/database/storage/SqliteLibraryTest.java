package io.quantchat.infra.database.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteLibraryTest {

  @TempDir private Path temporary;

  @Test
  void aTemporaryFolderThatCantBeWrittenIsOneSentenceEachTimeAndTheDataFolderIsLetGoOf()
      throws Exception {
    Path missing = temporary.resolve("missing");
    String sentence =
        "SQLite's library can't be unpacked into %s: make room there, or name another folder that can be written with JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER."
            .formatted(missing);

    Process process = start("-Djava.io.tmpdir=" + missing);

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8).lines())
        .containsExactly(sentence, sentence);
    assertThat(process.waitFor()).isZero();
  }

  /** Without what the build has unpacked. */
  private Process start(String option) throws IOException {
    List<String> command = WriterProcess.command(Opens.class, temporary.resolve("data").toString());
    command.removeIf(word -> word.startsWith("-Dquantchat.sqlite="));
    command.add(1, option);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** A program that opens a folder twice, and says what keeps it from doing so. */
  static final class Opens {

    private Opens() {}

    public static void main(String[] arguments) {
      for (int i = 0; i < 2; i++) {
        try {
          DiskStorage.open(Path.of(arguments[0])).close();
        } catch (StorageException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }
}
