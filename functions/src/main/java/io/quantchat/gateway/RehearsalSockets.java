package io.quantchat.gateway;

import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionResponse;

/** The callback side as a rehearsal uses it: for real, but leaving no connection open. */
final class RehearsalSockets implements ApiGatewayManagementApiClient {

  private final ApiGatewayManagementApiClient real;

  RehearsalSockets(ApiGatewayManagementApiClient real) {
    this.real = real;
  }

  @Override
  public PostToConnectionResponse postToConnection(PostToConnectionRequest request) {
    return real.postToConnection(
        request.toBuilder()
            .overrideConfiguration(override -> override.putHeader("Connection", "close"))
            .build());
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  /** The real client goes on living. */
  @Override
  public void close() {}
}
