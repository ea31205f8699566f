package io.quantchat.accounts;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Accounts' presence, which each account's row holds. Every change raises a version, and is made
 * only if the version is still the one that its decision was made on.
 */
public final class PresenceStore {

  private static final String VERSION = "presence_version";
  private static final String ONLINE_UNTIL = "online_until";
  private static final String LAST_SEEN = "last_seen";
  private static final String ONLINE_ANNOUNCED_AT = "online_announced_at";
  private static final String OFFLINE_ANNOUNCED_AT = "offline_announced_at";

  /** All of them, for a projection. */
  static final String ATTRIBUTES =
      String.join(
          ", ", VERSION, ONLINE_UNTIL, LAST_SEEN, ONLINE_ANNOUNCED_AT, OFFLINE_ANNOUNCED_AT);

  private final DynamoDbClient dynamoDb;
  private final String table;

  private PresenceStore(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** The presence of a host's accounts. */
  public static PresenceStore of(Host host) {
    return new PresenceStore(host.dynamoDb(), host.get(Variable.ACCOUNTS_TABLE));
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
    var changes = new HashMap<String, AttributeValue>();
    changes.put(ONLINE_UNTIL, Item.of(until.toEpochMilli()));
    announcedAt.ifPresent(at -> changes.put(ONLINE_ANNOUNCED_AT, Item.of(at.toEpochMilli())));
    return change(userId, seen, changes, List.of());
  }

  /**
   * Writes that the account's last socket has closed.
   *
   * @param seen the presence as it was <em>before</em> it was found that no socket is left: a
   *     socket that opened since has raised the version, and nothing is written
   * @param announcedAt now, if contacts are being told
   * @return whether it was written
   */
  public boolean goOffline(
      String userId, Presence seen, Instant lastSeen, Optional<Instant> announcedAt) {
    var changes = new HashMap<String, AttributeValue>();
    changes.put(LAST_SEEN, Item.of(lastSeen.toEpochMilli()));
    announcedAt.ifPresent(at -> changes.put(OFFLINE_ANNOUNCED_AT, Item.of(at.toEpochMilli())));
    return change(userId, seen, changes, List.of(ONLINE_UNTIL));
  }

  /** Of an account that never had a socket there are none. */
  static Map<String, AttributeValue> attributesOf(Presence presence) {
    var attributes = new HashMap<String, AttributeValue>();
    if (presence.version() > 0) {
      attributes.put(VERSION, Item.of(presence.version()));
    }
    put(attributes, ONLINE_UNTIL, presence.onlineUntil());
    put(attributes, LAST_SEEN, presence.lastSeen());
    put(attributes, ONLINE_ANNOUNCED_AT, presence.onlineAnnouncedAt());
    put(attributes, OFFLINE_ANNOUNCED_AT, presence.offlineAnnouncedAt());
    return attributes;
  }

  private static void put(
      Map<String, AttributeValue> attributes, String name, Optional<Instant> time) {
    time.ifPresent(at -> attributes.put(name, Item.of(at.toEpochMilli())));
  }

  static Presence presenceOf(Item account) {
    return new Presence(
        account.numberOr(VERSION, 0),
        account.time(ONLINE_UNTIL),
        account.time(LAST_SEEN),
        account.time(ONLINE_ANNOUNCED_AT),
        account.time(OFFLINE_ANNOUNCED_AT));
  }

  private boolean change(
      String userId, Presence seen, Map<String, AttributeValue> changes, List<String> removals) {
    changes.put(VERSION, Item.of(seen.version() + 1));
    UpdateItemRequest update = AccountStore.updateOf(table, userId, changes, removals).build();
    var values = new HashMap<>(update.expressionAttributeValues());
    String unchanged = "attribute_not_exists(" + VERSION + ")";
    if (seen.version() > 0) {
      unchanged = VERSION + " = :seen";
      values.put(":seen", Item.of(seen.version()));
    }
    try {
      dynamoDb.updateItem(
          update.toBuilder()
              .conditionExpression(AccountStore.EXISTS + " AND " + unchanged)
              .expressionAttributeValues(values)
              .build());
      return true;
    } catch (ConditionalCheckFailedException changedMeanwhile) {
      return false;
    }
  }
}
