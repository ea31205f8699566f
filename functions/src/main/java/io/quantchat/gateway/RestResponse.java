package io.quantchat.gateway;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a route answers.
 *
 * @param status the HTTP status
 * @param body JSON, or {@code null} for an empty body
 */
public record RestResponse(int status, JsonNode body) {

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
}
