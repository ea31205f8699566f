package io.quantchat.accounts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.host.Cancellation;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.host.Read;
import io.quantchat.host.Transaction;
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
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Accounts. Each is written in one transaction with its e-mail address ({@link EmailStore}): an
 * account never exists without its address, nor an address without its account.
 */
public final class AccountStore {

  /** Another account has this e-mail address. */
  public static final class EmailTakenException extends Exception {
    private EmailTakenException() {}
  }

  static final String USER_ID = "user_id";
  private static final String EMAIL = "email";
  private static final String USERNAME = "username";
  private static final String FULL_NAME = "full_name";
  private static final String PASSWORD_HASH = "password_hash";
  private static final String PUBLIC_KEY = "public_key";
  private static final String PUBLIC_KEYS = "public_keys";
  private static final String CREATED_AT = "created_at";

  /**
   * What a reader gets. An account that registered before credentials had a table of their own
   * holds a password's hash beside these until its next login.
   */
  private static final String PROFILE =
      String.join(
          ", ",
          USER_ID,
          EMAIL,
          USERNAME,
          FULL_NAME,
          PUBLIC_KEY,
          PUBLIC_KEYS,
          CREATED_AT,
          BlockStore.BLOCKED,
          PresenceStore.ATTRIBUTES);

  /** The same for a reader of many accounts who has no use for keys. */
  private static final String WITHOUT_KEYS =
      String.join(
          ", ",
          USER_ID,
          EMAIL,
          USERNAME,
          FULL_NAME,
          CREATED_AT,
          BlockStore.BLOCKED,
          PresenceStore.ATTRIBUTES);

  /**
   * Stands where the hash of a password was kept before credentials had a table of their own: a
   * hash that no password has. A release before that can't read an account without one, and serves
   * requests while the next is being released, and after it has gone back.
   */
  private static final String NO_PASSWORD =
      "$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$" + "A".repeat(43);

  /** The condition of every update. */
  static final String EXISTS = "attribute_exists(" + USER_ID + ")";

  /** Where the address stands in the transaction that creates an account, behind the account. */
  private static final int ADDRESS = 1;

  /** DynamoDB's own limit of one batch read. */
  private static final int BATCH = 100;

  private final DynamoDbClient dynamoDb;
  private final String table;

