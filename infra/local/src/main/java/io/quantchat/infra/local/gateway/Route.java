package io.quantchat.infra.local.gateway;

import java.util.Optional;
import org.eclipse.jetty.server.Request;

/**
 * What a request was taken for: a route of the template as it is written there, such as {@code
 * /contacts/{contact_id}}, or a fixed name of the gateway's own. Never a path that a client sent.
 */
public final class Route {

  private static final String ATTRIBUTE = Route.class.getName();

  private Route() {}

  /** Notes it with the request, for those who count. */
  public static void note(Request request, String route) {
    request.setAttribute(ATTRIBUTE, route);
  }

  /** What was noted; empty where nobody knew the request. */
  public static Optional<String> of(Request request) {
    return Optional.ofNullable((String) request.getAttribute(ATTRIBUTE));
  }
}
