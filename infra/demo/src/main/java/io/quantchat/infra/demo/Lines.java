package io.quantchat.infra.demo;

import io.quantchat.client.Servers;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The lines that people's programs reach the server on, tapped where that can be. */
final class Lines implements AutoCloseable {

  private final Servers servers;
  private final List<Wiretap> taps;

  Lines(URI restUrl, URI socketUrl) {
    Optional<Wiretap> rest = Wiretap.on(restUrl);
    Optional<Wiretap> socket = Wiretap.on(socketUrl);
    this.servers =
        new Servers(
            rest.map(Wiretap::url).orElse(restUrl), socket.map(Wiretap::url).orElse(socketUrl));
    this.taps = Stream.of(rest, socket).flatMap(Optional::stream).toList();
  }

  /** Where programs are to go. */
  Servers servers() {
    return servers;
  }

  List<Wiretap> taps() {
    return taps;
  }

  @Override
  public void close() {
    taps.forEach(Wiretap::close);
  }
}
