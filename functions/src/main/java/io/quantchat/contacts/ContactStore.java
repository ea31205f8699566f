package io.quantchat.contacts;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.host.Read;
import io.quantchat.host.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Who has whom as a contact. */
public final class ContactStore {

  /** The most keys of one batch read (DynamoDB's own limit). */
  public static final int BATCH = 100;

  /** How the storing of an entry ended. */
  sealed interface Outcome {

    /** It is stored. */
    record Stored() implements Outcome {}

    /** There was this one already; it stays as it is. */
    record AlreadyThere(Contact earlier) implements Outcome {}

    /** A condition isn't met; nothing is stored. */
    record Refused() implements Outcome {}
  }

  /**
   * Rows that lead from somebody to those who have something of theirs: what is deleted with an
   * account would otherwise be found by looking through the whole table. Their partitions are those
   * of no account, so nothing else reads them.
   */
  private enum Leading {
    ADDED_BY("added-by#"),
    BLOCKED_BY("blocked-by#");

    private final String prefix;

    Leading(String prefix) {
      this.prefix = prefix;
    }

    private String to(String userId) {
      return prefix + userId;
    }
  }

  private static final String USER_ID = "user_id";
  private static final String CONTACT_ID = "contact_id";
  private static final String CREATED_AT = "created_at";
  private static final String GIVEN_EMAIL = "given_email";

  /**
   * Some of an account's entries, in the order of the ids of those who were added.
   *
   * @param isLast whether there are none behind them
   */
  record Stretch(List<Contact> entries, boolean isLast) {}

  /** Where the entry stands in the transaction that stores it. */
  private static final int ENTRY = 0;

  private final DynamoDbClient dynamoDb;
  private final String table;

  /** Contacts in a host's table. */
  public static ContactStore of(Host host) {
    return new ContactStore(host.dynamoDb(), host.get(Variable.CONTACTS_TABLE));
  }

