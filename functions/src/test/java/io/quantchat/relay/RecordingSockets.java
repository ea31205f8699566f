package io.quantchat.relay;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.LimitExceededException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionResponse;

/** Stands for API Gateway's callback side, which can't run here: takes down what is posted. */
final class RecordingSockets implements ApiGatewayManagementApiClient {

  record Post(String connectionId, int bytes, JsonNode frame) {}

  private final List<Post> posts = new CopyOnWriteArrayList<>();
  private final Set<String> gone = ConcurrentHashMap.newKeySet();
  private final Set<String> throttled = ConcurrentHashMap.newKeySet();

  /** The frames that a socket got. */
  List<JsonNode> framesTo(String connectionId) {
    return posts.stream()
        .filter(post -> post.connectionId().equals(connectionId))
        .map(Post::frame)
        .toList();
  }

  /** From now on the socket is gone. */
  void lose(String connectionId) {
    gone.add(connectionId);
  }

  /** From now on the socket takes nothing for a while. */
  void throttle(String connectionId) {
    throttled.add(connectionId);
  }

  @Override
  public PostToConnectionResponse postToConnection(PostToConnectionRequest request) {
    if (gone.contains(request.connectionId())) {
      throw GoneException.builder().message("410").statusCode(410).build();
    }
    if (throttled.contains(request.connectionId())) {
      throw LimitExceededException.builder().message("429").statusCode(429).build();
    }
    byte[] frame = request.data().asByteArray();
    try {
      posts.add(new Post(request.connectionId(), frame.length, Json.MAPPER.readTree(frame)));
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
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
