package io.quantchat.accounts;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.host.Transaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * E-mail addresses, and the one account that each belongs to. A row's key is the address's
 * canonical form; rows from before there was one have the address in lower case, and stay: who is
 * looked for by that spelling is found by it.
 *
 * <p>An address belongs to whoever claimed it first, until somebody has verified it; then it is
 * theirs, and never goes to anybody else by itself.
 */
public final class EmailStore {

  /**
   * Whose an address is.
   *
   * @param isVerified whether they have shown that they read mail there
   */
  public record Holder(String userId, boolean isVerified) {}

  private static final String EMAIL = "email";
  private static final String USER_ID = "user_id";
  private static final String VERIFIED_AT = "verified_at";

  private final DynamoDbClient dynamoDb;
  private final String table;
  private final boolean hidesUnverified;

  private EmailStore(DynamoDbClient dynamoDb, String table, boolean hidesUnverified) {
    this.dynamoDb = dynamoDb;
    this.table = table;
    this.hidesUnverified = hidesUnverified;
  }

  /** Addresses in a host's table. */
  public static EmailStore of(Host host) {
    return new EmailStore(
        host.dynamoDb(), host.get(Variable.ACCOUNT_EMAILS_TABLE), hidesUnverified(host));
  }

  /** Whether an address counts for others only once it is verified. */
  public static boolean hidesUnverified(Host host) {
    return host.environment().find(Variable.HIDES_UNVERIFIED).filter("true"::equals).isPresent();
  }

  /**
   * The id of the account with this address, for who looks for somebody else: where addresses are
   * to be verified, nobody is found by one that isn't.
   *
   * @param typed in whatever spelling
   */
  public Optional<String> findId(String typed) {
    return EmailAddress.keysOf(typed).stream()
        .flatMap(key -> holderOf(key).stream())
        .filter(holder -> holder.isVerified() || !hidesUnverified)
        .map(Holder::userId)
        .findFirst();
  }

  /**
   * The ids of the accounts that may be meant by an address, likeliest first: one from before there
   * was a canonical form may be kept under a spelling whose canonical form is another's by now.
   */
  public List<String> findIds(String typed) {
    var ids = new LinkedHashSet<String>();
    EmailAddress.keysOf(typed)
        .forEach(key -> holderOf(key).map(Holder::userId).ifPresent(ids::add));
    return List.copyOf(ids);
  }

  /** Whose an address is, in any spelling that it is kept under. Strongly consistent. */
  public Optional<Holder> holderOf(EmailAddress address) {
    return holderOf(address.canonical()).or(() -> address.before().flatMap(this::holderOf));
  }

  /** Whether an account from before there was a canonical form is kept under this spelling. */
  public boolean isTakenAsBefore(EmailAddress address) {
    return address.before().flatMap(this::holderOf).isPresent();
  }

  private Optional<Holder> holderOf(String key) {
    var found =
        dynamoDb.getItem(
            GetItemRequest.builder().tableName(table).key(key(key)).consistentRead(true).build());
    if (!found.hasItem()) {
      return Optional.empty();
    }
    var item = new Item(found.item());
    return Optional.of(new Holder(item.text(USER_ID), item.time(VERIFIED_AT).isPresent()));
  }

  /** Every form of an account's address that may be kept for it, sooner or later. */
  public Set<String> formsOf(Account account) {
    return Set.copyOf(EmailAddress.keysOf(account.email()));
  }

  /**
   * The writes that let go of an account's address in every form that is the account's, as a part
   * of the transaction in which it leaves: refused if one is another's meanwhile.
   */
  public List<TransactWriteItem> releasing(Account account) {
    return EmailAddress.keysOf(account.email()).stream()
        .distinct()
        .filter(
            key ->
                holderOf(key).filter(holder -> !holder.userId().equals(account.userId())).isEmpty())
        .map(key -> lettingGo(key, account.userId()))
        .toList();
  }