  private AccountStore(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** Accounts in a host's table. */
  public static AccountStore of(Host host) {
    return new AccountStore(host.dynamoDb(), host.get(Variable.ACCOUNTS_TABLE));
  }

  /**
   * Stores a new account.
   *
   * @param address what makes its e-mail address the account's ({@link EmailStore#claiming})
   * @param others what is stored with it, all or nothing
   * @throws EmailTakenException if another has its e-mail address; nothing is stored then
   */
  public void create(Account account, TransactWriteItem address, TransactWriteItem... others)
      throws EmailTakenException {
    var writes = Transaction.of(creating(itemOf(account)), address);
    writes.addAll(List.of(others));
    Optional<Cancellation> refused = writes.commit(dynamoDb);
    if (refused.isPresent()) {
      if (refused.get().isConditionUnmet(ADDRESS)) {
        throw new EmailTakenException();
      }
      throw refused.get().exception();
    }
  }

  /** Stores an account as it was kept before there was a table of credentials. For rehearsals. */
  public void createAsBefore(Account account, TransactWriteItem address, String passwordHash) {
    var item = new HashMap<>(itemOf(account));
    item.put(PASSWORD_HASH, Item.of(passwordHash));
    dynamoDb.transactWriteItems(write -> write.transactItems(creating(item), address));
  }

  private TransactWriteItem creating(Map<String, AttributeValue> item) {
    return TransactWriteItem.builder()
        .put(
            Put.builder()
                .tableName(table)
                .item(item)
                .conditionExpression("attribute_not_exists(" + USER_ID + ")")
                .build())
        .build();
  }

  /**
   * The condition that an account exists, as a part of somebody else's transaction: what is written
   * under it is there before the account leaves, or isn't there at all.
   */
  public TransactWriteItem existing(String userId) {
    return TransactWriteItem.builder()
        .conditionCheck(
            ConditionCheck.builder()
                .tableName(table)
                .key(key(userId))
                .conditionExpression(EXISTS)
                .build())
        .build();
  }

  /**
   * Stores a new account that shows an address and doesn't have it: another has claimed it, and
   * hasn't verified it.
   *
   * @param others what is stored with it, all or nothing
   */
  public void createWithoutAddress(Account account, TransactWriteItem others) {
    dynamoDb.transactWriteItems(write -> write.transactItems(creating(itemOf(account)), others));
  }

  /**
   * The write that deletes an account as it was read, as a part of the transaction in which it
   * leaves: refused if it has gone, or blocked or unblocked somebody, since.
   */
  public TransactWriteItem deleting(Account seen) {
    return TransactWriteItem.builder()
        .delete(BlockStore.ifBlockedAreStill(seen.blocked(), table, key(seen.userId())))
        .build();
  }

  /** The account of this id. */
  public Optional<Account> find(String userId, Read read) {
    return row(userId, PROFILE, read).map(AccountStore::accountOf);
  }

  /**
   * An account with the hash of its password, if that hasn't moved to the table of credentials yet.
   */
  public record WithEarlierHash(Account account, Optional<String> passwordHash) {

    /** Never the hash. */
    @Override
    public String toString() {
      return account.toString();
    }
  }

  /** The account of this id, for who checks its password. Strongly consistent. */
  public Optional<WithEarlierHash> findWithEarlierHash(String userId) {
    return row(userId, PROFILE + ", " + PASSWORD_HASH, Read.CONSISTENT)
        .map(
            row ->
                new WithEarlierHash(
                    accountOf(row),
                    new Item(row)
                        .optionalText(PASSWORD_HASH)
                        .filter(hash -> !hash.equals(NO_PASSWORD))));
  }

  private Optional<Map<String, AttributeValue>> row(String userId, String attributes, Read read) {
    var found =
        dynamoDb.getItem(
            GetItemRequest.builder()
                .tableName(table)
                .key(key(userId))
                .projectionExpression(attributes)
                .consistentRead(read.isConsistent())
                .build());
    return found.hasItem() ? Optional.of(found.item()) : Optional.empty();
  }

  /**
   * The accounts of these ids, in batches; ids of no account are left out. Eventually consistent.
   */
  public Map<String, Account> findAll(Collection<String> userIds) {
    return findAll(userIds, PROFILE);
  }

  /**
   * The same as if they had no keys, of which an account may have 64 kB. To read is as dear as with
   * them; what isn't wanted takes neither time on the way nor memory.
   */
  public Map<String, Account> findAllWithoutKeys(Collection<String> userIds) {
    return findAll(userIds, WITHOUT_KEYS);
  }

  private Map<String, Account> findAll(Collection<String> userIds, String attributes) {
    var accountsById = new HashMap<String, Account>();
    List<String> ids = List.copyOf(userIds);
    for (int from = 0; from < ids.size(); from += BATCH) {
      List<Map<String, AttributeValue>> wanted =
          ids.subList(from, Math.min(from + BATCH, ids.size())).stream()
              .map(AccountStore::key)
              .toList();
      KeysAndAttributes keys =
          KeysAndAttributes.builder().keys(wanted).projectionExpression(attributes).build();
      var answer =
          dynamoDb.batchGetItem(
              BatchGetItemRequest.builder().requestItems(Map.of(table, keys)).build());
      for (Map<String, AttributeValue> item : answer.responses().get(table)) {
        Account account = accountOf(item);
        accountsById.put(account.userId(), account);
      }
    }
    return accountsById;
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
      return find(userId, Read.CONSISTENT);
    }
    return update(userId, changes, removesKey ? List.of(PUBLIC_KEY) : List.of());
  }

  /**
   * The write that makes an account that exists show this key and no other, as a part of somebody
   * else's transaction: in {@code public_keys}, and as the legacy {@code public_key}.
   */
  public TransactWriteItem showing(String userId, PublicKey key) {
    return updating(
        userId,
        "SET " + PUBLIC_KEY + " = :key, " + PUBLIC_KEYS + " = :keys",
        EXISTS,
        Map.of(":key", Item.of(key.keyData()), ":keys", Item.of(PublicKey.textOf(List.of(key)))));
  }

