package io.quantchat.infra.local.socket;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.ExtensionConfig;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;

/** Hands Jetty the socket of an accepted handshake, and the limits that Jetty has to hold. */
final class SocketNegotiator implements WebSocketNegotiator {

  private static final String DEFLATE = "permessage-deflate";

  /**
   * Jetty sees frames before they are inflated, and after they are deflated: its limit is looser
   * than the exact one, which {@link IncomingText} holds.
   */
  private static final int HEADROOM_BYTES = 1024;

  private final OpenSocket socket;
  private final Optional<String> subprotocol;
  private final int jettyFrameBytes;

  SocketNegotiator(OpenSocket socket, Optional<String> subprotocol, SocketLimits limits) {
    this.socket = socket;
    this.subprotocol = subprotocol;
    this.jettyFrameBytes = limits.frameBytes() + HEADROOM_BYTES;
  }

  @Override
  public FrameHandler negotiate(
      ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
    subprotocol.ifPresent(response::setAcceptedSubProtocol);
    List<ExtensionConfig> extensions =
        response.getExtensions().stream()
            .filter(extension -> extension.getName().equals(DEFLATE))
            .limit(1)
            .map(this::buffered)
            .toList();
    response.setExtensions(extensions);
    return socket;
  }

  /** Parameters with @ are Jetty's own and don't go out. */
  private ExtensionConfig buffered(ExtensionConfig offered) {
    ExtensionConfig deflate = new ExtensionConfig(offered);
    deflate.setParameter("@deflate_buffer_size", jettyFrameBytes);
    deflate.setParameter("@inflate_buffer_size", jettyFrameBytes);
    return deflate;
  }

  @Override
  public void customize(Configuration session) {
    session.setAutoFragment(false);
    session.setMaxFrameSize(jettyFrameBytes);
    // OpenSocket has its own clock: for Jetty a ping would be traffic.
    session.setIdleTimeout(Duration.ZERO);
  }
}
