package io.quantchat.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A route's answer.
 *
 * @param status the HTTP status
 * @param body JSON, or {@code null} for an empty body
 * @param headers beyond those that every answer has
 */
public record RestResponse(int status, JsonNode body, Map<String, String> headers) {

  /** An answer with no headers of its own. */
  public RestResponse(int status, JsonNode body) {
    this(status, body, Map.of());
  }

  /** 200 with a body. */
  public static RestResponse ok(JsonNode body) {
    return new RestResponse(200, body);
  }

  /** 201 with a body. */
  public static RestResponse created(JsonNode body) {
    return new RestResponse(201, body);
  }

  /** 204. */
  public static RestResponse noContent() {
    return new RestResponse(204, null);
  }

  /** 304: what was asked for is what the caller has. */
  public static RestResponse notModified() {
    return new RestResponse(304, null);
  }
}
