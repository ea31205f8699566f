package io.quantchat.infra.local.server;

import io.quantchat.infra.local.gateway.HttpAnswer;
import io.quantchat.infra.local.gateway.RequestIds;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A path that no API is mapped to: the answer of a custom domain without a matching mapping. */
public final class UnmappedPath extends Handler.Abstract.NonBlocking {

  private static final HttpAnswer FORBIDDEN =
      HttpAnswer.error(403, "ForbiddenException", "Forbidden");

  private final Clock clock;
  private final RandomGenerator random;

  public UnmappedPath(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    FORBIDDEN.identified(RequestIds.draw(random, clock.instant())).write(response, callback);
    return true;
  }
}