  /**
   * The write that takes a password's hash out of an account, unless it was changed meanwhile: a
   * part of the transaction that puts it among the credentials.
   */
  public TransactWriteItem withoutHash(String userId, String seenHash) {
    return updating(
        userId,
        "SET " + PASSWORD_HASH + " = :none",
        PASSWORD_HASH + " = :seen",
        Map.of(":none", Item.of(NO_PASSWORD), ":seen", Item.of(seenHash)));
  }

  /** The write that takes a password's hash out of an account that exists, if one is there. */
  public TransactWriteItem withoutHash(String userId) {
    return updating(
        userId, "SET " + PASSWORD_HASH + " = :none", EXISTS, Map.of(":none", Item.of(NO_PASSWORD)));
  }

  /**
   * The write that gives an account another address to show, as a part of the transaction that
   * moves the address ({@link EmailStore}). Refused if the account is gone or has yet another one.
   *
   * @param to empty where the address is another's from now on
   */
  public TransactWriteItem moving(String userId, String from, String to) {
    return updating(
        userId,
        "SET " + EMAIL + " = :to",
        EXISTS + " AND " + EMAIL + " = :from",
        Map.of(":to", Item.of(to), ":from", Item.of(from)));
  }

  private TransactWriteItem updating(
      String userId, String change, String condition, Map<String, AttributeValue> values) {
    return TransactWriteItem.builder()
        .update(
            Update.builder()
                .tableName(table)
                .key(key(userId))
                .updateExpression(change)
                .conditionExpression(condition)
                .expressionAttributeValues(values)
                .build())
        .build();
  }

  private Optional<Account> update(
      String userId, Map<String, AttributeValue> changes, List<String> removals) {
    try {
      dynamoDb.updateItem(updateOf(table, userId, changes, removals).build());
    } catch (ConditionalCheckFailedException noSuchAccount) {
      return Optional.empty();
    }
    // Not ALL_NEW: whoever may ask for that is shown all that an item has.
    return find(userId, Read.CONSISTENT);
  }

  /**
   * An update of an account that exists.
   *
   * @param changes values by attribute, of which there must be some unless something is removed
   * @param removals attributes to remove
   */
  static UpdateItemRequest.Builder updateOf(
      String table, String userId, Map<String, AttributeValue> changes, List<String> removals) {
    var values = new HashMap<String, AttributeValue>();
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
        .tableName(table)
        .key(key(userId))
        .updateExpression(expression.strip())
        .conditionExpression(EXISTS)
        .expressionAttributeValues(values.isEmpty() ? null : values);
  }

  static Map<String, AttributeValue> key(String userId) {
    return Map.of(USER_ID, Item.of(userId));
  }

  private static Map<String, AttributeValue> itemOf(Account account) {
    var item = new HashMap<String, AttributeValue>();
    item.put(USER_ID, Item.of(account.userId()));
    item.put(EMAIL, Item.of(account.email()));
    item.put(USERNAME, Item.of(account.username()));
    item.put(FULL_NAME, Item.of(account.fullName()));
    item.put(PASSWORD_HASH, Item.of(NO_PASSWORD));
    item.put(CREATED_AT, Item.of(account.createdAt().toEpochMilli()));
    account.publicKey().ifPresent(key -> item.put(PUBLIC_KEY, Item.of(key)));
    if (!account.publicKeys().isEmpty()) {
      item.put(PUBLIC_KEYS, Item.of(PublicKey.textOf(account.publicKeys())));
    }
    item.putAll(BlockStore.attributesOf(account.blocked()));
    item.putAll(PresenceStore.attributesOf(account.presence()));
    return item;
  }

  private static Account accountOf(Map<String, AttributeValue> attributes) {
    var item = new Item(attributes);
    return new Account(
        item.text(USER_ID),
        item.text(EMAIL),
        item.text(USERNAME),
        item.text(FULL_NAME),
        item.optionalText(PUBLIC_KEY),
        item.optionalText(PUBLIC_KEYS).map(AccountStore::publicKeysOf).orElse(List.of()),
        BlockStore.blockedOf(item),
        PresenceStore.presenceOf(item),
        Instant.ofEpochMilli(item.number(CREATED_AT)));
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
