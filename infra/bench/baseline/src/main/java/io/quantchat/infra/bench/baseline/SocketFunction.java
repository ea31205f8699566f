package io.quantchat.infra.bench.baseline;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2WebSocketResponse;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;

/** The socket's frame {@code acknowledge}. */
public final class SocketFunction
    implements RequestHandler<APIGatewayV2WebSocketEvent, APIGatewayV2WebSocketResponse> {

  record AcknowledgeFrame(String type, MessageIds payload) {}

  record MessageIds(@JsonProperty("message_ids") List<String> messageIds) {}

  record AcknowledgedFrame(String type, Results payload) {}

  record Results(List<Result> results) {}

  record Result(@JsonProperty("message_id") String messageId, String status) {}

  private final DynamoDbClient dynamoDb = DynamoDbClient.create();
  private final ObjectMapper mapper = new ObjectMapper();

  @Override
  public APIGatewayV2WebSocketResponse handleRequest(
      APIGatewayV2WebSocketEvent event, Context context) {
    APIGatewayV2WebSocketResponse response = new APIGatewayV2WebSocketResponse();
    try {
      String userId = (String) event.getRequestContext().getAuthorizer().get("principalId");
      AcknowledgeFrame frame = mapper.readValue(event.getBody(), AcknowledgeFrame.class);
      List<Result> results = new ArrayList<>();
      for (String messageId : frame.payload().messageIds()) {
        boolean isDeleted = delete(userId, messageId);
        results.add(new Result(messageId, isDeleted ? "acknowledged" : "not_found"));
      }
      response.setStatusCode(200);
      response.setBody(
          mapper.writeValueAsString(new AcknowledgedFrame("acknowledged", new Results(results))));
    } catch (JsonProcessingException malformed) {
      response.setStatusCode(400);
    }
    return response;
  }

  private boolean delete(String recipientId, String messageId) {
    try {
      dynamoDb.deleteItem(
          DeleteItemRequest.builder()
              .tableName(System.getenv("RELAY_MESSAGES_TABLE"))
              .key(
                  Map.of(
                      "recipient_id", AttributeValue.fromS(recipientId),
                      "message_id", AttributeValue.fromS(messageId)))
              .conditionExpression("attribute_exists(message_id)")
              .build());
      return true;
    } catch (ConditionalCheckFailedException absent) {
      return false;
    }
  }
}
