package io.quantchat.infra.local;

import io.quantchat.infra.local.server.ListenAddress;
import io.quantchat.infra.local.server.PublicUrl;
import io.quantchat.infra.local.server.TrustedProxies;
import io.quantchat.infra.local.terminal.Typed;
import io.quantchat.infra.local.tls.CertificateFiles;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of {@code ./quantchat up} that say how it is reached. */
final class ListeningOptions {

  private static final int LARGEST_PORT = 65_535;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  private final Set<String> given = new HashSet<>();
  private ListenAddress where = ListenAddress.localhost();
  private String typedHost = "localhost";
  private int port;
  private Optional<Path> certificate = Optional.empty();
  private Optional<Path> key = Optional.empty();
  private TrustedProxies proxies = TrustedProxies.NONE;
  private Optional<PublicUrl> publicUrl = Optional.empty();
  private Optional<Integer> metricsPort = Optional.empty();
  private Optional<ListenAddress> metricsHost = Optional.empty();

  @Option(
      names = "--plain-http",
      description =
          "let other machines send tokens in clear; without it, that takes TLS or a proxy")
  private boolean plainHttp;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "where to listen (default ${DEFAULT-VALUE}; 0: any free port)")
  void port(String typed) {
    port = Typed.number(spec, "--port", typed, 0, LARGEST_PORT);
  }

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "the name or address to listen on; 0.0.0.0 or :: for all (default localhost)")
  void host(String typed) {
    once("--host");
    where = address("--host", typed);
    typedHost = typed;
  }

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "answer over TLS with this certificate and its chain, as PEM")
  void certificate(Path file) {
    once("--tls-cert");
    certificate = Optional.of(file);
  }

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "the certificate's key, as PEM without a passphrase")
  void key(Path file) {
    once("--tls-key");
    key = Optional.of(file);
  }

  @Option(
      names = "--trust-forwarded",
      paramLabel = "ADDRESS",
      description =
          "believe X-Forwarded-For and Forwarded of these proxies: addresses, networks, commas")
  void proxies(String typed) {
    once("--trust-forwarded");
    proxies = parsed("--trust-forwarded", typed, TrustedProxies::parse);
  }

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description = "what clients are told, such as https://chat.example.org")
  void publicUrl(String typed) {
    once("--public-url");
    publicUrl = Optional.of(parsed("--public-url", typed, PublicUrl::parse));
  }

  @Option(
      names = "--metrics-port",
      paramLabel = "N",
      description =
          "answer Prometheus at /metrics on this port (default: nowhere; 0: any free port)")
  void metricsPort(String typed) {
    once("--metrics-port");
    metricsPort = Optional.of(Typed.number(spec, "--metrics-port", typed, 0, LARGEST_PORT));
  }

  @Option(
      names = "--metrics-host",
      paramLabel = "ADDRESS",
      description = "the name or address of the metrics' port (default localhost)")
  void metricsHost(String typed) {
    once("--metrics-host");
    metricsHost = Optional.of(address("--metrics-host", typed));
  }

  /** Which of two is meant, nobody can tell. */
  private void once(String option) {
    if (!given.add(option)) {
      throw Typed.unusable(spec, option + " can be given once.");
    }
  }

  private ListenAddress address(String option, String typed) {
    try {
      return ListenAddress.of(typed);
    } catch (UnknownHostException e) {
      throw Typed.unusable(
          spec, "%s: \"%s\" is no address, and no name of one.".formatted(option, typed));
    }
  }

  private <T> T parsed(String option, String typed, Function<String, T> parse) {
    try {
      return parse.apply(typed);
    } catch (IllegalArgumentException e) {
      throw Typed.unusable(spec, option + ": " + e.getMessage());
    }
  }

  /** What they say together. */
  Listening listening() {
    if (certificate.isPresent() != key.isPresent()) {
      throw Typed.unusable(spec, "--tls-cert and --tls-key need each other.");
    }
    if (plainHttp && certificate.isPresent()) {
      throw Typed.unusable(spec, "--plain-http and --tls-cert exclude each other.");
    }
    if (metricsHost.isPresent() && metricsPort.isEmpty()) {
      throw Typed.unusable(spec, "--metrics-host needs --metrics-port.");
    }
    boolean inClear =
        !where.isLoopback() && certificate.isEmpty() && proxies.isEmpty() && !plainHttp;
    if (inClear) {
      throw Typed.unusable(
          spec,
          "--host %s would let tokens travel in clear: add --tls-cert and --tls-key, or"
                  .formatted(typedHost)
              + " --trust-forwarded with the proxy that does TLS, or say --plain-http.");
    }
    return new Listening(
        where,
        port,
        certificate.map(file -> new CertificateFiles(file, key.orElseThrow())),
        proxies,
        publicUrl,
        metricsPort.map(
            number ->
                new Listening.MetricsPort(
                    metricsHost.orElseGet(ListenAddress::localhost), number)));
  }
}
