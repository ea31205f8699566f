package io.quantchat.infra.demo.check;

import io.quantchat.infra.local.RunningInstance;
import io.quantchat.infra.local.terminal.Typed;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./quantchat check}: exits 0 if a relay does what an account asks of it. */
@Command(
    name = "./quantchat check",
    description =
        "Make an account, have it write to itself, and delete it: each step is said, and what"
            + " failed.",
    footer = "Exits 0 if all came out as it should, 1 if a step failed, 2 for words it can't use.",
    separator = " ")
public final class Check implements Callable<Integer> {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final int LONGEST_WAIT = 3_600;

  @Spec private CommandSpec spec;

  private final PrintStream out;
  private final Journey.Pause pause;
  private final LongestWaits longest;
  private URI restUrl;
  private URI socketUrl;
  private Duration wait = Duration.ZERO;

  @Option(
      names = "--no-socket",
      description = "leave the socket out, where there is none, as on LocalStack")
  private boolean withoutSocket;

  Check(PrintStream out, Journey.Pause pause, LongestWaits longest) {
    this.out = out;
    this.pause = pause;
    this.longest = longest;
  }

  /** Exits as its usage says. */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, System.out.charset());
    System.exit(new Check(out, Thread::sleep, LongestWaits.WITH_A_STACK).run(List.of(arguments)));
  }

  @Option(
      names = "--url",
      paramLabel = "REST_URL",
      description =
          "a stack's RestUrl, or http://localhost:8080; without it, the instance that runs here")
  void restUrl(String typed) {
    URI url = url("--url", typed, Set.of("http", "https"));
    restUrl =
        THIS_MACHINE.contains(url.getHost()) && url.getPath().isEmpty()
            ? URI.create(url + "/api/v1")
            : url;
  }

  @Option(
      names = "--socket-url",
      paramLabel = "SOCKET_URL",
      description = "the stack's SocketUrl; on this machine it is /ws beside the other")
  void socketUrl(String typed) {
    socketUrl = url("--socket-url", typed, Set.of("ws", "wss"));
  }

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      description = "how long to wait for a first answer (default 0)")
  void wait(String typed) {
    wait = Duration.ofSeconds(Typed.number(spec, "--wait", typed, 0, LONGEST_WAIT));
  }

  private URI url(String option, String typed, Set<String> schemes) {
    try {
      URI url = URI.create(typed.replaceFirst("/+$", ""));
      if (url.getHost() != null
          && schemes.contains(url.getScheme())
          && url.getRawUserInfo() == null
          && url.getRawQuery() == null
          && url.getRawFragment() == null) {
        return url;
      }
    } catch (IllegalArgumentException noUrl) {
      // Said below.
    }
    throw Typed.unusable(
        spec,
        "%s needs a whole URL, with %s."
            .formatted(option, schemes.contains("ws") ? "ws:// or wss://" : "http:// or https://"));
  }

  int run(List<String> arguments) {
    return Typed.of(this, out, out).run(arguments);
  }

  @Override
  public Integer call() throws InterruptedException {
    Optional<URI> sockets = Optional.ofNullable(socketUrl);
    if (restUrl == null) {
      RunningInstance here =
          RunningInstance.read(RunningInstance.file())
              .orElseThrow(
                  () ->
                      Typed.unusable(
                          spec,
                          "Nothing runs here: start it with ./quantchat up, or name a stack by"
                              + " --env, or its URLs by --url and --socket-url."));
      restUrl = here.restUrl();
      sockets = sockets.or(() -> Optional.of(here.socketUrl()));
    }
    if (withoutSocket) {
      sockets = Optional.empty();
    } else if (sockets.isEmpty()) {
      sockets = Optional.of(socketBeside());
    }
    try (var journey = new Journey(restUrl, sockets, wait, pause, longest, out)) {
      return journey.play() ? 0 : 1;
    }
  }

  private URI socketBeside() {
    if (!THIS_MACHINE.contains(restUrl.getHost())) {
      throw Typed.unusable(
          spec, "Say --socket-url, too: the stack's output SocketUrl. Or --no-socket.");
    }
    String scheme = "https".equals(restUrl.getScheme()) ? "wss" : "ws";
    return URI.create(scheme + "://" + restUrl.getAuthority() + "/ws");
  }
}
