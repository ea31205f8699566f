package io.quantchat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.http.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionResponse;

/** The callback side of the gateway: keeps what is posted, and answers 410 for what is gone. */
public final class FakeSockets implements ApiGatewayManagementApiClient {

  private final Map<String, List<JsonNode>> frames = new ConcurrentHashMap<>();
  private final Set<String> gone = ConcurrentHashMap.newKeySet();

  /** From now on the socket is closed, and nobody was told. */
  public void lose(String connectionId) {
    gone.add(connectionId);
  }

  /** What the socket got so far, in order. */
  public List<JsonNode> framesOf(String connectionId) {
    return List.copyOf(frames.getOrDefault(connectionId, List.of()));
  }

  /** The types of what the socket got so far. */
  public List<String> typesOf(String connectionId) {
    return framesOf(connectionId).stream().map(frame -> frame.path("type").asText()).toList();
  }

  @Override
  public PostToConnectionResponse postToConnection(PostToConnectionRequest request) {
    if (gone.contains(request.connectionId())) {
      throw GoneException.builder().statusCode(410).build();
    }
    try {
      frames
          .computeIfAbsent(request.connectionId(), id -> new CopyOnWriteArrayList<>())
          .add(Json.MAPPER.readTree(request.data().asUtf8String()));
    } catch (JsonProcessingException malformed) {
      throw new IllegalStateException("A frame that is no JSON was posted", malformed);
    }
    return PostToConnectionResponse.builder().build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
