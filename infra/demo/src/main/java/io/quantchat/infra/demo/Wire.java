package io.quantchat.infra.demo;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;

/** HTTP and JSON, as a client of the relay uses them. */
public final class Wire {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Wire() {}

  public static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofMinutes(1))
        .build();
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** An object as the crypto module reads it. */
  public static Map<String, Object> map(JsonNode object) {
    return MAPPER.convertValue(object, new TypeReference<>() {});
  }

  public static JsonNode readOrMissing(byte[] json) {
    try {
      JsonNode read = MAPPER.readTree(json);
      return read == null ? MissingNode.getInstance() : read;
    } catch (JacksonException noJson) {
      return MissingNode.getInstance();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An object that the crypto module wrote. */
  public static ObjectNode object(Map<String, ?> map) {
    return MAPPER.valueToTree(map);
  }

  static Answer exchange(HttpClient client, HttpRequest request) throws Difference {
    try {
      return Answer.of(client.send(request, HttpResponse.BodyHandlers.ofByteArray()));
    } catch (ConnectException nobodyThere) {
      throw new Difference("an answer", "none: nothing listens at " + request.uri().getAuthority());
    } catch (HttpTimeoutException late) {
      throw new Difference("an answer", "none within the time that it may take");
    } catch (IOException broken) {
      throw new Difference("an answer", "none: the connection broke");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for an answer", e);
    }
  }
}
