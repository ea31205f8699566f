package io.quantchat.infra.local.web;

import io.quantchat.infra.local.gateway.HeaderLine;
import io.quantchat.infra.local.gateway.HttpAnswer;
import io.quantchat.infra.local.gateway.Route;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code GET /} where no browser client was built: what to install for one, and where the two APIs
 * are meanwhile.
 */
final class AbsentClient extends Handler.Abstract.NonBlocking {

  private final HttpAnswer page;

  AbsentClient(HeaderRules rules, URI restUrl, URI socketUrl) {
    List<HeaderLine> headers = new ArrayList<>(rules.of("/"));
    headers.add(new HeaderLine("Content-Type", MediaType.HTML.header()));
    // What a URI may consist of has no markup in it.
    String text =
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <title>QuantChat</title>
        <p>The browser client is not built here: install Node 20.19 or newer, with npm, where \
        QuantChat's sources are, and start ./quantchat up there again. Everything else runs.</p>
        <p>REST: %s<br>Socket: %s</p>
        """
            .formatted(restUrl, socketUrl);
    this.page = new HttpAnswer(200, headers, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!request.getMethod().equals("GET") || !request.getHttpURI().getPath().equals("/")) {
      return false;
    }
    Route.note(request, "/");
    page.write(response, callback);
    return true;
  }
}
