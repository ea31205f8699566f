package io.quantchat.infra.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;

/**
 * A REST call's answer.
 *
 * @param status the HTTP status
 * @param body the answer's JSON; a missing node where there is none
 */
public record Answer(int status, JsonNode body) {

  /** An answer whose body can't be read as JSON has none. */
  static Answer of(HttpResponse<byte[]> response) {
    return new Answer(response.statusCode(), Wire.readOrMissing(response.body()));
  }

  /** This answer, if it has the status. */
  public Answer expect(int expected) throws Difference {
    if (status != expected) {
      String detail = body.path("detail").asText();
      throw new Difference(
          "status " + expected, "status " + status + (detail.isEmpty() ? "" : ": " + detail));
    }
    return this;
  }

  /** The text in a field of the body; empty if it isn't there. */
  public String text(String field) {
    return body.path(field).asText();
  }
}