  private TransactWriteItem lettingGo(String key, String userId) {
    return TransactWriteItem.builder()
        .delete(
            Delete.builder()
                .tableName(table)
                .key(key(key))
                .conditionExpression(
                    "attribute_not_exists(" + EMAIL + ") OR " + USER_ID + " = :user")
                .expressionAttributeValues(Map.of(":user", Item.of(userId)))
                .build())
        .build();
  }

  /**
   * The write that makes an account's address its own, unless another account has it: a part of the
   * transaction that creates the account.
   */
  public TransactWriteItem claiming(Account account) {
    return claiming(canonicalOf(account.email()), account.userId());
  }

  /** The same for another address that an account is to have. */
  public TransactWriteItem claiming(EmailAddress address, String userId) {
    return claiming(address.canonical(), userId);
  }

  private TransactWriteItem claiming(String key, String userId) {
    return TransactWriteItem.builder()
        .put(
            Put.builder()
                .tableName(table)
                .item(Map.of(EMAIL, Item.of(key), USER_ID, Item.of(userId)))
                .conditionExpression("attribute_not_exists(" + EMAIL + ")")
                .build())
        .build();
  }

  /**
   * The write that makes an address the account's that has verified it, whoever had claimed it.
   * Refused if it is somebody else's than was seen, or has been verified by another.
   *
   * @param seen whose it was
   */
  public TransactWriteItem verifying(
      EmailAddress address, String userId, Optional<Holder> seen, Instant now) {
    var values = new HashMap<String, AttributeValue>();
    seen.ifPresent(
        holder -> {
          values.put(":seen", Item.of(holder.userId()));
          values.put(":me", Item.of(userId));
        });
    return TransactWriteItem.builder()
        .put(
            Put.builder()
                .tableName(table)
                .item(
                    Map.of(
                        EMAIL, Item.of(address.canonical()),
                        USER_ID, Item.of(userId),
                        VERIFIED_AT, Item.of(now.toEpochMilli())))
                .conditionExpression(
                    seen.isEmpty()
                        ? "attribute_not_exists(" + EMAIL + ")"
                        : "%1$s = :seen AND (%1$s = :me OR attribute_not_exists(%2$s))"
                            .formatted(USER_ID, VERIFIED_AT))
                .expressionAttributeValues(values.isEmpty() ? null : values)
                .build())
        .build();
  }

  /** Whose the canonical form of an address is. Strongly consistent. */
  public Optional<Holder> canonicalHolderOf(EmailAddress address) {
    return holderOf(address.canonical());
  }

  /**
   * The writes that let go of an account's address, under every spelling that it is kept under, as
   * a part of the transaction in which the account leaves it: refused if it is another's meanwhile.
   *
   * @param next another address that the account keeps
   */
  public List<TransactWriteItem> releasing(Account account, Optional<EmailAddress> next) {
    return EmailAddress.keysOf(account.email()).stream()
        .filter(key -> next.filter(other -> other.canonical().equals(key)).isEmpty())
        .filter(key -> isHeldBy(account.userId(), key))
        .map(key -> lettingGo(key, account.userId()))
        .toList();
  }

  private boolean isHeldBy(String userId, String key) {
    return holderOf(key).filter(holder -> holder.userId().equals(userId)).isPresent();
  }

  /**
   * Makes the canonical form of an account's address its own, too, if nobody has it: for accounts
   * from before there was one. Doing it again changes nothing.
   */
  public void claimCanonical(Account account) {
    String key = canonicalOf(account.email());
    if (key.equals(account.email())
        || holderOf(key).isPresent()
        || !isHeldBy(account.userId(), account.email())) {
      return;
    }
    var _ = Transaction.of(claiming(account)).commitUnlessOvertaken(dynamoDb);
  }

  private static String canonicalOf(String email) {
    return EmailAddress.parse(email).map(EmailAddress::canonical).orElse(email);
  }

  private static Map<String, AttributeValue> key(String email) {
    return Map.of(EMAIL, Item.of(email));
  }
}
