package io.quantchat.lives;

import io.quantchat.http.Json;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.ApiGatewayManagementApiException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.DeleteConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.DeleteConnectionResponse;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.LimitExceededException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionResponse;

/**
 * The callback side of the gateway, which can't run here. Now and then it fails, is slow, takes a
 * frame and doesn't say so, or never answers.
 */
final class Callbacks implements ApiGatewayManagementApiClient {

  /** Of so many posts one fails in each way. */
  private static final int OFTEN = 100;

  /** A post that is never answered is given up after seconds, so there are few of them. */
  private static final int SELDOM = 100_000;

  private final Map<String, Socket> sockets = new ConcurrentHashMap<>();
  private final Troubles troubles;
  private final Random random;

  Callbacks(Troubles troubles, long seed) {
    this.troubles = troubles;
    this.random = new Random(seed);
  }

  void add(Socket socket) {
    sockets.put(socket.connection.connectionId(), socket);
  }

  @Override
  public PostToConnectionResponse postToConnection(PostToConnectionRequest request) {
    Socket socket = open(request.connectionId());
    int fate = troubles.areOn() ? random.nextInt(OFTEN) : OFTEN;
    switch (fate) {
      case 0 -> throw failed();
      case 1 -> throw LimitExceededException.builder().message("429").statusCode(429).build();
      case 2 -> pause(1);
      default -> {}
    }
    if (fate == 3 && random.nextInt(SELDOM / OFTEN) == 0) {
      pause(Long.MAX_VALUE);
    }
    try {
      socket.frames.add(Json.MAPPER.readTree(request.data().asByteArray()));
    } catch (IOException malformed) {
      throw new IllegalStateException("A frame that is no JSON was posted", malformed);
    }
    if (fate == 4) {
      throw ApiCallTimeoutException.create(2000);
    }
    return PostToConnectionResponse.builder().build();
  }

  @Override
  public DeleteConnectionResponse deleteConnection(DeleteConnectionRequest request) {
    Socket socket = open(request.connectionId());
    if (troubles.areOn() && random.nextInt(OFTEN) == 0) {
      throw failed();
    }
    socket.close();
    return DeleteConnectionResponse.builder().build();
  }

  /** A socket that is still opening is none yet, to the gateway. */
  private Socket open(String connectionId) {
    Socket socket = sockets.get(connectionId);
    if (socket == null || !socket.isOpen()) {
      throw GoneException.builder().message("410").statusCode(410).build();
    }
    return socket;
  }

  private static RuntimeException failed() {
    return ApiGatewayManagementApiException.builder().message("500").statusCode(500).build();
  }

  private static void pause(long milliseconds) {
    try {
      TimeUnit.MILLISECONDS.sleep(milliseconds);
    } catch (InterruptedException givenUp) {
      Thread.currentThread().interrupt();
      throw SdkClientException.create("interrupted", givenUp);
    }
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
