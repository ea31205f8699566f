package io.quantchat.infra.local.socket;

import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;

/** As functions of the same process call it. */
class InProcessConnectionsTest extends ConnectionCalls {

  @Override
  ApiGatewayManagementApiClient client(RunningGateway gateway) {
    return gateway.open.client();
  }
}
