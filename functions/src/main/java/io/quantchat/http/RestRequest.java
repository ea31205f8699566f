package io.quantchat.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Ids;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One request through the REST API (a proxy event, payload 1.0).
 *
 * @param route method and resource as the template has them, such as {@code DELETE
 *     /contacts/{contact_id}}: the path itself changes behind a custom domain
 * @param path path parameters, decoded (the gateway leaves them encoded)
 * @param query query parameters, decoded by the gateway; of a repeated one, the last
 * @param headers by name, without regard to case
 * @param source where it comes from
 * @param body the body's text, or {@code null} where there is none
 */
public record RestRequest(
    String route,
    Map<String, String> path,
    Map<String, String> query,
    Map<String, String> headers,
    SourceAddress source,
    String body) {

  /** The character that the gateway makes of an invalid byte. */
  private static final char REPLACEMENT = '\uFFFD';

  /**
   * Reads a proxy event of an API without a distribution in front.
   *
   * @throws Problem of kind MALFORMED if its body isn't what the event says that it is
   */
  public static RestRequest of(JsonNode event) {
    return of(event, Edge.NONE);
  }

  /**
   * Reads a proxy event.
   *
   * @throws Problem of kind MALFORMED if its body isn't what the event says that it is
   */
  static RestRequest of(JsonNode event, Edge edge) {
    Map<String, String> path = textsOf(event.path("pathParameters"), new HashMap<>());
    path.replaceAll((name, value) -> decode(value));
    String body = event.path("body").textValue();
    if (body != null && event.path("isBase64Encoded").booleanValue()) {
      body = fromBase64(body);
    }
    return new RestRequest(
        event.path("httpMethod").asText() + " " + event.path("resource").asText(),
        path,
        textsOf(event.path("queryStringParameters"), new HashMap<>()),
        textsOf(event.path("headers"), new TreeMap<>(String.CASE_INSENSITIVE_ORDER)),
        SourceAddress.of(event, edge),
        body);
  }

  /** Only the route: headers hold tokens, bodies hold everything else. */
  @Override
  public String toString() {
    return "RestRequest[" + route + "]";
  }

  /** A header's value. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** A query parameter's value. */
  public Optional<String> queryParameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /**
   * A path parameter that is an id.
   *
   * @throws Problem of kind INVALID if it is none
   */
  public String pathId(String name) {
    return Ids.parse(path.getOrDefault(name, ""))
        .orElseThrow(
            () ->
                Problem.invalid(
                    name, "must be a UUID, such as 89a4ce85-c0ee-47f4-aa19-e381e9da010e"));
  }

  /**
   * The token of an {@code Authorization: Bearer} header (RFC 6750).
   *
   * @throws Problem of kind UNAUTHORIZED if there is none
   */
  String bearerToken() {
    String value = header("Authorization").orElse("").strip();
    if (!value.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
      throw Problem.of(
          Problem.Kind.UNAUTHORIZED, "Log in, and send the header Authorization: Bearer <token>.");
    }
    return value.substring("bearer ".length()).strip();
  }

  /**
   * The body's fields.
   *
   * @param maxBytes how large the body may be, in UTF-8 bytes
   * @throws Problem of kind TOO_LARGE, or MALFORMED if the body is no JSON object
   */
  public Fields fields(int maxBytes) {
    return new Fields(object(maxBytes));
  }

  /**
   * The body as it came.
   *
   * @param maxBytes how large the body may be, in UTF-8 bytes
   * @throws Problem of kind TOO_LARGE, or MALFORMED if the body is no JSON object
   */
  public ObjectNode object(int maxBytes) {
    if (body == null || body.isBlank()) {
      throw Problem.of(Problem.Kind.MALFORMED, "Send a JSON object as the request's body.");
    }
    if (body.length() > maxBytes || body.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
      throw Problem.of(
          Problem.Kind.TOO_LARGE, "The request's body may be at most " + maxBytes + " bytes.");
    }
    if (body.indexOf(REPLACEMENT) >= 0) {
      throw Problem.of(
          Problem.Kind.MALFORMED,
          "The request's body is not valid UTF-8. If you mean U+FFFD itself, send it as \\ufffd.");
    }
    try {
      if (Json.read(body) instanceof ObjectNode object) {
        return object;
      }
      throw Problem.of(Problem.Kind.MALFORMED, "The request's body must be a JSON object.");
    } catch (JsonProcessingException malformed) {
      throw Problem.of(
          Problem.Kind.MALFORMED, "The request's body is not valid JSON" + place(malformed) + ".");
    }
  }

  private static String place(JsonProcessingException malformed) {
    var location = malformed.getLocation();
    return location == null
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
  }

  private static Map<String, String> textsOf(JsonNode object, Map<String, String> into) {
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      into.put(entry.getKey(), entry.getValue().asText());
    }
    return into;
  }

  private static String fromBase64(String body) {
    try {
      return new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      throw Problem.of(Problem.Kind.MALFORMED, "The request's body is not valid base64.");
    }
  }

  private static String decode(String value) {
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return value;
    }
  }
}
