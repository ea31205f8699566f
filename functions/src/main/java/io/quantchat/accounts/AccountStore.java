package io.quantchat.accounts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.quantchat.host.Item;
import io.quantchat.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Accounts and their e-mail addresses. The two tables are written in one transaction: an account
 * never exists without its address, nor an address without its account.
 */
public final class AccountStore {

  /** Another account has this e-mail address. */
  public static final class EmailTakenException extends Exception {}

  private static final String USER_ID = "user_id";
  private static final String EMAIL = "email";
  private static final String USERNAME = "username";
  private static final String FULL_NAME = "full_name";
  private static final String PASSWORD_HASH = "password_hash";
  private static final String PUBLIC_KEY = "public_key";
  private static final String PUBLIC_KEYS = "public_keys";
  private static final String CREATED_AT = "created_at";
  private static final String BLOCKED = "blocked";
  private static final String PRESENCE_VERSION = "presence_version";
  private static final String ONLINE_UNTIL = "online_until";
  private static final String LAST_SEEN = "last_seen";
  private static final String ONLINE_ANNOUNCED_AT = "online_announced_at";
  private static final String OFFLINE_ANNOUNCED_AT = "offline_announced_at";

  /** Where the address stands in the transaction that creates an account. */
  private static final int ADDRESS = 1;

  /** DynamoDB's own limit of one batch read. */
  private static final int BATCH = 100;

  private final DynamoDbClient dynamoDb;
  private final String accounts;
  private final String emails;

  /**
   * Accounts in these tables.
   *
   * @param emails the table of addresses; {@code null} for who never looks an account up by e-mail
   */
  public AccountStore(DynamoDbClient dynamoDb, String accounts, String emails) {
    this.dynamoDb = dynamoDb;
    this.accounts = accounts;
    this.emails = emails;
  }

  /**
   * Stores a new account.
   *
   * @throws EmailTakenException if another has its e-mail address; nothing is stored then
   */
  public void create(Account account) throws EmailTakenException {
    TransactWriteItem profile =
        TransactWriteItem.builder()
            .put(
                Put.builder()
                    .tableName(accounts)
                    .item(itemOf(account))
                    .conditionExpression("attribute_not_exists(" + USER_ID + ")")
                    .build())
            .build();
    TransactWriteItem address =
        TransactWriteItem.builder()
            .put(
                Put.builder()
                    .tableName(emails)
                    .item(
                        Map.of(EMAIL, Item.of(account.email()), USER_ID, Item.of(account.userId())))
                    .conditionExpression("attribute_not_exists(" + EMAIL + ")")
                    .build())
            .build();
    try {
      dynamoDb.transactWriteItems(
          TransactWriteItemsRequest.builder().transactItems(profile, address).build());
    } catch (TransactionCanceledException cancelled) {
      var addressReason = cancelled.cancellationReasons().get(ADDRESS);
      if ("ConditionalCheckFailed".equals(addressReason.code())
          || "TransactionConflict".equals(addressReason.code())) {
        throw new EmailTakenException();
      }
      throw cancelled;
    }
  }

  /**
   * The account of this id.
   *
   * @param consistent whether to see what was written a moment ago; costs twice as much
   */
  public Optional<Account> find(String userId, boolean consistent) {
    var found =
        dynamoDb.getItem(
            GetItemRequest.builder()
                .tableName(accounts)
                .key(key(userId))
                .consistentRead(consistent)
                .build());
    return found.hasItem() ? Optional.of(accountOf(found.item())) : Optional.empty();
  }

  /**
   * The accounts of these ids, in batches; ids of no account are left out. Eventually consistent.
   */
  public Map<String, Account> findAll(Collection<String> userIds) {
    var accountsById = new HashMap<String, Account>();
    List<String> ids = List.copyOf(userIds);
    for (int from = 0; from < ids.size(); from += BATCH) {
      List<Map<String, AttributeValue>> wanted =
          ids.subList(from, Math.min(from + BATCH, ids.size())).stream()
              .map(AccountStore::key)
              .toList();
      while (!wanted.isEmpty()) {
        var answer =
            dynamoDb.batchGetItem(
                BatchGetItemRequest.builder()
                    .requestItems(
                        Map.of(accounts, KeysAndAttributes.builder().keys(wanted).build()))
                    .build());
        for (Map<String, AttributeValue> item : answer.responses().get(accounts)) {
          Account account = accountOf(item);
          accountsById.put(account.userId(), account);
        }
        KeysAndAttributes left = answer.unprocessedKeys().get(accounts);
        wanted = left == null ? List.of() : left.keys();
      }
    }
    return accountsById;
  }

