package io.quantchat.infra.local.socket;

import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
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

    /** The socket is closed, or its close frame is on its way. Called once. */
    void onEnd(OpenSocket socket, CloseReason reason);
  }

  private final Client client;
  private final SocketLimits limits;
  private final Clock clock;
  private final ScheduledExecutorService timers;
  private final Listener listener;
  private final IncomingText incoming;

  private final Outbox outbox;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicReference<CloseReason> ending = new AtomicReference<>();
  private volatile CoreSession session;
  private volatile long lastTrafficNanos = System.nanoTime();
  private volatile long lastActiveAt;
  private volatile ScheduledFuture<?> idleTimer;
  private volatile ScheduledFuture<?> lifetimeTimer;

  OpenSocket(
      Client client,
      SocketLimits limits,
      Clock clock,
      ScheduledExecutorService timers,
      Listener listener) {
    this.client = client;
    this.limits = limits;
    this.clock = clock;
    this.timers = timers;
    this.listener = listener;
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
    if (hasEnded()) {
      return Sending.GONE;
    }
    if (!outbox.offer(utf8)) {
      return Sending.BUFFER_FULL;
    }
    touch();
    return Sending.ACCEPTED;
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
    lastTrafficNanos = System.nanoTime();
    idleTimer = timers.schedule(this::checkIdle, limits.idle().toNanos(), TimeUnit.NANOSECONDS);
    lifetimeTimer =
        timers.schedule(
            () -> close(CloseReason.GOING_AWAY), limits.lifetime().toNanos(), TimeUnit.NANOSECONDS);
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
    lastTrafficNanos = System.nanoTime();
    lastActiveAt = clock.millis();
  }

  private void checkIdle() {
    long left = limits.idle().toNanos() - (System.nanoTime() - lastTrafficNanos);
    if (left <= 0) {
      close(CloseReason.GOING_AWAY);
    } else if (!hasEnded()) {
      idleTimer = timers.schedule(this::checkIdle, left, TimeUnit.NANOSECONDS);
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
    var _ = timers.schedule(open::abort, limits.closeGrace().toMillis(), TimeUnit.MILLISECONDS);
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
      idleTimer.cancel(false);
    }
    if (lifetimeTimer != null) {
      lifetimeTimer.cancel(false);
    }
  }
}
