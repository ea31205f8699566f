package io.quantchat.infra.local.socket;

import java.time.Instant;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.ApiGatewayManagementApiException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.DeleteConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.DeleteConnectionResponse;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GetConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GetConnectionResponse;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.LimitExceededException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PayloadTooLargeException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionResponse;

/**
 * {@code @connections} of the sockets of this process: answers and errors are those of the client
 * that calls over HTTP, without the way there and back. Never blocks.
 */
final class InProcessConnections implements ApiGatewayManagementApiClient {

  /** As the client over HTTP names it in errors. */
  private static final String SERVICE = "ApiGatewayManagementApi";

  private final OpenSockets sockets;

  InProcessConnections(OpenSockets sockets) {
    this.sockets = sockets;
  }

  @Override
  public PostToConnectionResponse postToConnection(PostToConnectionRequest request) {
    SdkBytes data = request.data();
    byte[] body = data == null ? new byte[0] : data.asByteArrayUnsafe();
    try {
      if (body.length > sockets.limits().messageBytes()) {
        throw RefusedCallException.tooLarge(sockets.limits());
      }
      OpenSockets.post(find(request.connectionId()), body);
    } catch (RefusedCallException refused) {
      throw error(refused);
    }
    PostToConnectionResponse.Builder response = PostToConnectionResponse.builder();
    response.sdkHttpResponse(http(200));
    return response.build();
  }

  @Override
  public GetConnectionResponse getConnection(GetConnectionRequest request) {
    try {
      OpenSocket socket = find(request.connectionId());
      GetConnectionResponse.Builder response =
          GetConnectionResponse.builder()
              .connectedAt(Instant.ofEpochMilli(socket.client().connectedAt()))
              .lastActiveAt(Instant.ofEpochMilli(socket.lastActiveAt()))
              .identity(
                  identity ->
                      identity
                          .sourceIp(socket.client().sourceIp())
                          .userAgent(socket.client().userAgent().orElse(null)));
      response.sdkHttpResponse(http(200));
      return response.build();
    } catch (RefusedCallException refused) {
      throw error(refused);
    }
  }

  @Override
  public DeleteConnectionResponse deleteConnection(DeleteConnectionRequest request) {
    try {
      OpenSockets.delete(find(request.connectionId()));
    } catch (RefusedCallException refused) {
      throw error(refused);
    }
    DeleteConnectionResponse.Builder response = DeleteConnectionResponse.builder();
    response.sdkHttpResponse(http(204));
    return response.build();
  }

  private OpenSocket find(String connectionId) throws RefusedCallException {
    if (connectionId == null) {
      throw SdkClientException.create("Parameter 'connectionId' must not be null");
    }
    return sockets.find(connectionId);
  }

  private static AwsServiceException error(RefusedCallException refused) {
    AwsServiceException.Builder error =
        switch (refused.errorType()) {
          case RefusedCallException.GONE -> GoneException.builder();
          case RefusedCallException.TOO_LARGE -> PayloadTooLargeException.builder();
          case RefusedCallException.LIMIT_EXCEEDED -> LimitExceededException.builder();
          default -> ApiGatewayManagementApiException.builder();
        };
    return error
        .statusCode(refused.status())
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .serviceName(SERVICE)
                .errorCode(refused.errorType())
                .errorMessage(refused.explanation().orElse(null))
                .sdkHttpResponse(http(refused.status()))
                .build())
        .build();
  }

  private static SdkHttpResponse http(int status) {
    return SdkHttpResponse.builder().statusCode(status).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  /** The sockets stay open. */
  @Override
  public void close() {}
}
