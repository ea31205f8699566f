package io.quantchat.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * A route's answer.
 *
 * @param status the HTTP status
 * @param body empty for none
 * @param headers beyond those that every answer has
 */
public record RestResponse(int status, Optional<Body> body, Map<String, String> headers) {

  /** What an answer says. */
  sealed interface Body {}

  /** What it says to programs. */
  record Data(JsonNode json) implements Body {}

  /** What it says to people: a whole HTML document. */
  record Page(String html) implements Body {}

  /** JSON, or a {@code null} for an empty body, with headers of its own. */
  public RestResponse(int status, JsonNode json, Map<String, String> headers) {
    this(status, Optional.ofNullable(json).map(Data::new), headers);
  }

  /** An answer with no headers of its own. */
  public RestResponse(int status, JsonNode json) {
    this(status, json, Map.of());
  }

  /** 200 with a body. */
  public static RestResponse ok(JsonNode json) {
    return new RestResponse(200, json);
  }

  /** 200 with a page for people. */
  public static RestResponse page(String html, Map<String, String> headers) {
    return new RestResponse(200, Optional.of(new Page(html)), headers);
  }

  /** 201 with a body. */
  public static RestResponse created(JsonNode json) {
    return new RestResponse(201, json);
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
