package io.quantchat.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.math.BigDecimal;

/** The one JSON mapper. Tolerates unknown fields; bounds what it reads. */
public final class Json {

  /** Lambda's own limit of an event, in bytes: a body arrives as one string inside the event. */
  private static final int LONGEST_STRING = 6 * 1024 * 1024;

  private static final int DEEPEST_NESTING = 32;
  private static final int LONGEST_NUMBER = 64;

  /**
   * How far a number's point may be moved. What no program can count with would be handed on to one
   * that tries, and write out a billion digits.
   */
  private static final int LARGEST_EXPONENT = 10_000;

  /**
   * Reads and writes every event, answer and frame. Numbers keep the digits that they came with.
   */
  public static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxStringLength(LONGEST_STRING)
                          .maxNestingDepth(DEEPEST_NESTING)
                          .maxNumberLength(LONGEST_NUMBER)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final ObjectReader OF_CALLERS = MAPPER.reader().with(new BoundedNumbers());

  private Json() {}

  /**
   * Reads what a caller sent.
   *
   * @return a missing node where there is nothing
   * @throws JsonProcessingException for whatever is wrong with it: never anything else
   */
  public static JsonNode read(String text) throws JsonProcessingException {
    try {
      return OF_CALLERS.readTree(text);
    } catch (NumberFormatException outOfRange) {
      // Jackson lets this one through where an exponent has more digits than an int.
      throw new JsonParseException(null, "A number is out of range", outOfRange);
    }
  }

  /** An empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** An empty array. */
  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  private static final class BoundedNumbers extends JsonNodeFactory {

    private static final long serialVersionUID = 1;

    @Override
    public ValueNode numberNode(BigDecimal number) {
      if (Math.abs((long) number.scale()) > LARGEST_EXPONENT) {
        throw new NumberFormatException("The exponent is too large");
      }
      return super.numberNode(number);
    }
  }
}
