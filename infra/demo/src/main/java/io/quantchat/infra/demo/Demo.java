package io.quantchat.infra.demo;

import io.quantchat.infra.local.RunnerProcess;
import io.quantchat.infra.local.RunningInstance;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code ./quantchat demo}: plays the timeline and exits 0 if every step came out as it should. */
public final class Demo {

  private static final String USAGE =
      """
      Usage: ./quantchat demo [--url REST_URL] [--socket-url SOCKET_URL]

        --url         play against this instance, such as http://localhost:8080/api/v1;
                      else against the one that runs here, else against one of its own
        --socket-url  where its sockets connect, if that isn't /ws on the same host
      """;

  private final PrintStream out;
  private final Look look;

  Demo(PrintStream out, Look look) {
    this.out = out;
    this.look = look;
  }

  /** Exits 0 if all is as it should be, 1 if a step differs, 2 if the arguments can't be read. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, System.out.charset());
    System.exit(new Demo(out, Look.ofStandardOutput(System.out.charset())).run(List.of(arguments)));
  }

  int run(List<String> arguments) {
    DemoOptions options;
    try {
      options = DemoOptions.parse(arguments);
    } catch (IllegalArgumentException unreadable) {
      out.println(unreadable.getMessage());
      out.print(USAGE);
      return 2;
    }
    if (options.help()) {
      out.print(USAGE);
      return 0;
    }
    Optional<RunningInstance> running = RunningInstance.read(RunningInstance.file());
    if (options.restUrl().isPresent()) {
      URI restUrl = options.restUrl().get();
      return play(
          restUrl,
          options.socketUrl().orElseGet(() -> socketUrlBeside(restUrl)),
          running.filter(instance -> instance.restUrl().equals(restUrl)),
          "on " + restUrl);
    }
    if (running.isPresent()) {
      return play(running.get(), "on " + running.get().restUrl());
    }
    return playOnOwnInstance();
  }

  private int playOnOwnInstance() {
    out.println("Nothing runs here: starting an instance for this demo alone.");
    try (RunnerProcess own = RunnerProcess.inMemory(List.of())) {
      return play(own.instance(), "on an instance of its own");
    } catch (IllegalStateException didNotStart) {
      out.println(didNotStart.getMessage());
      return 1;
    }
  }

  int play(RunningInstance instance, String place) {
    return play(instance.restUrl(), instance.socketUrl(), Optional.of(instance), place);
  }

  /**
   * @param inspected the same instance, where its tables can be looked into
   */
  private int play(URI restUrl, URI socketUrl, Optional<RunningInstance> inspected, String place) {
    Transcript transcript = new Transcript(out, look);
    transcript.title("Ana and Ben", place);
    Stage stage = new Stage(transcript, restUrl.getAuthority());
    SecureRandom random = new SecureRandom();
    try (Lines lines = new Lines(restUrl, socketUrl);
        HttpClient client = Wire.client();
        Cast cast = new Cast(lines.servers(), random)) {
      ServerAnswers server = new ServerAnswers(new RestCalls(client, restUrl));
      Optional<Tables> tables =
          inspected.map(instance -> new Tables(client, instance.dynamoDbUrl(), instance.tables()));
      new Timeline(
              transcript,
              new KeySteps(stage, cast, server),
              new MessageSteps(stage, server, look),
              new SearchSteps(stage, tables, lines.taps()),
              tables.map(writable -> new TamperSteps(stage, writable, look)),
              random)
          .play();
    } catch (Stage.Ended differed) {
      transcript.ending(look.bad("A step differs: the play ends here."));
      return 1;
    }
    transcript.ending(
        look.good(
            String.format(
                Locale.ROOT,
                "All %d steps came out as they should, in %.1f s.",
                stage.steps(),
                stage.lasted().toMillis() / 1e3)));
    return 0;
  }

  /** REST and sockets share a port on one machine; in the cloud they are two hosts. */
  private static URI socketUrlBeside(URI restUrl) {
    String scheme = "https".equals(restUrl.getScheme()) ? "wss" : "ws";
    return URI.create(scheme + "://" + restUrl.getAuthority() + "/ws");
  }
}
