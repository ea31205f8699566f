package io.quantchat.infra.local;

import io.quantchat.infra.local.server.ListenAddress;
import io.quantchat.infra.local.server.PublicUrl;
import io.quantchat.infra.local.server.TrustedProxies;
import io.quantchat.infra.local.tls.CertificateFiles;
import java.util.Optional;

/**
 * How clients reach a {@link LocalGateway}.
 *
 * @param where the addresses that it listens on
 * @param port 0 for any that is free
 * @param certificate what it answers with over TLS; empty to answer in clear
 * @param proxies who is believed about where a request comes from
 * @param publicUrl what clients are told; empty for the address and port it listens on
 * @param metrics where Prometheus may ask; empty for nowhere
 */
record Listening(
    ListenAddress where,
    int port,
    Optional<CertificateFiles> certificate,
    TrustedProxies proxies,
    Optional<PublicUrl> publicUrl,
    Optional<MetricsPort> metrics) {

  /**
   * Where Prometheus asks, in clear.
   *
   * @param port 0 for any that is free
   */
  record MetricsPort(ListenAddress where, int port) {}

  /** In clear on {@code localhost}, as programs on this machine use it. */
  static Listening onLocalhost(int port) {
    return new Listening(
        ListenAddress.localhost(),
        port,
        Optional.empty(),
        TrustedProxies.NONE,
        Optional.empty(),
        Optional.empty());
  }

  /** The same, and Prometheus may ask on a free port of this machine. */
  Listening withMetrics() {
    return new Listening(
        where,
        port,
        certificate,
        proxies,
        publicUrl,
        Optional.of(new MetricsPort(ListenAddress.localhost(), 0)));
  }

  /** What clients are told, where it listens on this port. */
  PublicUrl url(int bound) {
    return publicUrl.orElseGet(
        () -> PublicUrl.of(certificate.isPresent() ? "https" : "http", where.host(), bound));
  }
}
