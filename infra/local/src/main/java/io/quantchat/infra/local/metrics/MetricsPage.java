package io.quantchat.infra.local.metrics;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code GET /metrics}. */
public final class MetricsPage extends Handler.Abstract {

  private final List<MetricsSource> sources;

  public MetricsPage(List<MetricsSource> sources) {
    this.sources = List.copyOf(sources);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    if (!request.getMethod().equals("GET") || !request.getHttpURI().getPath().equals("/metrics")) {
      return false;
    }
    var out = new Exposition();
    sources.forEach(source -> source.writeTo(out));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Exposition.MEDIA_TYPE);
    response.write(
        true, ByteBuffer.wrap(out.toString().getBytes(StandardCharsets.UTF_8)), callback);
    return true;
  }
}
