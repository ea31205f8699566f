package io.quantchat.infra.local.socket;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/**
 * The messages that wait to be sent to one client, in the order they came, within {@link
 * SocketLimits#sendBufferBytes}. Nothing here blocks: the network takes frames as it can.
 *
 * <p>Messages that come between the acceptance of a handshake and its 101 wait here for the
 * session.
 */
final class Outbox {

  /** Below the frame limit even after deflating what can't be deflated. */
  private static final int FRAME_BYTES = 32_000;

  /** The cost of a waiting frame besides its bytes, so that empty ones are bounded as well. */
  private static final int OVERHEAD_BYTES = 64;

  private final long capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<byte[]> beforeOpen = new ArrayDeque<>();
  private final AtomicLong unsentBytes = new AtomicLong();
  private CoreSession session;

  Outbox(SocketLimits limits) {
    this.capacity = (long) limits.sendBufferBytes() + OVERHEAD_BYTES;
  }

  /** Sends what waited, and from now on at once. */
  void open(CoreSession opened) {
    lock.lock();
    try {
      session = opened;
      for (byte[] early = beforeOpen.poll(); early != null; early = beforeOpen.poll()) {
        write(early);
      }
    } finally {
      lock.unlock();
    }
  }

  /** What waits, with what waiting costs. */
  long unsentBytes() {
    return unsentBytes.get();
  }

  /** Takes one text message, or answers false if there is no room. */
  boolean offer(byte[] utf8) {
    if (!reserve(cost(utf8))) {
      return false;
    }
    lock.lock();
    try {
      if (session == null) {
        beforeOpen.add(utf8);
      } else {
        write(utf8);
      }
    } finally {
      lock.unlock();
    }
    return true;
  }

  /** Answers a ping; not at all if there is no room. For the socket's reader. */
  void pong(CoreSession open, Frame ping) {
    if (!reserve(OVERHEAD_BYTES)) {
      return;
    }
    ByteBuffer payload = ByteBuffer.allocate(ping.getPayloadLength());
    if (ping.hasPayload()) {
      payload.put(ping.getPayload().slice()).flip();
    }
    open.sendFrame(
        new Frame(OpCode.PONG, payload), Callback.from(() -> release(OVERHEAD_BYTES)), false);
  }

  /** Holds the lock: the frames of two messages must not mix. */
  private void write(byte[] utf8) {
    int offset = 0;
    do {
      int length = Math.min(FRAME_BYTES, utf8.length - offset);
      boolean last = offset + length == utf8.length;
      Frame frame =
          new Frame(
              offset == 0 ? OpCode.TEXT : OpCode.CONTINUATION,
              last,
              ByteBuffer.wrap(utf8, offset, length).slice());
      Callback sent = last ? Callback.from(() -> release(cost(utf8))) : Callback.NOOP;
      session.sendFrame(frame, sent, false);
      offset += length;
    } while (offset < utf8.length);
  }

  private static int cost(byte[] utf8) {
    return utf8.length + OVERHEAD_BYTES;
  }

  private boolean reserve(int bytes) {
    if (unsentBytes.addAndGet(bytes) <= capacity) {
      return true;
    }
    release(bytes);
    return false;
  }

  private void release(int bytes) {
    unsentBytes.addAndGet(-bytes);
  }
}
