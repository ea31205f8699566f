package io.quantchat.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.crypto.OfferedPrekey;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Item;
import io.quantchat.host.Parallel;
import io.quantchat.host.Read;
import io.quantchat.host.Times;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * The prekeys of batches, and the signatures that they share. Under a batch's name stands what the
 * name says: to write it again changes nothing. Nothing is found here but by the row of the batch
 * ({@link BatchStore}), which comes last; what was left without one is reaped.
 */
final class PrekeyStore {

  private static final String BELONGS_TO = "belongs_to";
  private static final String PLACE = "place";
  private static final String JSON = "json";
  private static final String EXPIRES_AT = "expires_at";

  /** The place of what the prekeys of a batch share; every other place is an index. */
  private static final String SIGNATURES = "signatures";

  /** The fields that a prekey doesn't share. */
  private static final Set<String> OWN = Set.of("index", "path", "key_id", "ecdh", "mlkem");

  /** DynamoDB's own limit of one batch write. */
  private static final int BATCH_WRITE = 25;

  private final DynamoDbClient dynamoDb;
  private final String table;

  /** Prekeys in a host's table. */
  static PrekeyStore of(Host host) {
    return new PrekeyStore(host.dynamoDb(), host.get(Variable.PREKEYS_TABLE));
  }

  private PrekeyStore(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /** Writes the prekeys of a batch; one round trip, 25 of them in each of its requests. */
  void write(Batch batch, List<OfferedPrekey> offers) {
    var items = new ArrayList<Map<String, AttributeValue>>();
    items.add(itemOf(batch, SIGNATURES, PackedJson.of(offers.getFirst().toMap()).without(OWN)));
    for (OfferedPrekey offer : offers) {
      items.add(itemOf(batch, placeOf(offer.index()), PackedJson.of(offer.toMap()).retain(OWN)));
    }
    var requests = new ArrayList<List<WriteRequest>>();
    for (int from = 0; from < items.size(); from += BATCH_WRITE) {
      requests.add(
          items.subList(from, Math.min(from + BATCH_WRITE, items.size())).stream()
              .map(item -> PutRequest.builder().item(item).build())
              .map(put -> WriteRequest.builder().putRequest(put).build())
              .toList());
    }
    Parallel.map(requests, this::writeAll);
  }

  private int writeAll(List<WriteRequest> writes) {
    dynamoDb.batchWriteItem(
        BatchWriteItemRequest.builder().requestItems(Map.of(table, writes)).build());
    return writes.size();
  }

  /**
   * Prekeys, each with what its batch shares. One that isn't found is left out.
   *
   * @param places at most 50
   */
  Map<Place, StoredPrekey> find(Collection<Place> places, Read read) {
    Map<Map<String, AttributeValue>, ObjectNode> parts = parts(places, read);
    var found = new LinkedHashMap<Place, StoredPrekey>();
    for (Place place : places) {
      ObjectNode shared = parts.get(sharedKey(place));
      ObjectNode own = parts.get(ownKey(place));
      if (shared != null && own != null) {
        found.put(place, new StoredPrekey(place, shared, own));
      }
    }
    return found;
  }

  private Map<Map<String, AttributeValue>, ObjectNode> parts(Collection<Place> places, Read read) {
    List<Map<String, AttributeValue>> wanted =
        places.stream()
            .flatMap(place -> Stream.of(sharedKey(place), ownKey(place)))
            .distinct()
            .toList();
    var parts = new HashMap<Map<String, AttributeValue>, ObjectNode>();
    if (wanted.isEmpty()) {
      return parts;
    }
    KeysAndAttributes keys =
        KeysAndAttributes.builder().keys(wanted).consistentRead(read.isConsistent()).build();
    var answer =
        dynamoDb.batchGetItem(
            BatchGetItemRequest.builder().requestItems(Map.of(table, keys)).build());
    for (Map<String, AttributeValue> attributes : answer.responses().get(table)) {
      var item = new Item(attributes);
      parts.put(key(item.text(BELONGS_TO), item.text(PLACE)), PackedJson.unpack(item.bytes(JSON)));
    }
    return parts;
  }

  private static Map<String, AttributeValue> itemOf(Batch batch, String place, ObjectNode json) {
    return Map.of(
        BELONGS_TO, Item.of(batch.name()),
        PLACE, Item.of(place),
        JSON, Item.of(PackedJson.pack(json)),
        EXPIRES_AT, Item.of(Times.ceilingSeconds(batch.goodUntil())));
  }

  private static Map<String, AttributeValue> sharedKey(Place place) {
    return key(place.batchName(), SIGNATURES);
  }

  private static Map<String, AttributeValue> ownKey(Place place) {
    return key(place.batchName(), placeOf(place.index()));
  }

  private static Map<String, AttributeValue> key(String batchName, String place) {
    return Map.of(BELONGS_TO, Item.of(batchName), PLACE, Item.of(place));
  }

  private static String placeOf(int index) {
    return String.format(Locale.ROOT, "%03d", index);
  }
}
