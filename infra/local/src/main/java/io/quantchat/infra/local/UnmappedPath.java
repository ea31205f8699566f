package io.quantchat.infra.local;

import io.quantchat.infra.local.rest.RequestIds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A path that no API is mapped to: the answer of a custom domain without a matching mapping. */
public final class UnmappedPath extends Handler.Abstract.NonBlocking {

  private static final String BODY = "{\"message\":\"Forbidden\"}";

  private final Clock clock;
  private final RandomGenerator random;

  public UnmappedPath(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    RequestIds ids = RequestIds.draw(random, clock.instant());
    response.setStatus(403);
    response.getHeaders().put("x-amzn-RequestId", ids.requestId());
    response.getHeaders().put("x-amz-apigw-id", ids.extendedRequestId());
    response.getHeaders().put("x-amzn-ErrorType", "ForbiddenException");
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, ByteBuffer.wrap(BODY.getBytes(StandardCharsets.UTF_8)), callback);
    return true;
  }
}
