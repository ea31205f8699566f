package io.quantchat.infra.local.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;

/**
 * The proxies that are believed about where a request comes from. One of theirs is shown as it
 * would be without them: from the nearest address that is no trusted proxy's, by the scheme that it
 * was asked by, with {@code X-Forwarded-For} as the client itself sent it. Everybody else's headers
 * stay as they are and say nothing.
 *
 * <p>A proxy writes {@code X-Forwarded-For} or {@code Forwarded} and hands on the other as the
 * client sent it. Where both are there and name different clients, neither is believed: the request
 * then comes from the proxy.
 */
public final class TrustedProxies implements HttpConfiguration.Customizer {

  /** Nobody is believed. */
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  private final List<AddressRange> trusted;

  private TrustedProxies(List<AddressRange> trusted) {
    this.trusted = trusted;
  }

  /**
   * Reads addresses and networks, separated by commas.
   *
   * @param typed such as {@code 127.0.0.1,fd00::/8}
   * @throws IllegalArgumentException if one is neither; its message is one sentence
   */
  public static TrustedProxies parse(String typed) {
    return new TrustedProxies(
        Stream.of(typed.split(",", -1)).map(String::strip).map(AddressRange::parse).toList());
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return trusted.isEmpty();
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable answerHeaders) {
    return request.getConnectionMetaData().getRemoteSocketAddress()
                instanceof InetSocketAddress peer
            && isTrusted(peer.getAddress())
        ? new Forwarded(request, origin(request.getHeaders(), peer.getAddress()))
        : request;
  }

  private boolean isTrusted(InetAddress address) {
    return address != null && trusted.stream().anyMatch(range -> range.contains(address));
  }

  /**
   * Where a request comes from.
   *
   * @param claims what the client itself said of others before it; empty for nothing
   */
  private record Origin(InetAddress address, Optional<String> scheme, String claims) {}

  private Origin origin(HttpFields headers, InetAddress peer) {
    List<Hop> forwardedFor = Hop.ofForwardedFor(headers);
    List<Hop> forwarded = Hop.ofForwarded(headers);
    Optional<String> scheme =
        Optional.ofNullable(headers.getLast(HttpHeader.X_FORWARDED_PROTO))
            .map(said -> said.substring(said.lastIndexOf(',') + 1))
            .flatMap(Hop::scheme);
    if (forwarded.isEmpty()) {
      return origin(forwardedFor, peer, scheme);
    }
    Origin byStandard = origin(forwarded, peer, Optional.empty());
    if (forwardedFor.isEmpty()) {
      return new Origin(byStandard.address(), byStandard.scheme().or(() -> scheme), "");
    }
    Origin byCustom = origin(forwardedFor, peer, scheme);
    return byCustom.address().equals(byStandard.address())
        ? byCustom
        : new Origin(peer, Optional.empty(), "");
  }

  /** From the proxy backwards: each hop is believed as long as the one behind it is. */
  private Origin origin(List<Hop> hops, InetAddress peer, Optional<String> said) {
    InetAddress address = peer;
    Optional<String> scheme = said;
    int believed = hops.size();
    while (believed > 0 && isTrusted(address) && hops.get(believed - 1).address().isPresent()) {
      believed--;
      address = hops.get(believed).address().get();
      Optional<String> told = hops.get(believed).scheme();
      scheme = told.isPresent() ? told : scheme;
    }
    String claims =
        believed == hops.size()
            ? ""
            : hops.stream().limit(believed).map(Hop::written).collect(Collectors.joining(", "));
    return new Origin(address, scheme, claims);
  }

  /** A request as the client sent it to the proxy. */
  private static final class Forwarded extends Request.Wrapper {

    private final ConnectionMetaData connection;
    private final HttpFields headers;
    private final HttpURI uri;

    Forwarded(Request request, Origin origin) {
      super(request);
      HttpFields.Mutable fields = HttpFields.build(request.getHeaders());
      fields.remove(HttpHeader.X_FORWARDED_FOR);
      if (!origin.claims().isEmpty()) {
        fields.add(new HttpField(HttpHeader.X_FORWARDED_FOR, origin.claims()));
      }
      headers = fields.asImmutable();
      uri =
          origin.scheme().isEmpty()
              ? request.getHttpURI()
              : HttpURI.build(request.getHttpURI()).scheme(origin.scheme().get()).asImmutable();
      SocketAddress client = new InetSocketAddress(origin.address(), 0);
      connection =
          new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {
            @Override
            public SocketAddress getRemoteSocketAddress() {
              return client;
            }
          };
    }

    @Override
    public ConnectionMetaData getConnectionMetaData() {
      return connection;
    }

    @Override
    public HttpFields getHeaders() {
      return headers;
    }

    @Override
    public HttpURI getHttpURI() {
      return uri;
    }
  }
}
