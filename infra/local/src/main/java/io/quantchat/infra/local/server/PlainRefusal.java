package io.quantchat.infra.local.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The server's answer where it can't hand a request on: the status in words, nothing of why. */
final class PlainRefusal implements Request.Handler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String body = "{\"message\":\"%s\"}".formatted(HttpStatus.getMessage(response.getStatus()));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    // Jetty closes it behind what it can't read, and doesn't say so: the client's next request on
    // it
    // would be lost.
    response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
    return true;
  }
}
