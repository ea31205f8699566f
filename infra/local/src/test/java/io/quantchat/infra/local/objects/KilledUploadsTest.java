package io.quantchat.infra.local.objects;

import static io.quantchat.infra.local.objects.BucketOnPort.KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that puts, completes and deletes is killed as {@code kill -9} does it, at any step:
 * what it said it had done is done, and nothing half is to be seen.
 */
class KilledUploadsTest {

  private static final int KILLS = 2 * Integer.getInteger("quantchat.kills", 1);

  @TempDir private Path folder;

  private final Set<String> there = new HashSet<>();
  private final Set<String> gone = new HashSet<>();

  @Test
  void whatWasAnsweredIsSoAndNothingHalfIsThere() throws Exception {
    var random = new Random();
    for (int kill = 0; kill < KILLS; kill++) {
      run(kill, 20 + random.nextInt(80));

      Blobs blobs = DiskBlobs.in(folder);
      try (BucketOnPort bucket = BucketOnPort.of(blobs)) {
        bucket.bucket().lifecycle().sweep();
        for (String key : there) {
          assertThat(bucket.link("GET", key).send().body())
              .as("kill %d, %s", kill, key)
              .isEqualTo(UploadingProcess.value(key));
        }
        for (String key : gone) {
          assertThat(bucket.link("GET", key).send().status())
              .as("kill %d, %s", kill, key)
              .isEqualTo(403);
        }
        byte[] raced = bucket.link("GET", KEY).send().body();
        assertThat(raced).hasSize(UploadingProcess.SIZE).containsOnly(raced[0]);
        assertEveryObjectWhole(blobs);
      }
    }
    try (Stream<Path> left = Files.list(folder.resolve("incoming"))) {
      assertThat(left).isEmpty();
    }
  }

  private static void assertEveryObjectWhole(Blobs blobs) throws Exception {
    for (BlobName.Kind kind : BlobName.Kind.values()) {
      for (BlobName name : blobs.names(kind, "")) {
        try (Blobs.Blob blob = blobs.open(name).orElseThrow()) {
          var bytes = new java.io.ByteArrayOutputStream();
          blob.copyTo(bytes, 0, blob.header().size());
          if (!blob.header().checksum().isEmpty()
              && !blob.header().checksum().contains("-")
              && kind != BlobName.Kind.UPLOAD) {
            assertThat(Bytes.sha256(bytes.toByteArray())).isEqualTo(blob.header().checksum());
          }
        }
      }
    }
  }

  /** Reads what the process says until there are enough lines, kills it, and reads the rest. */
  private void run(int round, int lines) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    UploadingProcess.class.getName(),
                    folder.toString(),
                    Integer.toString(round)))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
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
    String[] words = line.split(" ", -1);
    switch (words[0]) {
      case "put" -> there.add(words[1]);
      case "deleting" -> there.remove(words[1]);
      case "deleted" -> gone.add(words[1]);
      default -> throw new AssertionError(line);
    }
  }
}
