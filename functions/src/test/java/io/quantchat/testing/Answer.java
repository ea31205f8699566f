package io.quantchat.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An answer of a function behind the REST API.
 *
 * @param body missing where there is none, and one text where it is a page
 * @param bytes the size of all that the gateway gets
 */
public record Answer(int status, JsonNode headers, JsonNode body, int bytes) {

  /** The body of an answer that has this status. */
  public JsonNode expect(int expected) {
    assertThat(status).as("%s", body).isEqualTo(expected);
    return body;
  }

  /** A problem's detail, of an answer that has this status. */
  public String detail(int expected) {
    return expect(expected).path("detail").asText();
  }

  /** A field of the body. */
  public String text(String field) {
    return body.path(field).asText();
  }
}
