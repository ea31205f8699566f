package io.quantchat.rehearsal;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.DeleteConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.DeleteConnectionResponse;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionRequest;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionResponse;

/**
 * The callback side as a rehearsal uses it: for real, but leaving no connection open. Whatever it
 * answers, the socket counts as gone, as it is: while a stack is being made there may be no stage
 * yet, and that is no push that failed.
 */
final class RehearsalSockets implements ApiGatewayManagementApiClient {

  private final ApiGatewayManagementApiClient real;

  RehearsalSockets(ApiGatewayManagementApiClient real) {
    this.real = real;
  }

  @Override
  public PostToConnectionResponse postToConnection(PostToConnectionRequest request) {
    try {
      return real.postToConnection(
          request.toBuilder()
              .overrideConfiguration(override -> override.putHeader("Connection", "close"))
              .build());
    } catch (SdkException unreachable) {
      throw GoneException.builder().build();
    }
  }

  @Override
  public DeleteConnectionResponse deleteConnection(DeleteConnectionRequest request) {
    try {
      return real.deleteConnection(
          request.toBuilder()
              .overrideConfiguration(override -> override.putHeader("Connection", "close"))
              .build());
    } catch (SdkException unreachable) {
      throw GoneException.builder().build();
    }
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  /** The real client goes on living. */
  @Override
  public void close() {}
}
