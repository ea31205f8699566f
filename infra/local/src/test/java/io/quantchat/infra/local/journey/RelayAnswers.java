package io.quantchat.infra.local.journey;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Ids;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/** What the routes of messages answer. */
final class RelayAnswers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Random RANDOM = new Random();

  private final AnswerCases cases;

  RelayAnswers(AnswerCases cases) {
    this.cases = cases;
  }

  void relay(Accounts.User ada, Accounts.User ben) {
    String send = "/relay/send";
    String id = timeOrderedId();
    ObjectNode message = message(ben).put("message_id", id);
    cases.bodies("POST", send, ada.token());
    cases.add("a new message", "POST", send, ada, Optional.of(message), 201);
    cases.add("the same again", "POST", send, ada, Optional.of(message), 200);
    ObjectNode other = message.deepCopy().put("encrypted_content", "encrypted:Other");
    cases.add("another with that id", "POST", send, ada, Optional.of(other), 409);
    cases.add("a hybrid message", "POST", send, ada, Optional.of(hybrid(ben)), 201);
    ObjectNode nobody = message(ben).put("recipient_id", UUID.randomUUID().toString());
    cases.add("to nobody", "POST", send, ada, Optional.of(nobody), 404);
    ObjectNode random = message(ben).put("message_id", UUID.randomUUID().toString());
    cases.add("a random id", "POST", send, ada, Optional.of(random), 422);
    ObjectNode empty = message(ben).put("encrypted_content", "");
    cases.add("no content", "POST", send, ada, Optional.of(empty), 422);

    String pending = "/relay/pending";
    cases.path("all", "GET", pending, pending, ben, 200);
    cases.path("a page", "GET", pending, pending + "?limit=1", ben, 200);
    cases.path("no message", "GET", pending, pending + "?limit=0", ben, 422);
    cases.path("too many", "GET", pending, pending + "?limit=101", ben, 422);
    cases.path("a word", "GET", pending, pending + "?limit=all", ben, 422);
    cases.path("a bad cursor", "GET", pending, pending + "?cursor=elsewhere", ben, 422);

    String conversation = "/messages/conversation/{contact_id}";
    String withBen = "/messages/conversation/" + ben.id();
    cases.path("both ways", "GET", conversation, withBen, ada, 200);
    cases.path(
        "one's own", "GET", conversation, withBen + "?current_user_id=" + ada.id(), ada, 200);
    cases.path(
        "another's", "GET", conversation, withBen + "?current_user_id=" + ben.id(), ada, 403);
    cases.path("no id", "GET", conversation, "/messages/conversation/ben", ada, 422);

    String acknowledge = "/relay/acknowledge";
    ObjectNode one = JSON.createObjectNode().put("message_id", id);
    cases.bodies("POST", acknowledge, ben.token());
    cases.add("another's message", "POST", acknowledge, ada, Optional.of(one), 404);
    cases.add("one", "POST", acknowledge, ben, Optional.of(one), 200);
    cases.add("one again", "POST", acknowledge, ben, Optional.of(one), 404);
    cases.add("many", "POST", acknowledge, ben, Optional.of(ids(id, timeOrderedId())), 200);
    cases.add("both", "POST", acknowledge, ben, Optional.of(ids(id).put("message_id", id)), 422);
    cases.add("none", "POST", acknowledge, ben, Optional.of(ids()), 422);
    String[] tooMany =
        Stream.generate(RelayAnswers::timeOrderedId).limit(101).toArray(String[]::new);
    cases.add("101", "POST", acknowledge, ben, Optional.of(ids(tooMany)), 422);
  }

  private static ObjectNode message(Accounts.User recipient) {
    return JSON.createObjectNode()
        .put("recipient_id", recipient.id())
        .put("encrypted_content", "encrypted:Hello!")
        .put("encrypted_session_key", "session-key-placeholder");
  }

  private static ObjectNode hybrid(Accounts.User recipient) {
    ObjectNode message =
        message(recipient)
            .put("crypto_version", "v2")
            .put("encryption_algorithm", "ML-KEM-768-AES256-GCM")
            .put("kdf_algorithm", "HKDF-SHA3-256")
            .put("has_media", true)
            .put("created_at", Instant.now().toString());
    message.putObject("encrypted_session_key").put("ecdh", "BKx3Jw==").put("mlkem", "Y3Q=");
    message
        .putArray("signatures")
        .addObject()
        .put("algorithm", "ML-DSA-65")
        .put("signature", "c2lnbmVk")
        .put("key_id", "mldsa-key-456");
    message.putArray("media_refs").addObject().put("file_url", "https://media.example/1");
    return message;
  }

  private static ObjectNode ids(String... ids) {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode list = body.putArray("message_ids");
    for (String id : ids) {
      list.add(id);
    }
    return body;
  }

  private static String timeOrderedId() {
    return Ids.timeOrdered(Instant.now(), RANDOM);
  }
}
