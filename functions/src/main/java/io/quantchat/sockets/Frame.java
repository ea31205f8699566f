package io.quantchat.sockets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.host.Ids;
import io.quantchat.http.Fields;
import io.quantchat.http.Json;
import io.quantchat.http.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A client's frame: a JSON object with a {@code type}, and mostly a {@code payload}. */
record Frame(JsonNode json) {

  /** The gateway closes a socket over a larger frame, but not over a larger message in parts. */
  static final int LARGEST = 32 * 1024;

  /**
   * Reads a frame.
   *
   * @throws Problem of kind TOO_LARGE, or MALFORMED if it is no JSON object
   */
  static Frame parse(String text) {
    if (text.length() > LARGEST || text.getBytes(StandardCharsets.UTF_8).length > LARGEST) {
      throw Problem.of(Problem.Kind.TOO_LARGE, "A frame may be at most " + LARGEST + " bytes.");
    }
    try {
      JsonNode json = Json.read(text);
      if (!json.isObject()) {
        throw notAnObject();
      }
      return new Frame(json);
    } catch (JsonProcessingException malformed) {
      throw notAnObject();
    }
  }

  /** The type, if it has one that is a string. */
  Optional<String> type() {
    return Optional.ofNullable(json.path("type").textValue());
  }

  /** The id of the message that the frame is about, if it names one. */
  Optional<String> messageId() {
    return Optional.ofNullable(json.path("payload").path("message_id").textValue())
        .flatMap(Ids::parse);
  }

  /**
   * The payload's fields.
   *
   * @throws Problem of kind INVALID if there is no payload
   */
  Fields payload() {
    JsonNode payload = json.path("payload");
    if (!payload.isObject()) {
      throw Problem.invalid("payload", "is required, and must be an object");
    }
    return new Fields(payload);
  }

  private static Problem notAnObject() {
    return Problem.of(
        Problem.Kind.MALFORMED,
        "The frame must be a JSON object, such as {\"type\": \"ping\", \"payload\": {}}.");
  }
}