  ContactStore(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * Stores an entry, unless there is one of the two already, and for the one who is added the row
   * that leads back. One is never there without the other, but for entries from before there were
   * rows that lead back.
   *
   * @param conditions on which it is stored
   * @return what became of it
   */
  public Outcome add(Contact contact, TransactWriteItem... conditions) {
    var writes = new ArrayList<TransactWriteItem>();
    writes.add(
        ENTRY,
        TransactWriteItem.builder()
            .put(
                Put.builder()
                    .tableName(table)
                    .item(itemOf(contact))
                    .conditionExpression("attribute_not_exists(" + USER_ID + ")")
                    .returnValuesOnConditionCheckFailure(
                        ReturnValuesOnConditionCheckFailure.ALL_OLD)
                    .build())
            .build());
    writes.add(put(Leading.ADDED_BY, contact.contactId(), contact.userId()));
    writes.addAll(List.of(conditions));
    return Transaction.of(writes)
        .commit(dynamoDb)
        .<Outcome>map(
            cancellation ->
                cancellation.isConditionUnmet(ENTRY)
                    ? new Outcome.AlreadyThere(contactOf(cancellation.itemAt(ENTRY)))
                    : new Outcome.Refused())
        .orElseGet(Outcome.Stored::new);
  }

  /**
   * Replaces an entry by one of the same two and the same time; one that isn't there stays away.
   */
  void replace(Contact contact) {
    try {
      dynamoDb.putItem(
          PutItemRequest.builder()
              .tableName(table)
              .item(itemOf(contact))
              .conditionExpression(CREATED_AT + " = :created")
              .expressionAttributeValues(
                  Map.of(":created", Item.of(contact.createdAt().toEpochMilli())))
              .build());
    } catch (ConditionalCheckFailedException deletedMeanwhile) {
      return;
    }
  }

  /** Deletes an entry and the row that leads back to it. Doing it again changes nothing. */
  void remove(String userId, String contactId) {
    Transaction.of(
            delete(key(userId, contactId)), delete(key(Leading.ADDED_BY.to(contactId), userId)))
        .commit(dynamoDb);
  }

  /** The row that leads back from one who is blocked, as a part of the block's transaction. */
  TransactWriteItem noting(String userId, String blockedId) {
    return put(Leading.BLOCKED_BY, blockedId, userId);
  }

  /** Takes that row away, as a part of the transaction that lifts the block. */
  TransactWriteItem forgetting(String userId, String blockedId) {
    return delete(key(Leading.BLOCKED_BY.to(blockedId), userId));
  }

  /** Everyone whom an account has added, in the order they were added. */
  public List<Contact> allOf(String userId, Read read) {
    return dynamoDb
        .queryPaginator(queryOf(userId).consistentRead(read.isConsistent()).build())
        .items()
        .stream()
        .map(ContactStore::contactOf)
        .sorted(Comparator.comparing(Contact::createdAt).thenComparing(Contact::contactId))
        .toList();
  }

  /**
   * At most so many of those whom an account has added. One round trip.
   *
   * @param after goes on behind this id, whether or not it is one of theirs
   */
  Stretch stretch(String userId, Optional<String> after, int limit) {
    var answer =
        dynamoDb.query(
            queryOf(userId)
                .consistentRead(true)
                .limit(limit)
                .exclusiveStartKey(after.map(id -> key(userId, id)).orElse(null))
                .build());
    return new Stretch(
        answer.items().stream().map(ContactStore::contactOf).toList(),
        !answer.hasLastEvaluatedKey());
  }

  /** How many an account has added; one unit of reading per 8 kB of them. */
  int count(String userId) {
    return dynamoDb.queryPaginator(queryOf(userId).select(Select.COUNT).build()).stream()
        .mapToInt(page -> page.count())
        .sum();
  }

  /**
   * Which of these accounts have added this one.
   *
   * @param owners at most {@link #BATCH} ids, each once
   */
  Set<String> whoHas(String contactId, Collection<String> owners) {
    return rowsOf(owners.stream().map(owner -> key(owner, contactId)).toList()).stream()
        .map(Contact::userId)
        .collect(Collectors.toSet());
  }

  /** Whether an account has added another. Half a unit of reading; may be a second old. */
  public boolean has(String userId, String contactId) {
    return dynamoDb
        .getItem(
            get -> get.tableName(table).key(key(userId, contactId)).projectionExpression(USER_ID))
        .hasItem();
  }

  /** An account's entry of another, if there is one. Eventually consistent. */
  Optional<Contact> find(String userId, String contactId) {
    return rowsOf(List.of(key(userId, contactId))).stream().findFirst();
  }

  /**
   * Whether each of the two has added the other. One request. Eventually consistent. Nobody has
   * added oneself.
   */
  public boolean areMutual(String one, String other) {
    return !one.equals(other) && rowsOf(List.of(key(one, other), key(other, one))).size() == 2;
  }

  /** Those of these rows that there are. */
  private List<Contact> rowsOf(List<Map<String, AttributeValue>> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    return dynamoDb
        .batchGetItem(
            BatchGetItemRequest.builder()
                .requestItems(Map.of(table, KeysAndAttributes.builder().keys(keys).build()))
                .build())
        .responses()
        .get(table)
        .stream()
        .map(ContactStore::contactOf)
        .toList();
  }

  private TransactWriteItem put(Leading leading, String to, String from) {
    return TransactWriteItem.builder()
        .put(Put.builder().tableName(table).item(key(leading.to(to), from)).build())
        .build();
  }

  private TransactWriteItem delete(Map<String, AttributeValue> key) {
    return TransactWriteItem.builder()
        .delete(Delete.builder().tableName(table).key(key).build())
        .build();
  }

  private QueryRequest.Builder queryOf(String userId) {
    return QueryRequest.builder()
        .tableName(table)
        .keyConditionExpression(USER_ID + " = :user")
        .expressionAttributeValues(Map.of(":user", Item.of(userId)));
  }

  private static Map<String, AttributeValue> key(String userId, String contactId) {
    return Map.of(USER_ID, Item.of(userId), CONTACT_ID, Item.of(contactId));
  }

  private static Map<String, AttributeValue> itemOf(Contact contact) {
    var item = new HashMap<String, AttributeValue>();
    item.put(USER_ID, Item.of(contact.userId()));
    item.put(CONTACT_ID, Item.of(contact.contactId()));
    item.put(CREATED_AT, Item.of(contact.createdAt().toEpochMilli()));
    contact.givenEmail().mark().ifPresent(mark -> item.put(GIVEN_EMAIL, Item.of(mark)));
    return item;
  }

  private static Contact contactOf(Map<String, AttributeValue> attributes) {
    var item = new Item(attributes);
    return new Contact(
        item.text(USER_ID),
        item.text(CONTACT_ID),
        Instant.ofEpochMilli(item.number(CREATED_AT)),
        new GivenEmail(item.optionalText(GIVEN_EMAIL)));
  }
}
