package io.quantchat.infra.local.server;

import io.quantchat.infra.local.gateway.Route;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code GET /}: where the two APIs are, for a person who opens the port in a browser. */
public final class FrontPage extends Handler.Abstract.NonBlocking {

  private final byte[] page;

  public FrontPage(URI restUrl, URI socketUrl) {
    this.page =
        "QuantChat\nREST    %s\nsocket  %s\n"
            .formatted(restUrl, socketUrl)
            .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!request.getMethod().equals("GET") || !request.getHttpURI().getPath().equals("/")) {
      return false;
    }
    Route.note(request, "/");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.write(true, ByteBuffer.wrap(page), callback);
    return true;
  }
}
