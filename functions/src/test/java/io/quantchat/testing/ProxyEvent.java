package io.quantchat.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Events as a REST API sends them to a function. Each comes from an address of its own, unless it
 * is told where it comes {@link #from}.
 */
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
    return from("fd00:0:" + part() + ":" + part() + "::1", event);
  }

  /** The event as if it came from this address. */
  public static ObjectNode from(String address, ObjectNode event) {
    event.withObject("/requestContext/identity").put("sourceIp", address);
    return event;
  }

  private static String part() {
    return Integer.toHexString(ThreadLocalRandom.current().nextInt(0x10000));
  }
}
