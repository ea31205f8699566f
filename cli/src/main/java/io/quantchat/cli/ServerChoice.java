package io.quantchat.cli;

import io.quantchat.client.Servers;
import io.quantchat.client.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which server: what was said, else the instance that runs on this machine. */
final class ServerChoice {

  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Where the runner has the two APIs, on one port. */
  private static final String REST_PATH = "/api/v1";

  private static final String SOCKET_PATH = "/ws";

  private ServerChoice() {}

  /**
   * The server that was said; nothing where none was.
   *
   * @throws CommandException USAGE for what is no address, or would send secrets in the clear
   */
  static Optional<Servers> said(AccountOptions options) {
    if (options.server().isEmpty()) {
      options
          .socket()
          .ifPresent(
              alone -> {
                throw usage("Say --server, too: --socket-url alone is half of an address.");
              });
      return Optional.empty();
    }
    URI rest = address("--server", options.server().get(), "https", "http");
    if (isThisMachine(rest) && rest.getPath().replace("/", "").isEmpty()) {
      rest = URI.create(rest.getScheme() + "://" + rest.getRawAuthority() + REST_PATH);
    }
    URI socket =
        options.socket().isPresent()
            ? address("--socket-url", options.socket().get(), "wss", "ws")
            : socketBeside(rest);
    return Optional.of(new Servers(rest, socket));
  }

  /** The instance that a file tells of, if its process runs; else where one would be. */
  static Servers here(Path running) {
    return told(running).orElseGet(Servers::local);
  }

  /** How the server of a command came to be chosen: what a person may have to change. */
  static String reason(AccountOptions options, Shell shell, Optional<AccountFile> account) {
    if (options.server().isPresent()) {
      return "That is the server of --server.";
    }
    Optional<AccountFile> known = account.filter(file -> file.profile().isPresent());
    if (known.isPresent()) {
      return "That is the account's server, by "
          + known.get().beside()
          + "; --server names another.";
    }
    return told(shell.running()).isPresent()
        ? "That is what runs here, by " + shell.running() + "; --server names another."
        : "Nothing runs on this machine: start it with './quantchat up', or name a server with"
            + " --server.";
  }

  /** The one that was started last comes first; it may have ended without a word. */
  private static Optional<Servers> told(Path running) {
    try {
      Map<String, Object> first =
          Json.read(Files.readString(running)).flatMap(Json::object).orElse(Map.of());
      return Stream.concat(Stream.of(first), Json.objects(first.get("others")).stream())
          .flatMap(each -> running(each).stream())
          .findFirst();
    } catch (IOException nothingTold) {
      return Optional.empty();
    }
  }

  private static Optional<Servers> running(Map<String, Object> told) {
    boolean runs =
        told.get("process") instanceof Number process
            && told.get("started_at") instanceof Number started
            && isRunning(process.longValue(), started.longValue());
    Optional<String> rest = Json.string(told, "rest_url");
    Optional<String> socket = Json.string(told, "socket_url");
    try {
      return runs && rest.isPresent() && socket.isPresent()
          ? Optional.of(new Servers(URI.create(rest.get()), URI.create(socket.get())))
          : Optional.empty();
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  /** A process id alone may be another's by now. */
  private static boolean isRunning(long process, long startedAt) {
    return ProcessHandle.of(process)
        .filter(ProcessHandle::isAlive)
        .flatMap(handle -> handle.info().startInstant())
        .filter(start -> start.toEpochMilli() == startedAt)
        .isPresent();
  }

  private static URI socketBeside(URI rest) {
    if (!isThisMachine(rest)) {
      throw usage("Say --socket-url, too: the stack's output SocketUrl.");
    }
    String scheme = rest.getScheme().equals("https") ? "wss" : "ws";
    return URI.create(scheme + "://" + rest.getRawAuthority() + SOCKET_PATH);
  }

  private static URI address(String option, String value, String secure, String plain) {
    URI address;
    try {
      address = URI.create(value);
    } catch (IllegalArgumentException e) {
      throw usage(option + " needs a URL.");
    }
    boolean whole =
        address.getHost() != null
            && address.getRawUserInfo() == null
            && address.getRawQuery() == null
            && address.getRawFragment() == null;
    boolean safe =
        secure.equals(address.getScheme())
            || (plain.equals(address.getScheme()) && isThisMachine(address));
    if (!whole || !safe) {
      throw usage(
          "%s needs a URL that begins with %s://; %s:// only for this machine."
              .formatted(option, secure, plain));
    }
    return address;
  }

  private static boolean isThisMachine(URI address) {
    return address.getHost() != null && THIS_MACHINE.contains(address.getHost());
  }

  private static CommandException usage(String message) {
    return new CommandException(Exit.USAGE, message);
  }
}
