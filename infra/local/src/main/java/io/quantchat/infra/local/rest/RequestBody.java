package io.quantchat.infra.local.rest;

import io.quantchat.infra.local.gateway.Quotas;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads a request's body, as far as the gateway takes one. */
final class RequestBody {

  /**
   * How much of a body that is refused is read and thrown away. A client that is still writing when
   * the connection closes may never see the answer.
   */
  private static final long DISCARDED = 4L * Quotas.REST_BODY;

  private RequestBody() {}

  /**
   * @return empty if the body is longer than {@link Quotas#REST_BODY}
   */
  static Optional<byte[]> read(Request request) throws IOException {
    InputStream in = Content.Source.asInputStream(request);
    if (request.getLength() > Quotas.REST_BODY) {
      // Such a client sends its body only when asked to.
      if (!request.getHeaders().contains("Expect", "100-continue")) {
        discard(in);
      }
      return Optional.empty();
    }
    byte[] body = in.readNBytes(Quotas.REST_BODY);
    if (in.read() >= 0) {
      discard(in);
      return Optional.empty();
    }
    return Optional.of(body);
  }

  private static void discard(InputStream in) throws IOException {
    byte[] buffer = new byte[16 * 1024];
    long left = DISCARDED;
    int count = 0;
    while (left > 0 && count >= 0) {
      count = in.read(buffer);
      left -= count;
    }
  }
}
