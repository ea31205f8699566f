package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.model.Attachment;
import io.quantchat.client.model.Message;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A program that is killed while a file is on its way. */
@ExtendWith(RelayExtension.class)
class KilledTransferTest {

  private static final int PART = 8 << 20;
  private static final long ALREADY = PART + 3_000_000;

  @TempDir private Path folder;

  @Test
  void whoIsKilledOnTheWayGoesOnFromWhatWasAcknowledged(TestRelay relay, TwoPeople people)
      throws IOException, InterruptedException {
    Person ann = people.ann();
    Person ben = people.ben();
    var content = new byte[3 * PART];
    new Random(3).nextBytes(content);
    Path original = Files.write(folder.resolve("a.bin"), content);
    Message message = ann.client.send(ben.id(), "", List.of(new Attachment(original, false)));
    Files.delete(original);
    ann.close();

    relay.media.holdAfter(ALREADY);
    killed(relay, ann, () -> relay.media.received() >= ALREADY, "sync");
    relay.media.release();
    ann.start(step -> {});
    assertThat(ann.client.sync()).isTrue();

    assertThat(relay.media.begun()).isEqualTo(1);
    assertThat(relay.media.received()).isLessThan(4L * PART);
    ben.client.sync();
    ben.close();
    Path to = folder.resolve("b.bin");
    relay.media.holdAfter(ALREADY);
    killed(
        relay,
        ben,
        () -> relay.media.sent() >= ALREADY,
        message.senderId().toString(),
        message.id().toString(),
        to.toString());
    relay.media.release();
    assertThat(to).doesNotExist();
    ben.start(step -> {});
    ben.client.save(message.senderId(), message.id(), 1, to);

    assertThat(Files.readAllBytes(to)).isEqualTo(content);
    // What was on the line when it was killed came in vain, and no more.
    assertThat(relay.media.sent()).isLessThan(4L * PART);
  }

  private static void killed(TestRelay relay, Person person, BooleanSupplier when, String... work)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Doomed.class.getName(),
                relay.servers().rest().toString(),
                relay.servers().socket().toString(),
                person.file.toString()));
    command.addAll(List.of(work));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).inheritIO().start();
    try {
      Person.awaitUntil(() -> when.getAsBoolean() || !process.isAlive());
      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    }
  }

  /** A client that sends what waits, or saves a file, and doesn't get to the end of it. */
  static final class Doomed {

    private Doomed() {}

    public static void main(String[] arguments) {
      var servers = new Servers(URI.create(arguments[0]), URI.create(arguments[1]));
      try (QuantChat client =
          QuantChat.open(
              servers,
              Path.of(arguments[2]),
              Person.passphrase(),
              new QuantChatListener() {},
              Person.surroundings(step -> {}))) {
        if (arguments[3].equals("sync")) {
          var _ = client.sync();
        } else {
          client.save(
              UUID.fromString(arguments[3]),
              UUID.fromString(arguments[4]),
              1,
              Path.of(arguments[5]));
        }
      }
    }
  }
}
