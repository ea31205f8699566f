package io.quantchat.infra.bench.warm;

import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.accounts.EmailStore;
import io.quantchat.accounts.Presence;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.relay.Message;
import io.quantchat.relay.RelayMessageStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/** Rows as the stores themselves write them: taken from the requests that they make. */
public final class Stored {

  private static final String ACCOUNTS = "accounts";

  private Stored() {}

  /** On which rows are only put, into tables of whatever name. */
  private static Host host(Puts puts) {
    return new Host(
        Sample.environment(
            Map.of(
                Variable.ACCOUNTS_TABLE, ACCOUNTS,
                Variable.ACCOUNT_EMAILS_TABLE, "account_emails",
                Variable.RELAY_MESSAGES_TABLE, "messages")),
        puts,
        NoSockets::new,
        Clock.systemUTC(),
        new SecureRandom());
  }

  /** The row of a message of 1 kB. */
  public static Map<String, AttributeValue> messageRow() {
    return rowOf(new Sample().message());
  }

  static Map<String, AttributeValue> rowOf(Message message) {
    var puts = new Puts();
    RelayMessageStore.of(host(puts))
        .putIfAbsent(RelayMessageStore.Queue.INBOX, message, Instant.now());
    return puts.items.getFirst();
  }

  static Map<String, AttributeValue> accountRow(String userId) {
    var puts = new Puts();
    register(host(puts), userId);
    return puts.items.getFirst();
  }

  static void register(Host host, String userId) {
    var account =
        new Account(
            userId,
            userId + "@example.com",
            "somebody",
            "Some Body",
            Optional.of("a public key"),
            List.of(),
            Set.of(),
            Presence.NEVER_SEEN,
            Instant.now());
    try {
      AccountStore.of(host).create(account, EmailStore.of(host).claiming(account));
    } catch (AccountStore.EmailTakenException impossible) {
      throw new IllegalStateException("A new id's address is taken", impossible);
    }
  }

  /** Keeps what is put; of an account and its address, the account. */
  private static final class Puts implements DynamoDbClient {

    private final List<Map<String, AttributeValue>> items = new ArrayList<>();

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      items.add(request.item());
      return PutItemResponse.builder().build();
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
      request.transactItems().stream()
          .map(TransactWriteItem::put)
          .filter(put -> put.tableName().equals(ACCOUNTS))
          .forEach(put -> items.add(put.item()));
      return TransactWriteItemsResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
