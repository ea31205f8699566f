package io.quantchat.infra.local.objects;

import io.quantchat.infra.local.gateway.HeaderLine;
import io.quantchat.infra.local.gateway.Route;
import io.quantchat.infra.local.objects.S3Error.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A bucket on the gateway's own port. Bodies go by as they arrive, in either direction: no more of
 * one is held than a buffer.
 */
final class ObjectsHandler extends Handler.Abstract {

  /** Of a body that was refused this much is read: who still writes would miss the answer. */
  private static final long DRAINED_BYTES = 16L << 20;

  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(10);
  private static final int BUFFER = 64 * 1024;

  private final S3 bucket;
  private final Cors cors;
  private final Consumer<String> log;

  /**
   * @param log is told in one line what couldn't be done
   */
  ObjectsHandler(S3 bucket, Cors cors, Consumer<String> log) {
    this.bucket = bucket;
    this.cors = cors;
    this.log = log;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String path = request.getHttpURI().getPath();
    if (path == null || !bucket.has(path)) {
      return false;
    }
    Route.note(request, "/objects");
    AnswerIds ids = bucket.ids();
    try {
      S3Answer answer = answer(request, ids);
      send(answer, ids, request, response);
      callback.succeeded();
    } catch (IOException gone) {
      callback.failed(gone);
    }
    return true;
  }

  private S3Answer answer(Request request, AnswerIds ids) throws IOException {
    InputStream body = Content.Source.asInputStream(request);
    try {
      if (request.getMethod().equals("OPTIONS")) {
        return cors.preflight(request.getHeaders());
      }
      return bucket.answer(
          new S3Request(
              request.getMethod(),
              request.getHttpURI().getPath(),
              QueryParameters.of(request.getHttpURI().getQuery()),
              request.getHeaders(),
              body));
    } catch (S3Error refused) {
      return drained(request, body, refused.answer(ids));
    } catch (IncomingBody.ClientGoneException gone) {
      throw gone;
    } catch (IOException e) {
      log.accept("An object can't be read or written: " + e);
      return drained(request, body, new S3Error(Reason.INTERNAL).answer(ids));
    }
  }

  /** The answer ends the connection if there is more of the body than is worth reading. */
  private static S3Answer drained(Request request, InputStream body, S3Answer answer)
      throws IOException {
    boolean isUnsent = request.getHeaders().contains(HttpHeader.EXPECT);
    return !isUnsent && isDrained(body)
        ? answer
        : answer.with(
            List.of(
                new HeaderLine(
                    HttpHeader.CONNECTION.asString(), HttpHeaderValue.CLOSE.asString())));
  }

  private static boolean isDrained(InputStream body) throws IOException {
    var buffer = new byte[BUFFER];
    long end = System.nanoTime() + LONGEST_DRAIN.toNanos();
    long left = DRAINED_BYTES;
    while (left > 0 && System.nanoTime() < end) {
      int read = body.read(buffer);
      if (read < 0) {
        return true;
      }
      left -= read;
    }
    return false;
  }

  private void send(S3Answer answer, AnswerIds ids, Request request, Response response)
      throws IOException {
    try (S3Answer.Content content = answer.content()) {
      response.setStatus(answer.status());
      var fields = response.getHeaders();
      fields.add("x-amz-id-2", ids.hostId());
      fields.add("x-amz-request-id", ids.requestId());
      cors.headers(request.getMethod(), request.getHeaders())
          .forEach(line -> fields.add(line.name(), line.value()));
      answer.headers().forEach(line -> fields.add(line.name(), line.value()));
      if (answer.status() != 204 && answer.status() != 304) {
        fields.put(HttpHeader.CONTENT_LENGTH, content.length());
      }
      if (!request.getMethod().equals("HEAD")) {
        OutputStream out = Content.Sink.asOutputStream(response);
        content.writeTo(out);
        out.close();
      }
    }
  }
}
