package io.quantchat.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * How many bytes an answer may still grow by on its way from a function to the gateway: as JSON
 * inside a JSON string, where each quotation mark and backslash takes one byte more.
 */
public final class AnswerBudget {

  private long left;

  /** So many bytes. */
  public AnswerBudget(int bytes) {
    left = bytes;
  }

  /** Spends what an element of a list takes, its comma included; says whether there was enough. */
  public boolean takes(JsonNode element) {
    left -= sizeOf(element);
    return left >= 0;
  }

  /** Bytes that an element takes so. */
  public static long sizeOf(JsonNode element) {
    byte[] json;
    try {
      json = Json.MAPPER.writeValueAsBytes(element);
    } catch (JsonProcessingException unwritable) {
      throw new IllegalStateException("A tree of JSON can always be written", unwritable);
    }
    long size = json.length + 1L;
    for (byte next : json) {
      if (next == '"' || next == '\\') {
        size++;
      }
    }
    return size;
  }
}
