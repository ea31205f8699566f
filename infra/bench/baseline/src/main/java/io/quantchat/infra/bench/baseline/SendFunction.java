package io.quantchat.infra.bench.baseline;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionRequest;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** {@code POST /relay/send}. */
public final class SendFunction
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  @JsonIgnoreProperties(ignoreUnknown = true)
  record SendRequest(
      @JsonProperty("recipient_id") String recipientId,
      @JsonProperty("encrypted_content") String encryptedContent,
      @JsonProperty("encrypted_session_key") String encryptedSessionKey) {}

  record SendResponse(
      @JsonProperty("success") boolean isSuccess,
      @JsonProperty("message_id") String messageId,
      @JsonProperty("status") String status,
      @JsonProperty("created_at") String createdAt,
      @JsonProperty("expires_at") String expiresAt) {}

  record Payload(
      @JsonProperty("message_id") String messageId,
      @JsonProperty("sender_id") String senderId,
      @JsonProperty("encrypted_content") String encryptedContent,
      @JsonProperty("encrypted_session_key") String encryptedSessionKey,
      @JsonProperty("timestamp") String timestamp) {}

  record Frame(String type, Payload payload) {}

  private final DynamoDbClient dynamoDb = DynamoDbClient.create();
  private final ApiGatewayManagementApiClient sockets =
      ApiGatewayManagementApiClient.builder()
          .endpointOverride(
              URI.create(System.getenv("SOCKET_ENDPOINT").replaceFirst("^ws", "http")))
          .build();
  private final Tokens tokens = new Tokens(dynamoDb);
  private final ObjectMapper mapper = new ObjectMapper();

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    try {
      String senderId =
          tokens.verify(event.getHeaders().get("Authorization").substring("Bearer ".length()));
      SendRequest request = mapper.readValue(event.getBody(), SendRequest.class);
      if (account(request.recipientId()).isEmpty()) {
        return new APIGatewayProxyResponseEvent().withStatusCode(404);
      }
      List<String> recipients = connections(request.recipientId());
      List<String> own = connections(senderId);
      Instant now = Instant.now();
      String messageId = UUID.randomUUID().toString();
      store(messageId, senderId, request, now);
      Payload payload =
          new Payload(
              messageId,
              senderId,
              request.encryptedContent(),
              request.encryptedSessionKey(),
              now.toString());
      push(recipients, new Frame("new_message", payload));
      push(own, new Frame("message_sent", payload));
      SendResponse response =
          new SendResponse(
              true, messageId, "queued", now.toString(), now.plus(Duration.ofDays(7)).toString());
      return new APIGatewayProxyResponseEvent()
          .withStatusCode(201)
          .withHeaders(Map.of("Content-Type", "application/json"))
          .withBody(mapper.writeValueAsString(response));
    } catch (JsonProcessingException malformed) {
      return new APIGatewayProxyResponseEvent().withStatusCode(400);
    }
  }

  private Map<String, AttributeValue> account(String userId) {
    return dynamoDb
        .getItem(
            GetItemRequest.builder()
                .tableName(System.getenv("ACCOUNTS_TABLE"))
                .key(Map.of("user_id", AttributeValue.fromS(userId)))
                .build())
        .item();
  }

  private List<String> connections(String userId) {
    return dynamoDb
        .query(
            QueryRequest.builder()
                .tableName(System.getenv("CONNECTIONS_TABLE"))
                .keyConditionExpression("user_id = :user")
                .expressionAttributeValues(Map.of(":user", AttributeValue.fromS(userId)))
                .build())
        .items()
        .stream()
        .map(row -> row.get("connection_id").s())
        .toList();
  }

  private void store(String messageId, String senderId, SendRequest request, Instant now) {
    Instant expiry = now.plus(Duration.ofDays(7));
    dynamoDb.putItem(
        PutItemRequest.builder()
            .tableName(System.getenv("RELAY_MESSAGES_TABLE"))
            .item(
                Map.of(
                    "recipient_id", AttributeValue.fromS(request.recipientId()),
                    "message_id", AttributeValue.fromS(messageId),
                    "sender_id", AttributeValue.fromS(senderId),
                    "encrypted_content", AttributeValue.fromS(request.encryptedContent()),
                    "encrypted_session_key", AttributeValue.fromS(request.encryptedSessionKey()),
                    "created_at", AttributeValue.fromS(now.toString()),
                    "expires_at", AttributeValue.fromN(Long.toString(expiry.getEpochSecond()))))
            .conditionExpression("attribute_not_exists(message_id)")
            .build());
  }

  private void push(List<String> connections, Frame frame) throws JsonProcessingException {
    for (String connection : connections) {
      sockets.postToConnection(
          PostToConnectionRequest.builder()
              .connectionId(connection)
              .data(SdkBytes.fromByteArray(mapper.writeValueAsBytes(frame)))
              .build());
    }
  }
}
