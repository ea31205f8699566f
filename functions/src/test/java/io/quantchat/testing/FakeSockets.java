package io.quantchat.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.http.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.DeleteConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.DeleteConnectionResponse;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.LimitExceededException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionResponse;

/** The callback side of the gateway, which can't run here: keeps the frames that are posted. */
public final class FakeSockets implements ApiGatewayManagementApiClient {

  private final Map<String, List<JsonNode>> frames = new ConcurrentHashMap<>();
  private final Set<String> gone = ConcurrentHashMap.newKeySet();
  private final Set<String> throttled = ConcurrentHashMap.newKeySet();
  private final Set<String> closed = ConcurrentHashMap.newKeySet();

  /** From now on the socket is closed, and nobody was told: it answers 410. */
  public void lose(String connectionId) {
    gone.add(connectionId);
  }

  /** From now on the socket takes nothing: it answers 429. */
  public void throttle(String connectionId) {
    throttled.add(connectionId);
  }

  /** Whether the server has closed the socket. */
  public boolean isClosed(String connectionId) {
    return closed.contains(connectionId);
  }

  /** The frames that the socket got so far, in order. */
  public List<JsonNode> framesOf(String connectionId) {
    return List.copyOf(frames.getOrDefault(connectionId, List.of()));
  }

  /** Their types. */
  public List<String> typesOf(String connectionId) {
    return framesOf(connectionId).stream().map(frame -> frame.path("type").asText()).toList();
  }

  @Override
  public PostToConnectionResponse postToConnection(PostToConnectionRequest request) {
    refuseIfLost(request.connectionId());
    try {
      frames
          .computeIfAbsent(request.connectionId(), id -> new CopyOnWriteArrayList<>())
          .add(Json.MAPPER.readTree(request.data().asByteArray()));
    } catch (IOException malformed) {
      throw new IllegalStateException("A frame that is no JSON was posted", malformed);
    }
    return PostToConnectionResponse.builder().build();
  }

  @Override
  public DeleteConnectionResponse deleteConnection(DeleteConnectionRequest request) {
    refuseIfLost(request.connectionId());
    closed.add(request.connectionId());
    gone.add(request.connectionId());
    return DeleteConnectionResponse.builder().build();
  }

  private void refuseIfLost(String connectionId) {
    if (gone.contains(connectionId)) {
      throw GoneException.builder().message("410").statusCode(410).build();
    }
    if (throttled.contains(connectionId)) {
      throw LimitExceededException.builder().message("429").statusCode(429).build();
    }
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
