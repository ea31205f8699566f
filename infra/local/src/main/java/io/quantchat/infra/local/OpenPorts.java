package io.quantchat.infra.local;

import io.quantchat.infra.local.metrics.MetricsPage;
import io.quantchat.infra.local.metrics.MetricsSource;
import io.quantchat.infra.local.metrics.ProcessMetrics;
import io.quantchat.infra.local.metrics.RequestMetrics;
import io.quantchat.infra.local.server.GatewayServer;
import io.quantchat.infra.local.server.ListenAddress;
import io.quantchat.infra.local.server.ListeningPort;
import io.quantchat.infra.local.server.PublicUrl;
import io.quantchat.infra.local.server.UnmappedPath;
import io.quantchat.infra.local.tls.ServerCertificate;
import io.quantchat.infra.local.tls.UnusableCertificate;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.server.Handler;

/**
 * The ports of one gateway: the one that clients reach, and perhaps one for Prometheus. Both are
 * taken before anything else is begun, so that whoever can't have them is told at once.
 */
final class OpenPorts {

  private record Metrics(ListeningPort port, RequestMetrics requests) {}

  private final Listening listening;
  private final Consumer<String> log;
  private final ListeningPort port;
  private final Optional<ServerCertificate> certificate;
  private final Optional<Metrics> metrics;
  private Optional<GatewayServer> server = Optional.empty();

  private OpenPorts(
      Listening listening,
      Consumer<String> log,
      ListeningPort port,
      Optional<ServerCertificate> certificate,
      Optional<Metrics> metrics) {
    this.listening = listening;
    this.log = log;
    this.port = port;
    this.certificate = certificate;
    this.metrics = metrics;
  }

  /**
   * Takes the ports and reads the certificate.
   *
   * @param parts gets what is to be closed
   */
  static OpenPorts take(Listening listening, Consumer<String> log, OpenParts parts)
      throws StartFailure {
    Optional<ServerCertificate> certificate = Optional.empty();
    if (listening.certificate().isPresent()) {
      try {
        certificate =
            Optional.of(
                parts.add(
                    ServerCertificate.read(listening.certificate().get(), Clock.systemUTC(), log)));
      } catch (UnusableCertificate e) {
        throw new StartFailure(e.getMessage(), e);
      }
    }
    ListeningPort port = parts.add(take(listening.where(), listening.port(), ""));
    Optional<Metrics> metrics = Optional.empty();
    if (listening.metrics().isPresent()) {
      Listening.MetricsPort asked = listening.metrics().get();
      metrics =
          Optional.of(
              new Metrics(
                  parts.add(take(asked.where(), asked.port(), "metrics-")), new RequestMetrics()));
    }
    return new OpenPorts(listening, log, port, certificate, metrics);
  }

  private static ListeningPort take(ListenAddress where, int port, String which)
      throws StartFailure {
    try {
      return ListeningPort.take(where, port);
    } catch (BindException e) {
      throw new StartFailure(
          isOfThisMachine(where)
              ? "Port %d is in use or not allowed: stop what uses it, or choose another with --%sport."
                  .formatted(port, which)
              : "%s is no address of this machine: choose another with --%shost."
                  .formatted(where.host(), which),
          e);
    } catch (IOException e) {
      throw new StartFailure("Can't listen on %s: %s".formatted(where.host(), e.getMessage()), e);
    }
  }

  private static boolean isOfThisMachine(ListenAddress where) {
    try {
      return where.isOfThisMachine();
    } catch (SocketException unknown) {
      return true;
    }
  }

  /** The port that clients reach. */
  int number() {
    return port.number();
  }

  /** What clients are told. */
  PublicUrl url() {
    return listening.url(port.number());
  }

  /** Where Prometheus asks, if it may. */
  Optional<PublicUrl> metricsUrl() {
    return metrics.map(
        open ->
            PublicUrl.of(
                "http", listening.metrics().orElseThrow().where().host(), open.port().number()));
  }

  /** Loads what answers, which takes a while. */
  void load(OpenParts parts) {
    server =
        Optional.of(
            parts.add(
                new GatewayServer(
                    port, listening.proxies(), certificate.map(ServerCertificate::tls))));
  }

  /**
   * Begins to answer.
   *
   * @param handlers asked in this order
   * @param counted what Prometheus is told besides the requests and the process
   */
  void answer(
      List<Handler> handlers,
      List<MetricsSource> counted,
      Clock clock,
      RandomGenerator random,
      OpenParts parts) {
    List<Handler> all = new ArrayList<>(handlers);
    all.add(new UnmappedPath(clock, random));
    GatewayServer loaded = server.orElseThrow();
    if (metrics.isEmpty()) {
      loaded.start(all, log);
    } else {
      RequestMetrics requests = metrics.get().requests();
      List<MetricsSource> sources = new ArrayList<>(List.of(requests, new ProcessMetrics()));
      sources.addAll(counted);
      loaded.start(all, log, requests);
      GatewayServer aside = parts.add(new GatewayServer(metrics.get().port()));
      // Prometheus asks every few seconds: that is no news.
      aside.start(List.of(new MetricsPage(sources), new UnmappedPath(clock, random)), line -> {});
    }
    certificate.ifPresent(ServerCertificate::follow);
  }

  /** Takes no connection any more and waits, but not longer than told, for requests that run. */
  void drain(Duration patience) {
    server.ifPresent(running -> running.drain(patience));
  }
}