  /** The id of the account with this address (trimmed, lower case). */
  public Optional<String> findIdByEmail(String email) {
    var found =
        dynamoDb.getItem(
            GetItemRequest.builder()
                .tableName(emails)
                .key(Map.of(EMAIL, Item.of(email)))
                .consistentRead(true)
                .build());
    return found.hasItem() ? new Item(found.item()).optionalText(USER_ID) : Optional.empty();
  }

  /**
   * Changes what a person can change of the profile. An empty optional leaves a field as it is.
   *
   * @param publicKey the outer optional: whether to change it; the inner one: the new key, or none
   * @return the account as it is now, or nothing where it doesn't exist
   */
  public Optional<Account> changeProfile(
      String userId,
      Optional<String> username,
      Optional<String> fullName,
      Optional<Optional<String>> publicKey) {
    var changes = new LinkedHashMap<String, AttributeValue>();
    username.ifPresent(value -> changes.put(USERNAME, Item.of(value)));
    fullName.ifPresent(value -> changes.put(FULL_NAME, Item.of(value)));
    publicKey.flatMap(value -> value).ifPresent(value -> changes.put(PUBLIC_KEY, Item.of(value)));
    boolean removesKey = publicKey.isPresent() && publicKey.get().isEmpty();
    if (changes.isEmpty() && !removesKey) {
      return find(userId, true);
    }
    return update(userId, changes, removesKey ? List.of(PUBLIC_KEY) : List.of());
  }

  /**
   * What makes an account that exists show this key and no other, as a part of somebody else's
   * transaction: in {@code public_keys}, and as the legacy {@code public_key}.
   */
  public TransactWriteItem showing(String userId, PublicKey key) {
    return TransactWriteItem.builder()
        .update(
            Update.builder()
                .tableName(accounts)
                .key(key(userId))
                .updateExpression("SET " + PUBLIC_KEY + " = :key, " + PUBLIC_KEYS + " = :keys")
                .conditionExpression("attribute_exists(" + USER_ID + ")")
                .expressionAttributeValues(
                    Map.of(
                        ":key", Item.of(key.keyData()),
                        ":keys", Item.of(publicKeysText(List.of(key)))))
                .build())
        .build();
  }

  /** Replaces the password's hash, unless it was changed meanwhile. */
  public void replacePasswordHash(String userId, String seenHash, String newHash) {
    try {
      dynamoDb.updateItem(
          UpdateItemRequest.builder()
              .tableName(accounts)
              .key(key(userId))
              .updateExpression("SET " + PASSWORD_HASH + " = :new")
              .conditionExpression(PASSWORD_HASH + " = :seen")
              .expressionAttributeValues(
                  Map.of(":new", Item.of(newHash), ":seen", Item.of(seenHash)))
              .build());
    } catch (ConditionalCheckFailedException changedMeanwhile) {
      return;
    }
  }

  /** Blocks an account for this one. Doing it again changes nothing. */
  public void block(String userId, String blockedId) {
    changeBlocked(userId, "ADD", blockedId);
  }

  /** Takes a block back. Doing it again changes nothing. */
  public void unblock(String userId, String blockedId) {
    changeBlocked(userId, "DELETE", blockedId);
  }

  private void changeBlocked(String userId, String action, String blockedId) {
    dynamoDb.updateItem(
        UpdateItemRequest.builder()
            .tableName(accounts)
            .key(key(userId))
            .updateExpression(action + " " + BLOCKED + " :ids")
            .conditionExpression("attribute_exists(" + USER_ID + ")")
            .expressionAttributeValues(Map.of(":ids", AttributeValue.fromSs(List.of(blockedId))))
            .build());
  }

  /**
   * Writes that the account is online.
   *
   * @param seen the presence that the decision was made on
   * @param until when the newest socket ends at the latest
   * @param announcedAt now, if contacts are being told
   * @return whether it was written: not if presence changed since it was seen
   */
  public boolean goOnline(
      String userId, Presence seen, Instant until, Optional<Instant> announcedAt) {
    var changes = new LinkedHashMap<String, AttributeValue>();
    changes.put(ONLINE_UNTIL, Item.of(until.toEpochMilli()));
    announcedAt.ifPresent(at -> changes.put(ONLINE_ANNOUNCED_AT, Item.of(at.toEpochMilli())));
    return changePresence(userId, seen, changes, List.of());
  }

  /**
   * Writes that the account's last socket has closed.
   *
   * @param seen the presence as it was <em>before</em> it was found that no socket is left: a
   *     socket that opened since has raised the version, and nothing is written
   * @param announcedAt now, if contacts are being told
   */
  public boolean goOffline(
      String userId, Presence seen, Instant lastSeen, Optional<Instant> announcedAt) {
    var changes = new LinkedHashMap<String, AttributeValue>();
    changes.put(LAST_SEEN, Item.of(lastSeen.toEpochMilli()));
    announcedAt.ifPresent(at -> changes.put(OFFLINE_ANNOUNCED_AT, Item.of(at.toEpochMilli())));
    return changePresence(userId, seen, changes, List.of(ONLINE_UNTIL));
  }

