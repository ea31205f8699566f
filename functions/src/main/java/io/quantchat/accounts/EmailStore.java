package io.quantchat.accounts;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * E-mail addresses, and the one account that each belongs to. A row's key is the address's
 * canonical form; rows from before there was one have the address in lower case, and stay: who is
 * looked for by that spelling is found by it.
 */
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

  /**
   * The id of the account with this address.
   *
   * @param typed in whatever spelling
   */
  public Optional<String> findId(String typed) {
    return EmailAddress.keysOf(typed).stream().flatMap(key -> holderOf(key).stream()).findFirst();
  }

  /**
   * The ids of the accounts that may be meant by an address, likeliest first: one from before there
   * was a canonical form may be kept under a spelling whose canonical form is another's by now.
   */
  public List<String> findIds(String typed) {
    var ids = new LinkedHashSet<String>();
    EmailAddress.keysOf(typed).forEach(key -> holderOf(key).ifPresent(ids::add));
    return List.copyOf(ids);
  }

  /** Whether an account from before there was a canonical form is kept under this spelling. */
  public boolean isTakenAsBefore(EmailAddress address) {
    return address.before().flatMap(this::holderOf).isPresent();
  }

  private Optional<String> holderOf(String key) {
    var found =
        dynamoDb.getItem(
            GetItemRequest.builder()
                .tableName(table)
                .key(Map.of(EMAIL, Item.of(key)))
                .consistentRead(true)
                .build());
    return found.hasItem() ? new Item(found.item()).optionalText(USER_ID) : Optional.empty();
  }

  /**
   * The write that makes an account's address its own, unless another account has it: a part of the
   * transaction that creates the account.
   */
  public TransactWriteItem claiming(Account account) {
    String key =
        EmailAddress.parse(account.email()).map(EmailAddress::canonical).orElse(account.email());
    return TransactWriteItem.builder()
        .put(
            Put.builder()
                .tableName(table)
                .item(Map.of(EMAIL, Item.of(key), USER_ID, Item.of(account.userId())))
                .conditionExpression("attribute_not_exists(" + EMAIL + ")")
                .build())
        .build();
  }

  /**
   * Makes the canonical form of an account's address its own, too, if nobody has it: for accounts
   * from before there was one. Doing it again changes nothing.
   */
  public void claimCanonical(Account account) {
    boolean isKept =
        EmailAddress.keysOf(account.email()).stream()
            .findFirst()
            .filter(key -> !key.equals(account.email()))
            .filter(key -> holderOf(key).isEmpty())
            .isEmpty();
    if (isKept) {
      return;
    }
    try {
      dynamoDb.transactWriteItems(
          TransactWriteItemsRequest.builder().transactItems(claiming(account)).build());
    } catch (TransactionCanceledException takenMeanwhile) {
      return;
    }
  }
}
