package io.quantchat.infra.local.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class FullDiskTest {

  /** A disk of its own for what is started, where the system lets everybody make one. */
  private static final String SMALL_DISK =
      "mount -t tmpfs -o size=8m tmpfs \"$1\" || exit 77; shift; exec \"$@\"";

  @TempDir private Path temporary;

  @Test
  void anUploadThatFindsNoRoomIsRefusedAndLeavesNothing() throws Exception {
    Path disk = Files.createDirectories(temporary.resolve("disk"));
    assumeTrue(
        run(disk, List.of("true")).exit() == 0, "No small disk can be made here (unshare, mount).");

    Outcome outcome =
        run(
            disk,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OnSmallDisk.class.getName(),
                disk.toString()));

    assertThat(outcome.said())
        .endsWith("refused: 503 SlowDown; left on their way: 0; afterwards: 200\n");
    assertThat(outcome.exit()).isZero();
  }

  private record Outcome(int exit, String said) {}

  private static Outcome run(Path disk, List<String> program) throws InterruptedException {
    var command =
        new ArrayList<>(
            List.of("unshare", "--map-root-user", "--mount", "sh", "-c", SMALL_DISK, "sh"));
    command.add(disk.toString());
    command.addAll(program);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      return new Outcome(process.waitFor(), said);
    } catch (IOException e) {
      return new Outcome(-1, e.toString());
    }
  }

  /** Puts objects until the disk is full, deletes one, and goes on. */
  public static final class OnSmallDisk {

    private OnSmallDisk() {}

    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[0], "objects");
      byte[] bytes = Bytes.random(2_000_000);
      try (BucketOnPort bucket = BucketOnPort.of(DiskBlobs.in(folder))) {
        int kept = 0;
        String refusal = put(bucket, kept, bytes);
        while (refusal.equals("200")) {
          kept++;
          refusal = put(bucket, kept, bytes);
        }
        for (int i = 0; i < kept; i++) {
          if (bucket.link("GET", "media/" + i).send().body().length != bytes.length) {
            throw new AssertionError("Object %d is not whole.".formatted(i));
          }
        }
        int left;
        try (var files = Files.list(folder.resolve("incoming"))) {
          left = (int) files.count();
        }
        var _ = bucket.link("DELETE", "media/0").send();
        System.out.printf(
            "%d kept; refused: %s; left on their way: %d; afterwards: %s%n",
            kept, refusal, left, put(bucket, kept, bytes));
      }
    }

    private static String put(BucketOnPort bucket, int number, byte[] bytes) throws Exception {
      return bucket.linkToPut("media/" + number, bytes).send(bytes).refusal();
    }
  }
}