  private boolean changePresence(
      String userId, Presence seen, Map<String, AttributeValue> changes, List<String> removals) {
    var withVersion = new LinkedHashMap<>(changes);
    withVersion.put(PRESENCE_VERSION, Item.of(seen.version() + 1));
    String unchanged =
        seen.version() == 0
            ? "attribute_not_exists(" + PRESENCE_VERSION + ")"
            : PRESENCE_VERSION + " = :seen";
    Map<String, AttributeValue> values =
        seen.version() == 0 ? Map.of() : Map.of(":seen", Item.of(seen.version()));
    try {
      dynamoDb.updateItem(updateOf(userId, withVersion, removals, unchanged, values).build());
      return true;
    } catch (ConditionalCheckFailedException changedMeanwhile) {
      return false;
    }
  }

  private Optional<Account> update(
      String userId, Map<String, AttributeValue> changes, List<String> removals) {
    try {
      return Optional.of(
          accountOf(
              dynamoDb
                  .updateItem(
                      updateOf(userId, changes, removals, null, Map.of())
                          .returnValues("ALL_NEW")
                          .build())
                  .attributes()));
    } catch (ConditionalCheckFailedException noSuchAccount) {
      return Optional.empty();
    }
  }

  private UpdateItemRequest.Builder updateOf(
      String userId,
      Map<String, AttributeValue> changes,
      List<String> removals,
      String condition,
      Map<String, AttributeValue> conditionValues) {
    var values = new HashMap<>(conditionValues);
    var assignments = new ArrayList<String>();
    changes.forEach(
        (name, value) -> {
          assignments.add(name + " = :" + name);
          values.put(":" + name, value);
        });
    String expression =
        (assignments.isEmpty() ? "" : "SET " + String.join(", ", assignments))
            + (removals.isEmpty() ? "" : " REMOVE " + String.join(", ", removals));
    return UpdateItemRequest.builder()
        .tableName(accounts)
        .key(key(userId))
        .updateExpression(expression.strip())
        .conditionExpression(
            "attribute_exists(" + USER_ID + ")" + (condition == null ? "" : " AND " + condition))
        .expressionAttributeValues(values.isEmpty() ? null : values);
  }

  private static Map<String, AttributeValue> key(String userId) {
    return Map.of(USER_ID, Item.of(userId));
  }

  private static Map<String, AttributeValue> itemOf(Account account) {
    var item = new HashMap<String, AttributeValue>();
    item.put(USER_ID, Item.of(account.userId()));
    item.put(EMAIL, Item.of(account.email()));
    item.put(USERNAME, Item.of(account.username()));
    item.put(FULL_NAME, Item.of(account.fullName()));
    item.put(PASSWORD_HASH, Item.of(account.passwordHash()));
    item.put(CREATED_AT, Item.of(account.createdAt().toEpochMilli()));
    account.publicKey().ifPresent(key -> item.put(PUBLIC_KEY, Item.of(key)));
    if (!account.publicKeys().isEmpty()) {
      item.put(PUBLIC_KEYS, Item.of(publicKeysText(account.publicKeys())));
    }
    return item;
  }

  private static Account accountOf(Map<String, AttributeValue> attributes) {
    var item = new Item(attributes);
    return new Account(
        item.text(USER_ID),
        item.text(EMAIL),
        item.text(USERNAME),
        item.text(FULL_NAME),
        item.text(PASSWORD_HASH),
        item.optionalText(PUBLIC_KEY),
        item.optionalText(PUBLIC_KEYS).map(AccountStore::publicKeysOf).orElse(List.of()),
        item.texts(BLOCKED),
        new Presence(
            item.numberOr(PRESENCE_VERSION, 0),
            item.time(ONLINE_UNTIL),
            item.time(LAST_SEEN),
            item.time(ONLINE_ANNOUNCED_AT),
            item.time(OFFLINE_ANNOUNCED_AT)),
        Instant.ofEpochMilli(item.number(CREATED_AT)));
  }

  private static String publicKeysText(List<PublicKey> keys) {
    ArrayNode list = Json.array();
    keys.forEach(key -> list.add(key.toJson()));
    return list.toString();
  }

  private static List<PublicKey> publicKeysOf(String text) {
    try {
      var keys = new ArrayList<PublicKey>();
      for (JsonNode node : Json.MAPPER.readTree(text)) {
        keys.add(PublicKey.fromJson(node));
      }
      return List.copyOf(keys);
    } catch (JsonProcessingException malformed) {
      throw new IllegalStateException("The stored public_keys are malformed", malformed);
    }
  }
}
