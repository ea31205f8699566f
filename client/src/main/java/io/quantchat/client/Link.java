package io.quantchat.client;

import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.client.wire.Frame;
import io.quantchat.client.wire.RelayApi;
import io.quantchat.client.wire.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps a socket open: opened anew when it is gone, tried now and then, for a dead one doesn't say
 * so. Everything here happens on the worker.
 */
final class Link {

  private final Worker worker;
  private final HttpClient http;
  private final URI url;
  private final RelayApi relay;
  private final Surroundings surroundings;
  private final Retries retries;

  private Optional<Socket> socket = Optional.empty();
  private boolean wanted;

  /** Is told of the socket from the first {@link #open} on. */
  private Handler handler;

  /** Of the socket that is open: what an earlier one's threads still say is passed over. */
  private long generation;

  private boolean pongAwaited;

  Link(Worker worker, HttpClient http, URI url, RelayApi relay, Surroundings surroundings) {
    this.worker = worker;
    this.http = http;
    this.url = url;
    this.relay = relay;
    this.surroundings = surroundings;
    this.retries = new Retries(surroundings.backoff(), surroundings.random());
  }

  Optional<Socket> socket() {
    return socket.filter(Socket::isOpen);
  }

  /** Whether there is, or is to be, a socket. */
  boolean isWanted() {
    return wanted;
  }

  /**
   * Has a socket from now on.
   *
   * @param toldOfIt the same each time
   */
  void open(Handler toldOfIt) {
    handler = toldOfIt;
    wanted = true;
    connect();
  }

  void close() {
    wanted = false;
    generation++;
    socket.ifPresent(Socket::close);
    socket = Optional.empty();
  }

  private void connect() {
    if (!wanted || socket.isPresent()) {
      return;
    }
    generation++;
    try {
      String ticket = relay.socketTicket();
      Duration longest = surroundings.waits().connect();
      socket = Optional.of(Socket.open(http, url, ticket, longest, new Frames(generation)));
      retries.reset();
      pongAwaited = false;
    } catch (LoginRequiredException e) {
      wanted = false;
      handler.loginRequired();
    } catch (ServerUnreachableException e) {
      retries.heed(e);
      worker.after(retries.next(), this::connect);
    } catch (ServerRefusalException e) {
      worker.after(retries.next(), this::connect);
    }
    if (socket.isPresent()) {
      beatLater(generation);
      handler.opened();
    }
  }

  private void lost(long which) {
    if (which != generation || socket.isEmpty()) {
      return;
    }
    socket.get().abort();
    socket = Optional.empty();
    handler.lost();
    worker.after(retries.next(), this::connect);
  }

  private void beatLater(long which) {
    worker.after(surroundings.waits().heartbeat(), () -> beat(which));
  }

  private void beat(long which) {
    if (which != generation || socket.isEmpty()) {
      return;
    }
    pongAwaited = true;
    socket.get().ping();
    worker.after(
        surroundings.waits().frame(),
        () -> {
          if (pongAwaited) {
            lost(which);
          }
        });
    handler.beat();
    beatLater(which);
  }

  /** Does what is to be done about a socket. */
  interface Handler {

    void opened();

    void frame(Frame frame);

    void beat();

    void lost();

    void loginRequired();
  }

  private final class Frames implements Socket.Events {

    private final long which;

    Frames(long which) {
      this.which = which;
    }

    @Override
    public void frame(Frame frame) {
      worker.run(
          () -> {
            if (which == generation) {
              pongAwaited = false;
              handler.frame(frame);
            }
          });
    }

    @Override
    public void closed() {
      worker.run(() -> lost(which));
    }
  }
}
