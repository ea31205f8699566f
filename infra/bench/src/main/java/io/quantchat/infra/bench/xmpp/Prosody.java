package io.quantchat.infra.bench.xmpp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Prosody where it is installed.
 *
 * @param program its path
 * @param version as it says, such as {@code 0.12.3}
 */
public record Prosody(Path program, String version) {

  /** How to get it, for who doesn't have it. */
  public static final String HOW_TO_INSTALL =
      "Prosody isn't installed, so nothing is compared with it: `apt install prosody` on Debian and"
          + " Ubuntu, `brew install prosody` on macOS, then run this again.";

  /** What it keeps, and how. */
  public static final String WHAT_IT_KEEPS =
      "messages to people online: nothing; to people away: appended to a file, not forced to disk";

  static final String DOMAIN = "localhost";
  static final String PASSWORD = "not-a-secret";

  private static final Pattern VERSION = Pattern.compile("^Prosody (\\d\\S*)", Pattern.MULTILINE);

  /** The one on the {@code PATH}, or where packages put it. */
  public static Optional<Prosody> find() throws IOException {
    Stream<Path> folders =
        Stream.concat(
            Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":", -1))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of),
            Stream.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin")
                .map(Path::of));
    Optional<Path> found =
        folders.map(folder -> folder.resolve("prosody")).filter(Files::isExecutable).findFirst();
    return found.isEmpty() ? Optional.empty() : Optional.of(at(found.get()));
  }

  private static Prosody at(Path program) throws IOException {
    Process about =
        new ProcessBuilder(program.resolveSibling("prosodyctl").toString(), "about")
            .redirectErrorStream(true)
            .start();
    about.getOutputStream().close();
    String said = new String(about.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher version = VERSION.matcher(said);
    return new Prosody(program, version.find() ? version.group(1) : "of an unknown version");
  }

  /** Starts one with these users. */
  ProsodyService start(List<String> users) throws IOException {
    Path folder = Files.createTempDirectory("quantchat-prosody").toRealPath();
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path accounts = Files.createDirectories(folder.resolve("data/" + DOMAIN + "/accounts"));
    for (String user : users) {
      Files.writeString(
          accounts.resolve(user + ".dat"), "return { [\"password\"] = \"" + PASSWORD + "\"; };\n");
    }
    Path configuration = folder.resolve("prosody.cfg.lua");
    Files.writeString(configuration, configuration(folder, port));
    return ProsodyService.start(program, configuration, port, folder);
  }

  private static String configuration(Path folder, int port) {
    return """
    run_as_root = true
    daemonize = false
    pidfile = "%1$s/pid"
    data_path = "%1$s/data"
    certificates = "%1$s"
    modules_enabled = { "saslauth", "offline", "smacks", "presence", "message" }
    modules_disabled = { "s2s", "tls", "http", "carbons" }
    interfaces = { "127.0.0.1" }
    c2s_ports = { %2$d }
    c2s_direct_tls_ports = {}
    legacy_ssl_ports = {}
    s2s_ports = {}
    http_ports = {}
    https_ports = {}
    c2s_require_encryption = false
    allow_unencrypted_plain_auth = true
    authentication = "internal_plain"
    storage = "internal"
    log = { warn = "*console" }
    VirtualHost "localhost"
    """
        .formatted(folder, port);
  }

  /**
   * Starts one with users enough for so many.
   *
   * @param people the most that are there at once
   */
  public ProsodyService start(int people) throws IOException {
    return start(Stream.iterate(0, i -> i + 1).limit(people).map(Prosody::user).toList());
  }

  static String user(int number) {
    return "user" + number;
  }

  static String jid(int number) {
    return user(number) + "@" + DOMAIN;
  }
}
