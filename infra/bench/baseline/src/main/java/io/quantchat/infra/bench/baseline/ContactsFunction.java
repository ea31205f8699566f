package io.quantchat.infra.bench.baseline;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** {@code GET /contacts}. */
public final class ContactsFunction
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  record ContactResponse(
      @JsonProperty("contact_id") String contactId,
      @JsonProperty("contact_username") String username,
      @JsonProperty("contact_email") String email,
      @JsonProperty("contact_full_name") String fullName,
      @JsonProperty("is_online") boolean isOnline,
      @JsonProperty("blocked") boolean isBlocked) {}

  private final DynamoDbClient dynamoDb = DynamoDbClient.create();
  private final Tokens tokens = new Tokens(dynamoDb);
  private final ObjectMapper mapper = new ObjectMapper();

  @Override
  public APIGatewayProxyResponseEvent handleRequest(
      APIGatewayProxyRequestEvent event, Context context) {
    try {
      String userId =
          tokens.verify(event.getHeaders().get("Authorization").substring("Bearer ".length()));
      Map<String, AttributeValue> self = account(userId);
      List<String> ids = contactIds(userId);
      Set<String> mutual =
          batch(System.getenv("CONTACTS_TABLE"), ids.stream().map(id -> pair(id, userId)).toList())
              .stream()
              .map(row -> row.get("user_id").s())
              .collect(Collectors.toSet());
      List<ContactResponse> response =
          batch(
                  System.getenv("ACCOUNTS_TABLE"),
                  ids.stream().map(id -> Map.of("user_id", AttributeValue.fromS(id))).toList())
              .stream()
              .map(row -> response(row, self, mutual))
              .toList();
      return new APIGatewayProxyResponseEvent()
          .withStatusCode(200)
          .withHeaders(Map.of("Content-Type", "application/json"))
          .withBody(mapper.writeValueAsString(response));
    } catch (JsonProcessingException malformed) {
      return new APIGatewayProxyResponseEvent().withStatusCode(400);
    }
  }

  private static ContactResponse response(
      Map<String, AttributeValue> row, Map<String, AttributeValue> self, Set<String> mutual) {
    String contactId = row.get("user_id").s();
    AttributeValue onlineUntil = row.get("online_until");
    AttributeValue blocked = self.get("blocked");
    return new ContactResponse(
        contactId,
        row.get("username").s(),
        row.get("email").s(),
        row.get("full_name").s(),
        mutual.contains(contactId)
            && onlineUntil != null
            && Long.parseLong(onlineUntil.n()) > System.currentTimeMillis(),
        blocked != null && blocked.ss().contains(contactId));
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

  private List<String> contactIds(String userId) {
    return dynamoDb
        .query(
            QueryRequest.builder()
                .tableName(System.getenv("CONTACTS_TABLE"))
                .keyConditionExpression("user_id = :user")
                .expressionAttributeValues(Map.of(":user", AttributeValue.fromS(userId)))
                .build())
        .items()
        .stream()
        .map(row -> row.get("contact_id").s())
        .toList();
  }

  private List<Map<String, AttributeValue>> batch(
      String table, List<Map<String, AttributeValue>> keys) {
    return dynamoDb
        .batchGetItem(
            BatchGetItemRequest.builder()
                .requestItems(Map.of(table, KeysAndAttributes.builder().keys(keys).build()))
                .build())
        .responses()
        .get(table);
  }

  private static Map<String, AttributeValue> pair(String userId, String contactId) {
    return Map.of(
        "user_id", AttributeValue.fromS(userId), "contact_id", AttributeValue.fromS(contactId));
  }
}
