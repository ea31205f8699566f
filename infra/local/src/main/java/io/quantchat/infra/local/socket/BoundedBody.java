package io.quantchat.infra.local.socket;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Reads a request's body without blocking. Of a body that is too large it keeps nothing, but reads
 * on for a while: a client that is still writing would not see the answer.
 */
final class BoundedBody implements Runnable {

  private static final long DRAINED_BYTES = 16L * 1024 * 1024;

  private final Request request;
  private final int limit;
  private final Consumer<Optional<byte[]>> done;
  private final Consumer<Throwable> failed;
  private byte[] bytes;
  private long length;

  private BoundedBody(
      Request request, int limit, Consumer<Optional<byte[]>> done, Consumer<Throwable> failed) {
    this.request = request;
    this.limit = limit;
    this.done = done;
    this.failed = failed;
    this.bytes = new byte[Math.clamp(request.getLength(), 0, limit)];
  }

  /**
   * @param done gets the body, or nothing if it is over the limit
   * @param failed gets what went wrong while reading
   */
  static void read(
      Request request, int limit, Consumer<Optional<byte[]>> done, Consumer<Throwable> failed) {
    new BoundedBody(request, limit, done, failed).run();
  }

  @Override
  public void run() {
    while (true) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        failed.accept(chunk.getFailure());
        return;
      }
      keep(chunk.getByteBuffer());
      boolean last = chunk.isLast();
      chunk.release();
      if (last || length > DRAINED_BYTES) {
        done.accept(length > limit ? Optional.empty() : Optional.of(whole()));
        return;
      }
    }
  }

  private byte[] whole() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, (int) length);
  }

  private void keep(ByteBuffer part) {
    int offset = (int) Math.min(length, limit);
    int count = part.remaining();
    length += count;
    if (length > limit) {
      bytes = new byte[0];
      return;
    }
    if (length > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(length, 2L * bytes.length)));
    }
    part.get(bytes, offset, count);
  }
}
