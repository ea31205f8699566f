package io.quantchat.keys;

import io.quantchat.crypto.Bundle;
import io.quantchat.host.Cancellation;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.host.Read;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Each account's newest bundle. */
public final class BundleStore {

  /** How a replacement ended. */
  sealed interface Outcome {

    /** It is stored, and the account shows its key. */
    record Replaced() implements Outcome {}

    /** The stored one isn't that before it; nothing is there where the first was to be. */
    record OutOfTurn(Optional<PublishedBundle> stored) implements Outcome {}

    /** The account is gone. */
    record NoAccount() implements Outcome {}

    /** Something else is changing the account or the bundle in this moment. */
    record Contended() implements Outcome {}
  }

  private static final String USER_ID = "user_id";
  private static final String VERSION = "version";
  private static final String GOOD_UNTIL = "good_until";
  private static final String IDENTITY = "identity";
  private static final String LAST_RESORT = "last_resort";
  private static final String BUNDLE = "bundle";

  /** Where the bundle and the account stand in the transaction. */
  private static final int OF_BUNDLE = 0;

  private static final int OF_ACCOUNT = 1;

  private final DynamoDbClient dynamoDb;
  private final String table;

  /** Bundles in a host's table. */
  public static BundleStore of(Host host) {
    return new BundleStore(host.dynamoDb(), host.get(Variable.KEY_BUNDLES_TABLE));
  }

  private BundleStore(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** The newest bundle of an account, expired or not. */
  Optional<PublishedBundle> find(String userId, Read read) {
    var found =
        dynamoDb.getItem(
            GetItemRequest.builder()
                .tableName(table)
                .key(key(userId))
                .consistentRead(read.isConsistent())
                .build());
    return found.hasItem() ? Optional.of(bundleOf(found.item())) : Optional.empty();
  }

  /**
   * Stores a bundle in place of the one before it, and changes the account in the same transaction:
   * an account never shows a key that its bundle doesn't have. A version that isn't reached by
   * making bundles is followed by any that is: its owner comes back from it.
   *
   * @param account what makes the account show the bundle's key, if the account is there
   */
  Outcome replace(PublishedBundle bundle, TransactWriteItem account) {
    Put.Builder put =
        Put.builder()
            .tableName(table)
            .item(itemOf(bundle))
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    if (bundle.version() == 1) {
      put.conditionExpression("attribute_not_exists(" + USER_ID + ")");
    } else {
      put.conditionExpression(VERSION + " = :before OR " + VERSION + " > :reached")
          .expressionAttributeValues(
              Map.of(
                  ":before",
                  Item.of(bundle.version() - 1),
                  ":reached",
                  Item.of(
                      Bundle.isReached(bundle.version())
                          ? Bundle.HIGHEST_VERSION
                          : Long.MAX_VALUE)));
    }
    try {
      dynamoDb.transactWriteItems(
          TransactWriteItemsRequest.builder()
              .transactItems(TransactWriteItem.builder().put(put.build()).build(), account)
              .build());
      return new Outcome.Replaced();
    } catch (TransactionCanceledException cancelled) {
      return outcomeOf(new Cancellation(cancelled));
    }
  }

  /**
   * The write that deletes an account's bundle, as a part of the transaction it leaves in: nobody
   * is shown the keys of somebody who has left.
   */
  public TransactWriteItem deleting(String userId) {
    return TransactWriteItem.builder()
        .delete(Delete.builder().tableName(table).key(key(userId)).build())
        .build();
  }

  private static Outcome outcomeOf(Cancellation cancellation) {
    if (cancellation.isConditionUnmet(OF_ACCOUNT)) {
      return new Outcome.NoAccount();
    }
    if (cancellation.isConditionUnmet(OF_BUNDLE)) {
      return new Outcome.OutOfTurn(
          Optional.of(cancellation.itemAt(OF_BUNDLE))
              .filter(item -> !item.isEmpty())
              .map(BundleStore::bundleOf));
    }
    if (cancellation.hasConflict()) {
      return new Outcome.Contended();
    }
    throw cancellation.exception();
  }

  private static Map<String, AttributeValue> key(String userId) {
    return Map.of(USER_ID, Item.of(userId));
  }

  private static Map<String, AttributeValue> itemOf(PublishedBundle bundle) {
    return Map.of(
        USER_ID, Item.of(bundle.userId()),
        VERSION, Item.of(bundle.version()),
        GOOD_UNTIL, Item.of(bundle.goodUntil().toEpochMilli()),
        IDENTITY, Item.of(bundle.identity()),
        LAST_RESORT, Item.of(bundle.lastResort()),
        BUNDLE, Item.of(PackedJson.pack(bundle.json())));
  }

  private static PublishedBundle bundleOf(Map<String, AttributeValue> attributes) {
    var item = new Item(attributes);
    return new PublishedBundle(
        item.text(USER_ID),
        item.number(VERSION),
        Instant.ofEpochMilli(item.number(GOOD_UNTIL)),
        item.bytes(IDENTITY),
        item.text(LAST_RESORT),
        PackedJson.unpack(item.bytes(BUNDLE)));
  }
}
