package io.quantchat.infra.stack;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The template's WebSocket API.
 *
 * @param logicalId its name in the template
 * @param stage its stage's name
 * @param routeSelectionExpression such as {@code $request.body.type}
 * @param routes by route key, {@code $connect}, {@code $disconnect} and {@code $default} among them
 * @param authorizer what {@code $connect} asks first
 */
public record SocketApiSpec(
    String logicalId,
    String stage,
    String routeSelectionExpression,
    Map<String, Route> routes,
    Optional<Authorizer> authorizer) {

  /**
   * @param key the route key
   * @param functionId logical id of the function behind it
   * @param timeout integration timeout, 29 s by default
   * @param twoWay whether the route has a route response, so that the function's body goes back as
   *     a frame
   */
  public record Route(String key, String functionId, Duration timeout, boolean twoWay) {}

  /**
   * @param functionId logical id of the authorizer function
   * @param identitySources such as {@code route.request.querystring.token}; all must be there, or
   *     the answer is 401
   */
  public record Authorizer(String functionId, List<String> identitySources) {}
}
