package io.quantchat.infra.demo.attacks;

import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A socket, and what comes in over it. */
public final class OpenSocket implements WebSocket.Listener {

  private static final Duration LONGEST_SENDING = Duration.ofMinutes(2);

  private final StringBuilder partial = new StringBuilder();
  private final ArrayDeque<String> arrived = new ArrayDeque<>();
  private WebSocket socket;
  private boolean closed;

  public void connected(WebSocket opened) {
    socket = opened;
  }

  /** Sends a frame; one that can't be sent shows in what comes back. */
  public void say(String frame) {
    try {
      socket.sendText(frame, true).orTimeout(LONGEST_SENDING.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException gone) {
      close();
    }
  }

  /** Waits for a frame of some kind; those before it are dropped. Empty if none comes. */
  public synchronized Optional<String> next(Predicate<String> wanted, Duration patience)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      while (!arrived.isEmpty()) {
        String frame = arrived.poll();
        if (wanted.test(frame)) {
          return Optional.of(frame);
        }
      }
      long left = deadline - System.nanoTime();
      if (left <= 0 || closed) {
        return Optional.empty();
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /** Whether it is closed by then. */
  synchronized boolean isClosedWithin(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!closed) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return true;
  }

  /** Whether frames are still answered. */
  boolean answersPings() throws InterruptedException {
    say("{\"type\": \"ping\", \"payload\": {}}");
    return next(frame -> frame.contains("\"pong\""), Duration.ofSeconds(20)).isPresent();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    synchronized (this) {
      partial.append(data);
      if (last) {
        arrived.add(partial.toString());
        partial.setLength(0);
        notifyAll();
      }
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    close();
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    close();
  }

  private synchronized void close() {
    closed = true;
    notifyAll();
  }

  public void abort() {
    socket.abort();
  }
}
