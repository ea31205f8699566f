package io.quantchat.media;

import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.host.Times;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The table of attachments; see the package for how it looks. What has expired is never found,
 * however late DynamoDB reaps it.
 */
final class MediaStore {

  private static final String MEDIA_ID = "media_id";
  private static final String SIZE = "size";
  private static final String SHA256 = "sha256";
  private static final String DELETE_HASH = "delete_hash";
  private static final String PARTS = "parts";
  private static final String UPLOAD_ID = "upload_id";
  private static final String COMPLETED = "completed";
  private static final String EXACT_EXPIRY = "exact_expiry";
  private static final String EXPIRES_AT = "expires_at";

  private static final int HASH_BYTES = 32;

  private final DynamoDbClient dynamoDb;
  private final String table;

  /** Attachments in a host's table. */
  static MediaStore of(Host host) {
    return new MediaStore(host.dynamoDb(), host.get(Variable.MEDIA_TABLE));
  }

  MediaStore(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** Stores a new attachment. Doing it again changes nothing. */
  void add(Media media) {
    dynamoDb.putItem(put -> put.tableName(table).item(itemOf(media)));
  }

  /** An attachment, unless there is none, or none any more. Consistent. */
  Optional<Media> find(String id, Instant now) {
    Map<String, AttributeValue> item =
        dynamoDb.getItem(get -> get.tableName(table).key(key(id)).consistentRead(true)).item();
    return item.isEmpty()
        ? Optional.empty()
        : Optional.of(mediaOf(new Item(item))).filter(media -> media.expiresAt().isAfter(now));
  }

  /**
   * Notes that an attachment's parts are one object.
   *
   * @return whether it is still there
   */
  boolean complete(String id) {
    try {
      dynamoDb.updateItem(
          update ->
              update
                  .tableName(table)
                  .key(key(id))
                  .updateExpression("SET " + COMPLETED + " = :yes")
                  .conditionExpression("attribute_exists(" + MEDIA_ID + ")")
                  .expressionAttributeValues(Map.of(":yes", Item.of(1))));
      return true;
    } catch (ConditionalCheckFailedException deletedMeanwhile) {
      return false;
    }
  }

  /** Deletes an attachment's row. Doing it again changes nothing. */
  void delete(String id) {
    dynamoDb.deleteItem(delete -> delete.tableName(table).key(key(id)));
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of(MEDIA_ID, Item.of(id));
  }

  private static Map<String, AttributeValue> itemOf(Media media) {
    var item = new HashMap<>(key(media.id()));
    item.put(SIZE, Item.of(media.size()));
    item.put(SHA256, packed(List.of(media.sha256())));
    item.put(DELETE_HASH, packed(List.of(media.deleteHash())));
    media
        .uploadId()
        .ifPresent(
            upload -> {
              item.put(UPLOAD_ID, Item.of(upload));
              item.put(PARTS, packed(media.parts()));
            });
    if (media.isCompleted()) {
      item.put(COMPLETED, Item.of(1));
    }
    item.put(EXACT_EXPIRY, Item.of(media.expiresAt().toEpochMilli()));
    item.put(EXPIRES_AT, Item.of(Times.ceilingSeconds(media.expiresAt())));
    return item;
  }

  private static Media mediaOf(Item item) {
    Optional<String> uploadId = item.optionalText(UPLOAD_ID);
    return new Media(
        item.text(MEDIA_ID),
        item.number(SIZE),
        unpacked(item, SHA256).getFirst(),
        unpacked(item, DELETE_HASH).getFirst(),
        uploadId.isPresent() ? unpacked(item, PARTS) : List.of(),
        uploadId,
        item.numberOr(COMPLETED, 0) == 1,
        item.time(EXACT_EXPIRY).orElseThrow());
  }

  private static AttributeValue packed(List<String> hashes) {
    var bytes = new ByteArrayOutputStream(hashes.size() * HASH_BYTES);
    hashes.forEach(hash -> bytes.writeBytes(Base64.getDecoder().decode(hash)));
    return Item.of(bytes.toByteArray());
  }

  private static List<String> unpacked(Item item, String name) {
    byte[] bytes = item.bytes(name);
    return IntStream.range(0, bytes.length / HASH_BYTES)
        .mapToObj(i -> Arrays.copyOfRange(bytes, i * HASH_BYTES, (i + 1) * HASH_BYTES))
        .map(Base64.getEncoder()::encodeToString)
        .toList();
  }
}
