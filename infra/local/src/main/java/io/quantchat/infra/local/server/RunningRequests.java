package io.quantchat.infra.local.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Knows which requests run, so that an end can wait for them. Once it waits, requests that come
 * over connections that are open still are answered 503.
 */
final class RunningRequests extends Handler.Wrapper {

  private static final byte[] STOPPING =
      "{\"message\":\"The server is stopping\"}".getBytes(StandardCharsets.UTF_8);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private int running;
  private boolean ending;

  RunningRequests(Handler handler) {
    super(handler);
  }

  @Override
  public InvocationType getInvocationType() {
    return getHandler().getInvocationType();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!begin()) {
      refuse(response, callback);
      return true;
    }
    Request.addCompletionListener(request, _ -> end());
    return super.handle(request, response, callback);
  }

  private static void refuse(Response response, Callback callback) {
    response.setStatus(HttpStatus.SERVICE_UNAVAILABLE_503);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response
        .getHeaders()
        .put(new HttpField(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString()));
    response.write(true, ByteBuffer.wrap(STOPPING), callback);
  }

  /** From now on no request begins; waits until none runs any more, but not longer than told. */
  void end(Duration patience) {
    lock.lock();
    try {
      ending = true;
      long left = patience.toNanos();
      while (running > 0 && left > 0) {
        left = idle.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private boolean begin() {
    lock.lock();
    try {
      if (!ending) {
        running++;
      }
      return !ending;
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      running--;
      if (running == 0) {
        idle.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
