package io.quantchat.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Events as a REST API sends them to a function. */
public final class ProxyEvent {

  private ProxyEvent() {}

  /** A request without parameters, body and token. */
  public static ObjectNode of(String method, String resource) {
    ObjectNode event = GoldenEvent.REST_REQUEST.json();
    event.put("resource", resource).put("path", resource).put("httpMethod", method);
    event.withObject("/headers").remove("Authorization");
    event.withObject("/multiValueHeaders").remove("Authorization");
    event
        .withObject("/requestContext")
        .put("resourcePath", resource)
        .put("path", "/live" + resource)
        .put("httpMethod", method);
    return event;
  }
}
