package io.quantchat.infra.demo;

import io.quantchat.infra.database.storage.SqliteLibrary;
import io.quantchat.infra.local.OwnBackend;
import io.quantchat.infra.local.RunningInstance;
import io.quantchat.infra.local.terminal.Typed;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./quantchat demo}: plays the timeline and exits 0 if every step came out as it should. */
@Command(
    name = "./quantchat demo",
    description = "Play two people writing to each other, and what the server sees of it.",
    separator = " ")
public final class Demo implements Callable<Integer> {

  @Spec private CommandSpec spec;

  private final PrintStream out;
  private final Look look;
  private URI restUrl;
  private URI socketUrl;

  Demo(PrintStream out, Look look) {
    this.out = out;
    this.look = look;
  }

  /** Exits 0 if all is as it should be, 1 if a step differs, 2 if the arguments can't be read. */
  public static void main(String[] arguments) {
    SqliteLibrary.load();
    PrintStream out = new PrintStream(System.out, true, System.out.charset());
    System.exit(new Demo(out, Look.ofStandardOutput(System.out.charset())).run(List.of(arguments)));
  }

  @Option(
      names = "--url",
      paramLabel = "REST_URL",
      description =
          "play against this instance, such as http://localhost:8080/api/v1; else against the one"
              + " that runs here, else against one of its own, whose tables it looks into")
  void restUrl(String typed) {
    restUrl = url("--url", typed);
  }

  @Option(
      names = "--socket-url",
      paramLabel = "SOCKET_URL",
      description = "where its sockets connect, if that isn't /ws on the same host")
  void socketUrl(String typed) {
    socketUrl = url("--socket-url", typed);
  }

  private URI url(String option, String typed) {
    try {
      URI url = URI.create(typed.replaceFirst("/+$", ""));
      if (url.getHost() != null) {
        return url;
      }
    } catch (IllegalArgumentException noUrl) {
      // Said below.
    }
    throw Typed.unusable(spec, option + " needs a whole URL, with http:// or ws://.");
  }

  int run(List<String> arguments) {
    return Typed.of(this, out, out).run(arguments);
  }

  @Override
  public Integer call() {
    if (restUrl != null) {
      URI socket = socketUrl == null ? socketUrlBeside(restUrl) : socketUrl;
      return play(restUrl, socket, Optional.empty(), "on " + restUrl);
    }
    Optional<RunningInstance> running = RunningInstance.read(RunningInstance.file());
    if (running.isPresent()) {
      URI there = running.get().restUrl();
      return play(there, running.get().socketUrl(), Optional.empty(), "on " + there);
    }
    return playOnOwnInstance();
  }

  private int playOnOwnInstance() {
    out.println("Nothing runs here: starting an instance for this demo alone.");
    try (OwnBackend own = OwnBackend.start()) {
      return play(own, "on an instance of its own");
    } catch (IllegalStateException didNotStart) {
      out.println(didNotStart.getMessage());
      return 1;
    }
  }

  int play(OwnBackend own, String place) {
    var inside = new Inside(new Tables(own.tables(), own.tableNames()), own::objects);
    return play(own.restUrl(), own.socketUrl(), Optional.of(inside), place);
  }

  /**
   * @param inside the instance's, where it can be looked into
   */
  private int play(URI rest, URI socket, Optional<Inside> inside, String place) {
    Transcript transcript = new Transcript(out, look);
    transcript.title("Ana and Ben", place);
    Play play = new Play(transcript, rest.getAuthority());
    SecureRandom random = new SecureRandom();
    try (Lines lines = new Lines(rest, socket);
        HttpClient client = Wire.client();
        Cast cast = new Cast(lines.servers(), random)) {
      ServerAnswers server = new ServerAnswers(new RestCalls(client, rest));
      new Timeline(
              transcript,
              new KeySteps(play, cast, server),
              new MessageSteps(play, server, look),
              new FileSteps(play, cast, server, inside.map(Inside::bucket), look),
              new SearchSteps(play, inside, lines.taps()),
              inside.map(open -> new TamperSteps(play, open.tables(), look)),
              random)
          .play();
    } catch (Play.Ended differed) {
      transcript.ending(look.bad("A step differs: the play ends here."));
      return 1;
    }
    transcript.ending(
        look.good(
            String.format(
                Locale.ROOT,
                "All %d steps came out as they should, in %.1f s.",
                play.steps(),
                play.lasted().toMillis() / 1e3)));
    return 0;
  }

  /** REST and sockets share a port on one machine; in the cloud they are two hosts. */
  private static URI socketUrlBeside(URI rest) {
    String scheme = "https".equals(rest.getScheme()) ? "wss" : "ws";
    return URI.create(scheme + "://" + rest.getAuthority() + "/ws");
  }
}
