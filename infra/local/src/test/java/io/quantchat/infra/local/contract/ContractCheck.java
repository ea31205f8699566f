package io.quantchat.infra.local.contract;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds real answers and real frames against the published contract. Answers must have no field
 * that the contract doesn't name; what clients send may.
 *
 * <p>Thread-safe. Building one reads and compiles both documents: share it.
 */
public final class ContractCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROBLEM = "application/problem+json";
  private static final String PAGE = "text/html";

  private final ContractDocument openApi = ContractDocument.openApi();
  private final SocketFrames frames = new SocketFrames(ContractDocument.asyncApi());
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  /**
   * Checks an answer of one of our routes.
   *
   * @param method such as {@code GET}
   * @param resource the route as the template has it, such as {@code /contacts/{contact_id}}
   * @param contentType the header's value; ignored where the contract has no body
   * @param body as it came; empty or null if there was none
   * @throws AssertionError if the contract doesn't have this answer, saying why
   */
  public void answer(String method, String resource, int status, String contentType, String body) {
    requireDocumented(method, resource, status, contentType, body);
    seen.add(method + " " + resource + " " + status);
  }

  private void requireDocumented(
      String method, String resource, int status, String contentType, String body) {
    String what = method + " " + resource + " answered " + status;
    JsonPointer operation =
        JsonPointer.empty()
            .appendProperty("paths")
            .appendProperty(resource)
            .appendProperty(method.toLowerCase(Locale.ROOT));
    if (openApi.at(operation).isMissingNode()) {
      throw new AssertionError(what + ", but the contract has no such route");
    }
    JsonPointer response =
        openApi.resolve(
            operation.appendProperty("responses").appendProperty(Integer.toString(status)));
    if (openApi.at(response).isMissingNode()) {
      throw new AssertionError(what + ", which the contract doesn't have: " + body);
    }
    JsonNode content = openApi.at(response).path("content");
    if (content.isMissingNode()) {
      requireNoBody(what, body);
      return;
    }
    String type = mediaType(contentType);
    if (!content.has(type)) {
      throw new AssertionError(what + " as " + contentType + ", which the contract doesn't have");
    }
    JsonPointer schema =
        response.appendProperty("content").appendProperty(type).appendProperty("schema");
    if (type.equals(PAGE)) {
      requirePage(what, body);
      return;
    }
    require(what, openApi.faultsWhenClosed(schema, body), body);
    if (type.equals(PROBLEM) && parse(what, body).path("status").intValue() != status) {
      throw new AssertionError(what + ", but its body has another status: " + body);
    }
  }

  /**
   * The same for what {@link java.net.http.HttpClient} got.
   *
   * @return the answer itself
   */
  public HttpResponse<String> answer(
      String method, String resource, HttpResponse<String> response) {
    answer(
        method,
        resource,
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        response.body());
    return response;
  }

  /** Every answer that passed, as {@code POST /auth/login 200}. */
  public Set<String> seen() {
    return new TreeSet<>(seen);
  }

  /** Every answer that the contract has, as {@code POST /auth/login 200}. */
  public Set<String> documented() {
    Set<String> answers = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : openApi.root().path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        operation
            .getValue()
            .path("responses")
            .fieldNames()
            .forEachRemaining(
                status ->
                    answers.add(
                        operation.getKey().toUpperCase(Locale.ROOT)
                            + " "
                            + path.getKey()
                            + " "
                            + status));
      }
    }
    return answers;
  }

  /** Checks what the gateway answered for itself, such as 403 for a route that isn't there. */
  public void gatewayAnswer(int status, String contentType, String body) {
    String what = "The gateway answered " + status;
    if (!mediaType(contentType).equals(PROBLEM)) {
      throw new AssertionError(what + " as " + contentType + " instead of " + PROBLEM);
    }
    JsonPointer schema = JsonPointer.compile("/components/schemas/GatewayProblem");
    require(what, openApi.faultsWhenClosed(schema, body), body);
  }

  /** Checks a frame that a client received; its {@code type} says which it is. */
  public void pushedFrame(String frame) {
    String what = "A pushed frame";
    String type = parse(what, frame).path("type").asText();
    require(what + " " + type, frames.faultsOfPushed(type, frame), frame);
  }

  /** The same, of a frame that must be of one type. */
  public void pushedFrame(String type, String frame) {
    String actual = parse("A pushed frame", frame).path("type").asText();
    if (!actual.equals(type)) {
      throw new AssertionError("A pushed frame should be " + type + " but is: " + frame);
    }
    pushedFrame(frame);
  }

  /** Checks that a frame is one that a client may send, so that a test doesn't send another. */
  public void clientFrame(String frame) {
    String what = "A client's frame";
    String type = parse(what, frame).path("type").asText();
    require(what + " " + type, frames.faultsOfSent(type, frame), frame);
  }

  private static String mediaType(String contentType) {
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  private static JsonNode parse(String what, String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError(what + " is no JSON: " + json, e);
    }
  }

  private static void requireNoBody(String what, String body) {
    if (body != null && !body.isEmpty()) {
      throw new AssertionError(what + " with a body, where the contract has none: " + body);
    }
  }

  private static void requirePage(String what, String body) {
    if (body == null || !body.startsWith("<!doctype html>")) {
      throw new AssertionError(what + " with something else than a page: " + body);
    }
  }

  private static void require(String what, List<String> faults, String body) {
    if (!faults.isEmpty()) {
      throw new AssertionError(
          what + ", not as the contract has it:\n" + String.join("\n", faults) + "\nin " + body);
    }
  }
}
