package io.quantchat.infra.local.socket;

import io.quantchat.infra.local.lambda.Functions;
import io.quantchat.infra.local.metrics.Exposition;
import io.quantchat.infra.local.metrics.MetricsSource;
import io.quantchat.infra.local.signing.SigningCredentials;
import io.quantchat.infra.stack.Deployment;
import io.quantchat.infra.stack.SocketApiSpec;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.server.Handler;

/**
 * A WebSocket API of the template on this machine: handshakes, messages, {@code @connections}, with
 * API Gateway's events, answers, limits and close codes.
 *
 * <p>Where AWS leaves a choice or no record exists: the messages of one socket run concurrently, up
 * to {@link SocketLimits#messagesInFlight}, then reading pauses; ping frames are answered but don't
 * keep a socket from being idle; numbers and booleans select a route by their text; a compressed
 * frame counts by its inflated size.
 */
public final class SocketGateway implements AutoCloseable, MetricsSource {

  private final SocketLimits limits;
  private final Clock clock;
  private final SigV4 signatures;
  private final Functions functions;
  private final Optional<SocketApiSpec.Route> disconnect;
  private final SocketIds ids;
  private final SocketEvents events;
  private final Handshake handshake;
  private final MessageRoutes messages;
  private final OpenSockets sockets;
  private final Invocations invocations = new Invocations();
  private final Timers timers;
  private final Map<OpenSocket.Sending, LongAdder> pushes = new EnumMap<>(OpenSocket.Sending.class);
  private volatile boolean closing;

  /**
   * @param sockets where those that are open are found, and their limits
   * @param credentials what posts to {@code @connections} over HTTP must be signed with
   * @throws IllegalArgumentException if the API has a route selection expression or identity source
   *     that isn't supported
   */
  public SocketGateway(
      SocketApiSpec api,
      Functions functions,
      OpenSockets sockets,
      SigningCredentials credentials,
      Clock clock,
      SecureRandom random) {
    this(api, functions, sockets, credentials, clock, random, new SystemTimers());
  }

  SocketGateway(
      SocketApiSpec api,
      Functions functions,
      OpenSockets sockets,
      SigningCredentials credentials,
      Clock clock,
      SecureRandom random,
      Timers timers) {
    String apiId = api.logicalId().toLowerCase(Locale.ROOT);
    String methodArn =
        "arn:aws:execute-api:%s:%s:%s/%s/$connect"
            .formatted(credentials.region(), Deployment.LOCAL_ACCOUNT, apiId, api.stage());
    this.sockets = sockets;
    this.limits = sockets.limits();
    this.clock = clock;
    this.signatures = new SigV4(credentials, "execute-api", clock);
    this.functions = functions;
    this.disconnect = Optional.ofNullable(api.routes().get("$disconnect"));
    this.ids = new SocketIds(random);
    this.events = new SocketEvents(apiId, api.stage(), methodArn, clock);
    this.handshake = new Handshake(api, functions, events, ids, methodArn, limits);
    this.messages = new MessageRoutes(api, functions, events, ids, limits);
    this.timers = timers;
    for (OpenSocket.Sending fate : OpenSocket.Sending.values()) {
      pushes.put(fate, new LongAdder());
    }
  }

  /**
   * Handshakes at exactly this path; every other path is left to the next handler.
   *
   * @param path such as {@code /ws}
   */
  public Handler sockets(String path) {
    return new UpgradeHandler(path, handshake, ids, clock, limits, invocations, this::open);
  }

  /**
   * {@code @connections} below this path; every other path is left to the next handler.
   *
   * @param basePath what stands before {@code /@connections}, such as {@code /live}
   */
  public Handler connections(String basePath) {
    return new CallbackApi(basePath, signatures, sockets);
  }

  @Override
  public void writeTo(Exposition out) {
    Collection<OpenSocket> all = sockets.all();
    out.gauge("quantchat_open_sockets", "Sockets that are open.").sample(all.size());
    out.gauge("quantchat_socket_unsent_bytes", "What waits for clients to take it.")
        .sample(all.stream().mapToLong(OpenSocket::unsentBytes).sum());
    out.gauge("quantchat_socket_functions_running", "Handshakes and frames that functions work on.")
        .sample(invocations.running());
    Exposition.Family sent =
        out.counter("quantchat_pushes_total", "Messages for open sockets, by what became of them.");
    pushes.forEach(
        (fate, count) -> sent.sample(count.sum(), "result", fate.name().toLowerCase(Locale.ROOT)));
  }

  /**
   * Says goodbye to every socket with 1001 and waits, for a few seconds, until their {@code
   * $disconnect} has run. To be called before the server stops.
   */
  @Override
  public void close() {
    closing = true;
    sockets.all().forEach(socket -> socket.close(CloseReason.GOING_AWAY));
    invocations.close(limits.closeGrace());
    timers.close();
  }

  private OpenSocket open(Client client) {
    OpenSocket socket = new OpenSocket(client, limits, clock, timers, new Sockets());
    sockets.add(socket);
    if (closing) {
      socket.close(CloseReason.GOING_AWAY);
    }
    return socket;
  }

  private final class Sockets implements OpenSocket.Listener {

    @Override
    public void onMessage(OpenSocket socket, String text, Runnable answered) {
      var _ =
          invocations.run(
              () -> {
                try {
                  messages.run(socket, text);
                } finally {
                  answered.run();
                }
              });
    }

    @Override
    public void onSend(OpenSocket.Sending fate) {
      pushes.get(fate).increment();
    }

    @Override
    public void onEnd(OpenSocket socket, CloseReason reason) {
      sockets.remove(socket);
      disconnect.ifPresent(
          route -> {
            byte[] event = events.disconnect(socket.client(), ids.next(), reason);
            var _ =
                invocations.run(
                    () ->
                        functions.invoke(
                            route.functionId(), event, limits.timeout(route.timeout())));
          });
    }
  }
}
