package io.quantchat.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.model.Message;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Programs of their own that are killed as {@code kill -9} does, over sockets. */
@ExtendWith(RelayExtension.class)
class KilledClientTest {

  private static final int LINES = 30;

  /** -Pslow sets it higher, and then every step is tried; CrashTest tries each of them anyway. */
  private static final boolean EVERY_STEP = Integer.getInteger("quantchat.kills", 1) > 1;

  private static final List<Step> SENDING =
      EVERY_STEP
          ? List.of(Step.TAKEN, Step.SEALED, Step.SEAL_KEPT, Step.LEFT, Step.ANSWER_KEPT)
          : List.of(Step.LEFT);

  private static final List<Step> RECEIVING =
      EVERY_STEP
          ? List.of(Step.ARRIVED, Step.OPENED, Step.SETTLING, Step.SETTLED, Step.ACKNOWLEDGED)
          : List.of(Step.SETTLED);

  @Test
  void whoIsKilledAgainAndAgainLosesNothingAndShowsNothingTwice(TestRelay relay, TwoPeople people)
      throws IOException, InterruptedException {
    Person ann = people.ann();
    Person ben = people.ben();
    List<String> lines = IntStream.range(0, LINES).mapToObj(i -> "Line " + i).toList();
    lines.forEach(line -> ann.client.send(ben.id(), line));
    ann.close();
    ben.close();

    for (Step where : SENDING) {
      killedAt(where, relay, ann);
    }
    ann.start(step -> {});
    assertThat(ann.client.sync()).isTrue();
    for (Step where : RECEIVING) {
      killedAt(where, relay, ben);
    }
    ben.start(step -> {});
    assertThat(ben.client.sync()).isTrue();

    assertThat(ben.textsWith(ann)).isEqualTo(lines);
    assertThat(ben.client.quarantine()).isEmpty();
    assertThat(ann.client.conversation(ben.id())).extracting(Message::text).isEqualTo(lines);
  }

  private static void killedAt(Step where, TestRelay relay, Person person)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Doomed.class.getName(),
                where.name(),
                relay.servers().rest().toString(),
                relay.servers().socket().toString(),
                person.file.toString())
            .redirectErrorStream(true)
            .start();
    try {
      // It says when it is there, and stays there.
      String said = process.inputReader().readLine();
      assertThat(said).isEqualTo(Doomed.THERE);
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    }
  }

  /** A client that comes to a step and doesn't go on. */
  static final class Doomed {

    static final String THERE = "there";

    private Doomed() {}

    public static void main(String[] arguments) throws IOException {
      Step where = Step.valueOf(arguments[0].toUpperCase(Locale.ROOT));
      var servers = new Servers(URI.create(arguments[1]), URI.create(arguments[2]));
      QuantChat client =
          QuantChat.open(
              servers,
              Path.of(arguments[3]),
              Person.passphrase(),
              new QuantChatListener() {},
              Person.surroundings(standingStillAt(where)));
      client.connect();
      // Until it is killed; or until the test itself is, which holds the other end of this.
      var _ = System.in.read();
      client.close();
    }

    private static Consumer<Step> standingStillAt(Step where) {
      // Not at the first message, but acknowledged are all of a page at once.
      int which = where == Step.ACKNOWLEDGED ? 1 : 2;
      var times = new int[1];
      return step -> {
        if (step == where && ++times[0] == which) {
          System.out.println(THERE);
          standStill();
        }
      };
    }

    private static void standStill() {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
