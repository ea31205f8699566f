package io.quantchat.infra.database.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KilledWriterTest {

  private static final int KILLS = 2 * Integer.getInteger("quantchat.kills", 1);

  @TempDir private Path folder;

  /** Answered, and not deleted as far as anybody knows. */
  private final Set<String> there = new HashSet<>();

  private final Set<String> gone = new HashSet<>();
  private final Map<String, Long> counts = new HashMap<>();

  @Test
  void whatWasAnsweredIsThereHoweverOftenTheProcessIsKilled() throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      run(kill, 200 + random.nextInt(2000));
      String which = "seed %d, kill %d".formatted(seed, kill);
      try (DiskStorage storage = DiskStorage.open(folder)) {
        for (String key : there) {
          assertThat(storage.get(WriterProcess.SPACE, key.getBytes(UTF_8)))
              .as("%s, key %s", which, key)
              .isEqualTo(WriterProcess.value(key));
        }
        for (String key : gone) {
          assertThat(storage.get(WriterProcess.SPACE, key.getBytes(UTF_8)))
              .as("%s, key %s", which, key)
              .isNull();
        }
        counts.forEach(
            (writer, count) ->
                assertThat(ByteBuffer.wrap(storage.get("counts", writer.getBytes(UTF_8))).getLong())
                    .as("%s, writer %s", which, writer)
                    .isBetween(count, count + 1));
      }
    }
  }

  /** Reads what the process says until there are enough lines, kills it, and reads the rest. */
  private void run(int round, int lines) throws IOException, InterruptedException {
    Process process = WriterProcess.start(folder, round);
    try (var said = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (int i = 0; i < lines; i++) {
        note(said.readLine());
      }
      // Unlike the process's own method, this leaves open what it said.
      process.toHandle().destroyForcibly();
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        note(line);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private void note(String line) {
    String key = line.substring(line.indexOf(' ') + 1);
    if (line.startsWith("put ")) {
      counts.merge(key.substring(0, key.lastIndexOf('.')), 1L, Long::sum);
      if (isKept(key)) {
        there.add(key);
      }
    } else {
      gone.add(key);
    }
  }

  /** Each second one is deleted at once, whether or not that was answered. */
  private static boolean isKept(String key) {
    return Integer.parseInt(key.substring(key.lastIndexOf('.') + 1)) % 2 == 0;
  }
}
