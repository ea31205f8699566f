package io.quantchat.accounts;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** E-mail addresses, trimmed and in lower case, and the one account that each belongs to. */
public final class EmailStore {

  private static final String EMAIL = "email";
  private static final String USER_ID = "user_id";

  private final DynamoDbClient dynamoDb;
  private final String table;

  private EmailStore(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** Addresses in a host's table. */
  public static EmailStore of(Host host) {
    return new EmailStore(host.dynamoDb(), host.get(Variable.ACCOUNT_EMAILS_TABLE));
  }

  /** The id of the account with this address. */
  public Optional<String> findId(String email) {
    var found =
        dynamoDb.getItem(
            GetItemRequest.builder()
                .tableName(table)
                .key(Map.of(EMAIL, Item.of(email)))
                .consistentRead(true)
                .build());
    return found.hasItem() ? new Item(found.item()).optionalText(USER_ID) : Optional.empty();
  }

  /**
   * The write that makes an account's address its own, unless another account has it: a part of the
   * transaction that creates the account.
   */
  public TransactWriteItem claiming(Account account) {
    return TransactWriteItem.builder()
        .put(
            Put.builder()
                .tableName(table)
                .item(Map.of(EMAIL, Item.of(account.email()), USER_ID, Item.of(account.userId())))
                .conditionExpression("attribute_not_exists(" + EMAIL + ")")
                .build())
        .build();
  }
}
