package io.quantchat.relay;

import static io.quantchat.relay.RelayFixture.json;
import static io.quantchat.relay.RelayFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Item;
import io.quantchat.http.Json;
import io.quantchat.relay.RelayMessageStore.Queue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A stored message takes at most 200 bytes more than the strings that its sender put in: decoded,
 * where they are base64. Names of members don't count.
 */
class StoredSizeTest {

  private static final int MOST_OVERHEAD = 200;

  private final RelayFixture relay = new RelayFixture();
  private final Random random = new Random(1);
  private final String alice = relay.account();
  private final String bob = relay.account();

  StoredSizeTest() {
    relay.areContacts(alice, bob);
  }

  @Test
  void anOriginalClientsMessage() {
    ObjectNode message =
        message(bob, "encrypted:Hello!")
            .put("crypto_version", "v1")
            .put("encryption_algorithm", "ECDH-AES256-GCM")
            .put("kdf_algorithm", "HKDF-SHA256");

    assertThat(overhead(message, text("encrypted:Hello!") + text("session-key-placeholder")))
        .isBetween(0, MOST_OVERHEAD);
  }

  @Test
  void aMessageOfSuiteV1() {
    ObjectNode message = message(bob, base64(320));
    message.set(
        "encrypted_session_key",
        Json.object()
            .put("ecdh", base64(65))
            .put("wrap", base64(48))
            .put("spk", "spk-2026-01-30")
            .put("opk", "c29tZS1vcGs"));
    message
        .putArray("signatures")
        .addObject()
        .put("algorithm", "ECDSA-P256-SHA256")
        .put("signature", base64(64))
        .put("key_id", "ecdsa-key-123")
        .put("timestamp", "2026-02-02T10:00:00Z");
    int bytes = 320 + 65 + 48 + 64;
    int texts = 14 + 11 + text("ECDSA-P256-SHA256ecdsa-key-1232026-02-02T10:00:00Z");

    assertThat(overhead(message, bytes + texts)).isBetween(0, MOST_OVERHEAD);
  }

  @Test
  void aMessageOfSuiteV2WithMediaForSomeoneOnline() {
    relay.connect(bob);
    relay.connect(bob);
    ObjectNode message =
        message(bob, base64(320))
            .put("crypto_version", "v2")
            .put("encryption_algorithm", "ML-KEM-768-AES256-GCM")
            .put("kdf_algorithm", "HKDF-SHA3-256")
            .put("has_media", true)
            .put("created_at", "2026-02-02T09:00:00.000Z");
    message.set(
        "encrypted_session_key",
        Json.object()
            .put("ecdh", base64(65))
            .put("mlkem", base64(1088))
            .put("wrap", base64(48))
            .put("spk", "spk-2026-01-30")
            .put("opk", "c29tZS1vcGs")
            .put("kem_key", "a2VtLWtleQ"));
    ArrayNode signatures = message.putArray("signatures");
    ObjectNode classical = signatures.addObject();
    classical.put("algorithm", "ECDSA-P256-SHA256").put("signature", base64(64));
    classical.put("key_id", "ecdsa-key-123").put("timestamp", "2026-02-02T10:00:00Z");
    ObjectNode postQuantum = signatures.addObject();
    postQuantum.put("algorithm", "ML-DSA-65").put("signature", base64(3309));
    postQuantum.put("key_id", "mldsa-key-456").put("timestamp", "2026-02-02T10:00:00Z");
    message.set("media_refs", json("['89a4ce85-c0ee-47f4-aa19-e381e9da010e']"));
    int bytes = 320 + 65 + 1088 + 48 + 64 + 3309;
    int texts = 14 + 11 + 10 + 2 * (13 + 20) + 36;
    int names = text("v2ML-KEM-768-AES256-GCMHKDF-SHA3-256ECDSA-P256-SHA256ML-DSA-65");

    assertThat(overhead(message, bytes + texts + names)).isBetween(0, MOST_OVERHEAD);
  }

  @Test
  void aLongPlainTextIsStoredInOnePiece() {
    String content = "encrypted:" + "ä lot of words, ".repeat(4000);

    assertThat(overhead(message(bob, content), text(content) + text("session-key-placeholder")))
        .isBetween(0, MOST_OVERHEAD);
  }

  private int overhead(JsonNode message, int raw) {
    assertThat(relay.send(alice, (ObjectNode) message).status()).isEqualTo(201);
    int stored = new Item(relay.rows(Queue.INBOX, bob).getFirst()).billedSize();
    return stored - raw;
  }

  private String base64(int bytes) {
    byte[] content = new byte[bytes];
    random.nextBytes(content);
    return Base64.getEncoder().encodeToString(content);
  }

  private static int text(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
