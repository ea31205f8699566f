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
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps a socket open: opened anew when it is gone, tried now and then, for a dead one doesn't say
 * so. One that is gone before anything has come over it was none: nobody is told that it was open,
 * and nothing is done over it. The tries get rarer until a socket has held for a while. Everything
 * here happens on the worker.
 */
final class Link {

  /** A socket that has held so long is one: what ends it is a new trouble. */
  private static final Duration STEADY = Duration.ofSeconds(10);

  /** How often the clock is looked at. */
  private static final Duration LOOK = Duration.ofSeconds(15);

  /**
   * The clock has gone on by so much more than the worker has waited: the machine slept, and what
   * is open, or waited for, is of before.
   */
  private static final Duration SLEEP = Duration.ofSeconds(30);

  private final Worker worker;
  private final HttpClient http;
  private final URI url;
  private final RelayApi relay;
  private final Surroundings surroundings;
  private final Retries retries;

  private Optional<Socket> socket = Optional.empty();
  private boolean wanted;

  /** Whether something has come over the socket. */
  private boolean answered;

  /** Is told of the socket from the first {@link #open} on. */
  private Handler handler;

  /** Of the socket that is open: what an earlier one's threads still say is passed over. */
  private long generation;

  /** Of the one try that is still to come: an earlier one doesn't happen any more. */
  private long tries;

  private long looks;
  private long pings;
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
    return socket.filter(open -> answered && open.isOpen());
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
    looks++;
    lookLater(looks);
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
    tries++;
    try {
      String ticket = relay.socketTicket();
      Duration longest = surroundings.waits().connect();
      socket = Optional.of(Socket.open(http, url, ticket, longest, new Frames(generation)));
      opened(generation);
    } catch (LoginRequiredException e) {
      wanted = false;
      handler.loginRequired();
    } catch (ServerUnreachableException e) {
      retries.heed(e);
      handler.notOpened(e);
    } catch (ServerRefusalException e) {
      handler.notOpened(e);
    } finally {
      if (socket.isEmpty() && wanted) {
        retryLater();
      }
    }
  }

  private void opened(long which) {
    answered = false;
    pongAwaited = false;
    worker.after(
        STEADY,
        () -> {
          if (which == generation && socket.isPresent() && answered) {
            retries.reset();
          }
        });
    ping(which);
    beatLater(which);
  }

  private void retryLater() {
    long mine = ++tries;
    worker.after(
        retries.next(),
        () -> {
          if (mine == tries) {
            connect();
          }
        });
  }

  private void lost(long which) {
    if (which != generation || socket.isEmpty()) {
      return;
    }
    socket.get().abort();
    socket = Optional.empty();
    retryLater();
    if (answered) {
      handler.lost();
    } else {
      handler.notOpened(Socket.carriesNothing(url));
    }
  }

  private void beatLater(long which) {
    worker.after(surroundings.waits().heartbeat(), () -> beat(which));
  }

  private void beat(long which) {
    if (which != generation || socket.isEmpty()) {
      return;
    }
    ping(which);
    if (answered) {
      handler.beat();
    }
    beatLater(which);
  }

  /** Asks for an answer; without one in time to what was asked first, the socket is dead. */
  private void ping(long which) {
    socket.get().ping();
    if (pongAwaited) {
      return;
    }
    pongAwaited = true;
    long mine = ++pings;
    worker.after(
        surroundings.waits().frame(),
        () -> {
          if (mine == pings && pongAwaited) {
            lost(which);
          }
        });
  }

  private void lookLater(long which) {
    Instant due = surroundings.now().plus(LOOK);
    worker.after(
        LOOK,
        () -> {
          if (which != looks || !wanted) {
            return;
          }
          if (surroundings.now().isAfter(due.plus(SLEEP))) {
            woken();
          }
          lookLater(which);
        });
  }

  /** Whatever was waited for has had its time: it is tried now, once. */
  private void woken() {
    if (socket.isPresent()) {
      ping(generation);
    } else {
      connect();
    }
  }

  private void came(long which, Frame frame) {
    // What was on its way to the worker when the socket was given up comes too late.
    if (which != generation || socket.isEmpty()) {
      return;
    }
    pongAwaited = false;
    if (!answered) {
      answered = true;
      handler.opened();
    }
    handler.frame(frame);
  }

  /** Does what is to be done about a socket. */
  interface Handler {

    /** There is a socket, and it carries. */
    void opened();

    /** There is none yet, or still none. */
    void notOpened(RuntimeException reason);

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
      worker.run(() -> came(which, frame));
    }

    @Override
    public void closed() {
      worker.run(() -> lost(which));
    }
  }
}
