package io.quantchat.contacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.accounts.Presence;
import io.quantchat.accounts.PublicKey;
import io.quantchat.host.Environment.Variable;
import io.quantchat.http.Json;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Lists of contacts that have no room in one answer with all that there is of each. */
class LargeListsTest {

  /** What Lambda takes of a function's answer, all in (Lambda quotas). */
  private static final int LARGEST_ANSWER = 6_291_556;

  /** The longest names, of characters of four bytes each. */
  private static final String LONGEST_USERNAME = "😀".repeat(64);

  private static final String LONGEST_FULL_NAME = "😀".repeat(128);

  private static final Set<String> FULL_NAMES = Set.of(LONGEST_USERNAME, LONGEST_FULL_NAME);

  private final World world = new World(StoreTables.embedded());
  private final ContactsHandler handler = new ContactsHandler(world.hostOf(ContactsHandler.class));
  private final Account ada = world.account("ada");

  @Test
  void moreKeysThanThereIsRoomForLeaveEveryContactInTheWholeList() {
    Set<String> large = new HashSet<>(contacts(250, "large", "Large", keys(31_000)));
    Set<String> small = new HashSet<>(contacts(10, "small", "Small", keys(300)));

    List<JsonNode> listed = wholeList();

    assertThat(listed).hasSize(260);
    Set<String> withKeys = new HashSet<>();
    for (JsonNode entry : listed) {
      if (!entry.path("contact_public_keys").isEmpty()) {
        withKeys.add(entry.path("contact_id").asText());
      }
    }
    assertThat(withKeys).as("the smallest stay").containsAll(small);
    assertThat(withKeys).as("as many as have room").hasSizeBetween(180, 259);
    assertThat(large).containsAnyElementsOf(withKeys);
  }

  @Test
  void pagesOfLargeKeysEndWhereTheAnswerIsFull() {
    List<String> ids = contacts(110, "large", "Large", keys(64_000));

    Map<String, Integer> listed = walk("keys=true");

    assertThat(listed.keySet()).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(listed.values()).as("keys of each").containsOnly(16);
  }

