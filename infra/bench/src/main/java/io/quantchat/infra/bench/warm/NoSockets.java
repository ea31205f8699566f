package io.quantchat.infra.bench.warm;

import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

/** The callback side of the gateway, with nobody connected: every call is a mistake. */
final class NoSockets implements ApiGatewayManagementApiClient {

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
