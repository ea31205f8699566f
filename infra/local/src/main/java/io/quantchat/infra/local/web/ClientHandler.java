package io.quantchat.infra.local.web;

import io.quantchat.infra.local.gateway.HeaderLine;
import io.quantchat.infra.local.gateway.HttpAnswer;
import io.quantchat.infra.local.gateway.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * {@code GET} and {@code HEAD} of the browser client's files. All else is left to other handlers: a
 * path that is no file's, another method.
 */
final class ClientHandler extends Handler.Abstract {

  private static final String GZIP = "gzip";

  private final BuiltClient client;
  private final HeaderRules rules;

  ClientHandler(BuiltClient client, HeaderRules rules) {
    this.client = client;
    this.rules = rules;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    boolean isRead = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    String path = request.getHttpURI().getPath();
    Optional<BuiltFile> file = isRead && path != null ? client.at(path) : Optional.empty();
    if (file.isEmpty()) {
      return false;
    }
    Route.note(request, "/");
    answer(request, path, file.get()).write(response, callback);
    return true;
  }

  private HttpAnswer answer(Request request, String path, BuiltFile file) {
    Optional<byte[]> shrunk = takesGzip(request) ? file.inGzip() : Optional.empty();
    String tag = file.tag(shrunk.isPresent());
    List<HeaderLine> headers = new ArrayList<>(rules.of(path));
    headers.add(new HeaderLine("ETag", tag));
    if (file.type().shrinks()) {
      headers.add(new HeaderLine("Vary", "Accept-Encoding"));
    }
    if (isKnown(request, tag)) {
      return new HttpAnswer(304, headers, new byte[0]);
    }
    headers.add(new HeaderLine("Content-Type", file.type().header()));
    if (shrunk.isPresent()) {
      headers.add(new HeaderLine("Content-Encoding", GZIP));
    }
    return new HttpAnswer(200, headers, shrunk.orElse(file.content()));
  }

  /** Values of quality 0, which are those that a client won't have, are not among these. */
  private static boolean takesGzip(Request request) {
    List<String> taken = request.getHeaders().getQualityCSV(HttpHeader.ACCEPT_ENCODING);
    return taken.stream().anyMatch(GZIP::equalsIgnoreCase);
  }

  /**
   * Compared weakly (RFC 9110, 13.1.2): a proxy that changes a body's coding may weaken its tag.
   */
  private static boolean isKnown(Request request, String tag) {
    return request.getHeaders().getValuesList(HttpHeader.IF_NONE_MATCH).stream()
        .flatMap(line -> Stream.of(line.split(",")))
        .map(String::trim)
        .anyMatch(known -> known.equals("*") || known.replaceFirst("^W/", "").equals(tag));
  }
}
