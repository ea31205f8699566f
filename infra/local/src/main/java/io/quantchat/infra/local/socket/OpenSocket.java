package io.quantchat.infra.local.socket;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;

/**
 * One connection, from the moment its handshake was accepted until it is closed.
 *
 * <p>Sending never blocks: messages wait, in the order of their calls, in an {@link Outbox}. It
 * ends exactly once, whoever closes first, and tells its listener then.
 */
final class OpenSocket implements FrameHandler {

  /** The fate of a message for the client. */
  enum Sending {
    ACCEPTED,
    BUFFER_FULL,
    GONE
  }

  /** Whoever runs the functions. */
  interface Listener {

    /** A whole text message came. {@code answered} must run once, when the function is done. */
    void onMessage(OpenSocket socket, String text, Runnable answered);

    /** What became of a message for the client. */
    default void onSend(Sending fate) {}

    /** The socket is closed, or its close frame is on its way. Called once. */
    void onEnd(OpenSocket socket, CloseReason reason);
  }

  private final Client client;
  private final SocketLimits limits;
  private final Clock clock;
  private final Timers timers;
  private final Listener listener;
  private final IncomingText incoming;

  private final Outbox outbox;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicReference<CloseReason> ending = new AtomicReference<>();
  private volatile CoreSession session;
  private volatile long lastTrafficNanos;
  private volatile long lastActiveAt;
  private volatile Timers.Timer idleTimer;
  private volatile Timers.Timer lifetimeTimer;

  OpenSocket(Client client, SocketLimits limits, Clock clock, Timers timers, Listener listener) {
    this.client = client;
    this.limits = limits;
    this.clock = clock;
    this.timers = timers;
    this.listener = listener;
    this.lastTrafficNanos = timers.nanoTime();
    this.incoming = new IncomingText(limits);
    this.outbox = new Outbox(limits);
    this.lastActiveAt = client.connectedAt();
  }

  Client client() {
    return client;
  }

  /** Epoch milliseconds of the last message in either direction. */
  long lastActiveAt() {
    return lastActiveAt;
  }

  /**
   * Sends one text message, in frames that API Gateway would send.
   *
   * @param utf8 the message; not to be changed afterwards
   */
  Sending send(byte[] utf8) {
    Sending fate = trySend(utf8);
    listener.onSend(fate);
    return fate;
  }

  private Sending trySend(byte[] utf8) {
    if (hasEnded()) {
      return Sending.GONE;
    }
    if (!outbox.offer(utf8)) {
      return Sending.BUFFER_FULL;
    }
    touch();
    return Sending.ACCEPTED;
  }

  /** How many bytes wait for the client to take them. */
  long unsentBytes() {
    return outbox.unsentBytes();
  }

  /** Closes with a close frame, and cuts the connection if the client doesn't answer it in time. */
  void close(CloseReason reason) {
    if (!markEnded(reason)) {
      return;
    }
    CoreSession open = session;
    if (open != null) {
      sendClose(open);
    }
    listener.onEnd(this, reason);
  }

  /** The connection went away without a close frame, perhaps before it was open. */
  void dropped() {
    end(CloseReason.DROPPED);
  }

  @Override
  public void onOpen(CoreSession opened, Callback callback) {
    session = opened;
    outbox.open(opened);
    lastTrafficNanos = timers.nanoTime();
    idleTimer = timers.after(limits.idle(), this::checkIdle);
    lifetimeTimer = timers.after(limits.lifetime(), () -> close(CloseReason.GOING_AWAY));
    callback.succeeded();
    if (hasEnded()) {
      sendClose(opened);
      cancelTimers();
    }
    opened.demand();
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    switch (frame.getOpCode()) {
      case OpCode.TEXT, OpCode.CONTINUATION -> onText(frame, callback);
      case OpCode.BINARY -> {
        callback.succeeded();
        close(CloseReason.BINARY);
        session.demand();
      }
      case OpCode.PING -> {
        if (!hasEnded()) {
          outbox.pong(session, frame);
        }
        callback.succeeded();
        session.demand();
      }
      case OpCode.PONG -> {
        callback.succeeded();
        session.demand();
      }
      // Succeeding makes the session answer the close frame; nothing can follow it.
      default -> callback.succeeded();
    }
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    end(CloseReason.of(status));
    callback.succeeded();
  }

  private void onText(Frame frame, Callback callback) {
    IncomingText.Progress progress = hasEnded() ? new IncomingText.More() : incoming.add(frame);
    callback.succeeded();
    switch (progress) {
      case IncomingText.More() -> session.demand();
      case IncomingText.Refused(CloseReason reason) -> {
        close(reason);
        session.demand();
      }
      case IncomingText.Whole(String text) -> {
        touch();
        boolean more = inFlight.incrementAndGet() < limits.messagesInFlight();
        listener.onMessage(this, text, this::onAnswered);
        if (more) {
          session.demand();
        }
      }
    }
  }

  /** Reading stopped at exactly the limit, so the one answer that leaves the limit resumes it. */
  private void onAnswered() {
    if (inFlight.getAndDecrement() == limits.messagesInFlight()) {
      session.demand();
    }
  }

  private void touch() {
    lastTrafficNanos = timers.nanoTime();
    lastActiveAt = clock.millis();
  }

  private void checkIdle() {
    Duration left = limits.idle().minusNanos(timers.nanoTime() - lastTrafficNanos);
    if (!left.isPositive()) {
      close(CloseReason.GOING_AWAY);
    } else if (!hasEnded()) {
      idleTimer = timers.after(left, this::checkIdle);
    }
  }

  private void end(CloseReason reason) {
    if (markEnded(reason)) {
      listener.onEnd(this, reason);
    }
  }

  private void sendClose(CoreSession open) {
    CloseReason reason = ending.get();
    open.close(reason.code(), reason.text(), Callback.NOOP);
    var _ = timers.after(limits.closeGrace(), open::abort);
  }

  private boolean hasEnded() {
    return ending.get() != null;
  }

  private boolean markEnded(CloseReason reason) {
    boolean first = ending.compareAndSet(null, reason);
    if (first) {
      cancelTimers();
    }
    return first;
  }

  private void cancelTimers() {
    if (idleTimer != null) {
      idleTimer.cancel();
    }
    if (lifetimeTimer != null) {
      lifetimeTimer.cancel();
    }
  }
}