  @Test
  @EnabledIfSystemProperty(named = "quantchat.contacts.listed", matches = "all")
  void fiveThousandOfTheLongestNamesAndAddressesAreAllInTheWholeListAndInPages() {
    List<String> ids =
        contacts(ContactService.MOST_CONTACTS, LONGEST_USERNAME, LONGEST_FULL_NAME, keys(300));

    List<JsonNode> listed = wholeList();

    assertThat(listed)
        .extracting(entry -> entry.path("contact_id").asText())
        .containsExactlyInAnyOrderElementsOf(ids);
    assertThat(walk("limit=100").keySet()).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  @EnabledIfSystemProperty(named = "quantchat.contacts.listed", matches = "all")
  void fiveThousandWithLargeKeysAreAllInTheWholeList() {
    List<String> ids = contacts(ContactService.MOST_CONTACTS, "grace", "Grace", keys(31_000));

    assertThat(wholeList())
        .extracting(entry -> entry.path("contact_id").asText())
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  /** The same without tables, which take ten times as long to fill as the list to be made. */
  @Test
  void fiveThousandOfTheLongestNamesAndAddressesHaveRoomForUsernamesAndAddresses() {
    JsonNode listed =
        listOf(ContactService.MOST_CONTACTS, LONGEST_USERNAME, LONGEST_FULL_NAME, keyOf(300));

    assertThat(listed).hasSize(ContactService.MOST_CONTACTS);
    for (JsonNode entry : listed) {
      if (!entry.path("contact_username").asText().equals(LONGEST_USERNAME)
          || entry.path("contact_email").asText().length() != 254
          || !FULL_NAMES.contains(entry.path("contact_full_name").asText())) {
        fail("Something is missing of " + entry);
      }
    }
    assertThat(sizeInAnAnswer(listed)).isLessThan(LARGEST_ANSWER);
  }

  @Test
  void fiveThousandOfOrdinaryContactsHaveAllTheirKeys() {
    JsonNode listed = listOf(ContactService.MOST_CONTACTS, "grace", "Grace Hopper", keyOf(200));

    assertThat(listed).hasSize(ContactService.MOST_CONTACTS);
    for (JsonNode entry : listed) {
      if (entry.path("contact_public_keys").size() != 1
          || entry.path("contact_public_key").asText().length() != 200
          || !entry.path("contact_full_name").asText().equals("Grace Hopper")) {
        fail("Something is missing of " + entry);
      }
    }
    assertThat(sizeInAnAnswer(listed)).isLessThan(LARGEST_ANSWER);
  }

  private JsonNode listOf(int count, String username, String fullName, PublicKey key) {
    var list = new WholeList(world.clock.instant());
    for (int i = 0; i < count; i++) {
      String id = new UUID(0, i).toString();
      String email = emailOf(id);
      var account =
          new Account(
              id,
              email,
              username,
              fullName,
              Optional.of(key.keyData()),
              List.of(key),
              Set.of(),
              new Presence(
                  1,
                  Optional.empty(),
                  Optional.of(world.clock.instant()),
                  Optional.empty(),
                  Optional.empty()),
              world.clock.instant());
      var entry = new Contact(ada.userId(), id, world.clock.instant(), GivenEmail.of(email));
      list.add(new Peer(entry, account, false, true));
    }
    return list.toJson();
  }

  private static int sizeInAnAnswer(JsonNode body) {
    return Json.object()
        .put("body", body.toString())
        .toString()
        .getBytes(StandardCharsets.UTF_8)
        .length;
  }

  private static PublicKey keyOf(int bytes) {
    return new PublicKey("key", "ECDH-P256", "A".repeat(bytes), "2026-02-02T10:00:00Z", "active");
  }

  /** The longest that there is. */
  private static String emailOf(String id) {
    return id + "@" + ("e".repeat(62) + ".").repeat(3) + "e".repeat(28);
  }

  /** How many keys each contact has, by id, page by page. */
  private Map<String, Integer> walk(String query) {
    var keys = new HashMap<String, Integer>();
    JsonNode cursor = null;
    do {
      ObjectNode event = world.request("GET", "/contacts", ada);
      ObjectNode parameters = event.putObject("queryStringParameters");
      parameters.put(
          query.substring(0, query.indexOf('=')), query.substring(query.indexOf('=') + 1));
      if (cursor != null) {
        parameters.put("cursor", cursor.asText());
      }
      JsonNode page = bodyOf(event);
      for (JsonNode entry : page.path("contacts")) {
        assertThat(
                keys.put(
                    entry.path("contact_id").asText(), entry.path("contact_public_keys").size()))
            .isNull();
      }
      cursor = page.path("next_cursor");
    } while (!cursor.isNull());
    return keys;
  }

  private List<JsonNode> wholeList() {
    var entries = new ArrayList<JsonNode>();
    bodyOf(world.request("GET", "/contacts", ada)).forEach(entries::add);
    return entries;
  }

  private JsonNode bodyOf(ObjectNode event) {
    JsonNode answer = world.answer(handler, event);
    assertThat(answer.toString().getBytes(StandardCharsets.UTF_8).length)
        .isLessThanOrEqualTo(LARGEST_ANSWER);
    assertThat(answer.path("statusCode").asInt()).isEqualTo(200);
    return World.json(answer.path("body").asText());
  }

  /** The text of an account's keys, of about so many bytes: 16 keys, or one. */
  private static String keys(int bytes) {
    int count = bytes > 4_096 ? 16 : 1;
    var list = Json.array();
    for (int i = 0; i < count; i++) {
      list.addObject()
          .put("key_id", "key-" + i)
          .put("algorithm", "ECDH-P256")
          .put("key_data", "A".repeat(bytes / count - 120))
          .put("created_at", "2026-02-02T10:00:00Z")
          .put("status", "active");
    }
    return list.toString();
  }

  /** New accounts that Ada has added by address. */
  private List<String> contacts(int count, String username, String fullName, String publicKeys) {
    var ids = new ArrayList<String>();
    var accounts = new ArrayList<Map<String, AttributeValue>>();
    var entries = new ArrayList<Map<String, AttributeValue>>();
    for (int i = 0; i < count; i++) {
      String id = UUID.randomUUID().toString();
      ids.add(id);
      String email = emailOf(id);
      accounts.add(
          Map.of(
              "user_id", AttributeValue.fromS(id),
              "email", AttributeValue.fromS(email),
              "username", AttributeValue.fromS(username),
              "full_name", AttributeValue.fromS(fullName),
              "created_at", AttributeValue.fromN("1770026400123"),
              "public_keys", AttributeValue.fromS(publicKeys)));
      entries.add(
          Map.of(
              "user_id", AttributeValue.fromS(ada.userId()),
              "contact_id", AttributeValue.fromS(id),
              "created_at", AttributeValue.fromN("1770026400123"),
              "given_email", AttributeValue.fromS(GivenEmail.of(email).mark().orElseThrow())));
    }
    write(world.table(Variable.ACCOUNTS_TABLE), accounts);
    write(world.table(Variable.CONTACTS_TABLE), entries);
    return ids;
  }

  private void write(String table, List<Map<String, AttributeValue>> rows) {
    for (int from = 0; from < rows.size(); from += 25) {
      List<WriteRequest> some =
          rows.subList(from, Math.min(from + 25, rows.size())).stream()
              .map(row -> WriteRequest.builder().putRequest(put -> put.item(row)).build())
              .toList();
      world.dynamoDb.batchWriteItem(batch -> batch.requestItems(Map.of(table, some)));
    }
  }
}
