package io.quantchat.infra.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantchat.crypto.OfferedPrekeys;
import io.quantchat.crypto.Peer;
import io.quantchat.crypto.SignedBundle;
import java.net.http.WebSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two programs that meet through the key directory, and trust nothing that it says unsigned. */
@ExtendWith(RunningRelay.class)
class KeysJourneyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
  private static final String PASSWORD = "correct horse battery staple";
  private static Api api;

  private Accounts.User ada;
  private Accounts.User ben;
  private OwnKeys adasKeys;

  @BeforeAll
  static void start(Api running) {
    api = running;
  }

  @BeforeEach
  void register() throws Exception {
    Accounts accounts = new Accounts(api);
    ada = accounts.register("ada-" + UUID.randomUUID() + "@example.com", PASSWORD);
    ben = accounts.register("ben-" + UUID.randomUUID() + "@example.com", PASSWORD);
    adasKeys = new OwnKeys(ada);
    send("PUT", "/keys/bundle", adasKeys.bundle(1)).expect(200);
  }

  @Test
  void oneWhoTakesPrekeysCanPinTheIdentityAndVerifyEach() throws Exception {
    send("POST", "/keys/prekeys", adasKeys.batch(3)).expect(201);

    JsonNode taken = take(5);

    UUID adasId = UUID.fromString(ada.id());
    Peer peer =
        Peer.pin(
            adasId,
            SignedBundle.fromMap(JSON.convertValue(taken.get("bundle"), MAP)),
            Instant.now());
    assertThat(peer.identity()).isEqualTo(adasKeys.identity());
    assertThat(taken.get("one_time_prekeys")).hasSize(3);
    OfferedPrekeys offered = OfferedPrekeys.fromMap(JSON.convertValue(taken, MAP));
    assertThat(offered.all()).hasSize(3);
    offered.all().forEach(prekey -> prekey.verify(adasId, peer.identity()));
    assertThat(take(1).get("one_time_prekeys")).isEmpty();
  }

  /** Of 44.6 kB each, when each prekey came with the signatures of its batch. */
  @Test
  void aBundleAndFivePrekeysTravelIn25KilobytesAndIn15WithoutTheBundle() throws Exception {
    send("POST", "/keys/prekeys", adasKeys.batch(128)).expect(201);

    JsonNode whole = take(5);
    JsonNode known = take("?take=5&if_version=1");

    System.out.printf(
        "A bundle and five prekeys: %d bytes, without the bundle %d%n", bytes(whole), bytes(known));
    assertThat(bytes(whole)).isBetween(20_000, 24_500);
    assertThat(bytes(known)).isBetween(12_000, 14_900);
    assertThat(known.get("bundle").isNull()).isTrue();
    OfferedPrekeys offered = OfferedPrekeys.fromMap(JSON.convertValue(known, MAP));
    assertThat(offered.all()).hasSize(5);
    offered.all().forEach(one -> one.verify(UUID.fromString(ada.id()), adasKeys.identity()));
  }

  private static int bytes(JsonNode json) throws Exception {
    return JSON.writeValueAsBytes(json).length;
  }

  @Test
  void theOwnerIsToldWhenFewAreLeftAndPublishesMore() throws Exception {
    send("POST", "/keys/prekeys", adasKeys.batch(21)).expect(201);
    Frames frames = new Frames(api.contract());
    WebSocket socket = api.open("token=" + ada.accessToken(), frames);

    List<String> ids = new ArrayList<>(take(1).findValuesAsText("index"));
    ids.addAll(take(1).findValuesAsText("index"));
    JsonNode low = frames.next("prekeys_low");
    socket.abort();

    assertThat(ids).containsExactly("0", "1");
    assertThat(low.get("one_time").intValue()).isEqualTo(19);
    assertThat(count()).isEqualTo(JSON.readTree("{\"one_time\": 19, \"low\": true}"));
    send("POST", "/keys/prekeys", adasKeys.batch(1)).expect(201);
    assertThat(count()).isEqualTo(JSON.readTree("{\"one_time\": 20, \"low\": false}"));
  }

  @Test
  void theOriginalClientSeesThePrekeyAmongTheContactsKeys() throws Exception {
    new Accounts(api).add(ben, ada);

    JsonNode contact =
        api.call("GET", "/contacts", "/contacts", ben.token(), Optional.empty()).expect(200).get(0);

    JsonNode shown = contact.get("contact_public_keys").get(0);
    assertThat(contact.get("contact_public_key")).isEqualTo(shown.get("key_data"));
    assertThat(shown.get("algorithm").textValue()).isEqualTo("ECDH-P256");
    assertThat(take(1).get("bundle").get("keys")).contains(shown);
  }

  private JsonNode take(int count) throws Exception {
    return take("?take=" + count);
  }

  private JsonNode take(String query) throws Exception {
    return api.call(
            "GET", "/keys/{user_id}", "/keys/" + ada.id() + query, ben.token(), Optional.empty())
        .expect(200);
  }

  private JsonNode count() throws Exception {
    return api.call(
            "GET", "/keys/prekeys/count", "/keys/prekeys/count", ada.token(), Optional.empty())
        .expect(200);
  }

  private Api.Answer send(String method, String path, JsonNode body) throws Exception {
    return api.call(method, path, path, ada.token(), Optional.of(body.toString()));
  }
}
