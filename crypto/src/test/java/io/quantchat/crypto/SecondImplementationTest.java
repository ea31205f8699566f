package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.junit.jupiter.api.Test;

/** The known answers are those of another implementation, too. */
class SecondImplementationTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void everyStepOfEveryMessageIsTheSame() throws IOException, GeneralSecurityException {
    JsonNode answers = JSON.readTree(Files.readString(KnownAnswersTest.FILE));
    for (JsonNode answer : answers.path("messages")) {
      assertMessage(answers, answer);
    }
    assertThat(answers.path("messages")).hasSize(4);
  }

  @Test
  void bundlesAreTheSame() throws IOException, GeneralSecurityException {
    JsonNode answers = JSON.readTree(Files.readString(KnownAnswersTest.FILE));
    for (JsonNode account : answers.path("accounts")) {
      JsonNode bundle = account.at("/bundle/json");
      byte[] signed = SecondImplementation.signedOfBundle(bundle);

      assertHex(signed, account.at("/bundle/signed"));
      for (JsonNode signature : bundle.path("signatures")) {
        assertThat(SecondImplementation.verifies(bundle, signature, signed)).isTrue();
      }
      assertHex(
          new SecondImplementation("v1").fingerprint(bundle), account.path("fingerprint_sha256"));
      assertHex(
          new SecondImplementation("v2").fingerprint(bundle), account.path("fingerprint_sha3_256"));
    }
    assertThat(answers.path("accounts")).hasSize(4);
  }

  /** In which order they come isn't signed. */
  @Test
  void bundlesAreSortedAgain() throws IOException, GeneralSecurityException {
    JsonNode answers = JSON.readTree(Files.readString(KnownAnswersTest.FILE));
    for (JsonNode account : answers.path("accounts")) {
      ObjectNode bundle = account.at("/bundle/json").deepCopy();
      for (String list : List.of("keys", "capabilities")) {
        var elements = new ArrayList<JsonNode>();
        bundle.path(list).forEach(elements::addFirst);
        bundle.putArray(list).addAll(elements);
      }

      assertHex(SecondImplementation.signedOfBundle(bundle), account.at("/bundle/signed"));
      SignedBundle.fromMap(JSON.convertValue(bundle, new TypeReference<>() {})).verify(Person.NOW);
    }
  }

  @Test
  void textsPaddingAndMediaRefsAreTheSame() throws IOException, GeneralSecurityException {
    JsonNode answers = JSON.readTree(Files.readString(KnownAnswersTest.FILE));
    for (JsonNode refused : answers.at("/texts/refused")) {
      String text = ByteBuffer.wrap(hex(refused)).asCharBuffer().toString();
      assertThat(SecondReader.textRefusal(text)).isEqualTo("MALFORMED");
    }
    for (JsonNode padding : answers.path("padding")) {
      assertThat(SecondReader.padded(padding.path("text").asInt() + 1))
          .isEqualTo(padding.path("padded").asInt());
    }
    for (JsonNode size : answers.path("padding_refused")) {
      assertThat(SecondReader.padded(size.asInt() + 1)).isGreaterThan(65_536);
    }
    for (JsonNode refs : answers.path("media_refs")) {
      byte[] hashed = SecondReader.hashedOfMediaRefs(refs.path("json"));
      assertHex(hashed, refs.path("hashed"));
      assertHex(new SecondImplementation("v1").hash(hashed), refs.path("sha256"));
      assertHex(new SecondImplementation("v2").hash(hashed), refs.path("sha3_256"));
    }
    for (JsonNode refs : answers.path("media_refs_refused")) {
      assertThat(SecondReader.mediaRefsRefusal(refs.path("json")))
          .isEqualTo(refs.path("refusal").asText());
    }
  }

  @Test
  void classicalSignaturesAreTheSame() throws IOException, GeneralSecurityException {
    JsonNode answers = JSON.readTree(Files.readString(KnownAnswersTest.FILE));
    JsonNode ecdsa = answers.path("ecdsa");
    JsonNode bundle = answers.at("/accounts/ann-v2/bundle/json");
    assertHex(
        SecondImplementation.base64(
            SecondImplementation.active(bundle, "ECDSA-P256").path("key_data")),
        ecdsa.path("key"));
    for (JsonNode accepted : ecdsa.path("accepted")) {
      ObjectNode signature =
          JSON.createObjectNode()
              .put("algorithm", "ECDSA-P256-SHA256")
              .put("signature", hex(accepted));
      assertThat(SecondImplementation.verifies(bundle, signature, hex(ecdsa.path("message"))))
          .isTrue();
    }
  }

  @Test
  void messagesAreRefusedTheSameAndInTheSameOrder() throws IOException, GeneralSecurityException {
    JsonNode answers = JSON.readTree(Files.readString(KnownAnswersTest.FILE));
    JsonNode last = answers.path("messages").path(3);
    JsonNode ben = answers.at("/accounts/ben-v2");
    JsonNode oneTime = last.at("/one_time_prekey/json");
    var prekeys = new HashSet<String>();
    ben.path("prekeys").forEach(prekey -> prekeys.add(prekey.path("key_id").asText()));
    prekeys.add(oneTime.path("key_id").asText());
    var reader =
        new SecondReader(
            ben.path("user_id").asText(),
            ben.at("/bundle/json"),
            answers.at("/accounts/ann-v2/bundle/json"),
            prekeys,
            Person.NOW);

    assertThat(reader.refusalOf(last.path("json"), oneTime)).isEmpty();
    for (JsonNode refusal : answers.path("refusals")) {
      ObjectNode changed = last.path("json").deepCopy();
      KnownAnswersTest.change(changed, refusal.path("pointer").asText(), refusal.path("value"));
      assertThat(reader.refusalOf(changed, oneTime))
          .as(refusal.toString())
          .isEqualTo(refusal.path("refusal").asText());
    }
    for (JsonNode order : answers.path("refusal_order")) {
      ObjectNode changed = last.path("json").deepCopy();
      for (JsonNode change : order.path("changes")) {
        KnownAnswersTest.change(changed, change.path("pointer").asText(), change.path("value"));
      }
      assertThat(reader.refusalOf(changed, oneTime))
          .as(order.toString())
          .isEqualTo(order.path("refusal").asText());
    }
  }

  /** Each is proven, and by the path that is put together of its own and the one before. */
  @Test
  void prekeysThatAreHandedOutTogetherAreTheSame() throws IOException, GeneralSecurityException {
    JsonNode answers = JSON.readTree(Files.readString(KnownAnswersTest.FILE));
    JsonNode together = answers.at("/prekeys/together/json");
    JsonNode before = null;
    List<JsonNode> pathBefore = List.of();
    for (JsonNode prekey : together.path("one_time_prekeys")) {
      var path = new ArrayList<JsonNode>();
      prekey.path("path").forEach(path::add);
      int index = prekey.path("index").asInt();
      if (before != null && before.path("batch").equals(prekey.path("batch"))) {
        int own = Integer.toBinaryString(before.path("index").asInt() ^ index).length();
        assertThat(path).hasSize(own);
        path.addAll(pathBefore.subList(own, pathBefore.size()));
      }
      byte[] node = sha256(new byte[] {0}, leaf(prekey));
      for (int height = 0; height < path.size(); height++) {
        byte[] other = SecondImplementation.base64(path.get(height));
        node =
            (index >> height & 1) == 0
                ? sha256(new byte[] {1}, node, other)
                : sha256(new byte[] {1}, other, node);
      }
      JsonNode batch = together.path("batches").path(prekey.path("batch").asInt());
      assertThat(node).isEqualTo(SecondImplementation.base64(batch.path("root")));
      assertHex(node, answers.at("/prekeys/root"));
      before = prekey;
      pathBefore = List.copyOf(path);
    }
    assertThat(together.path("batches")).hasSize(1);
    assertThat(together.path("one_time_prekeys")).hasSize(3);
  }

  @Test
  void prekeysAreTheSame() throws IOException, GeneralSecurityException {
    JsonNode answers = JSON.readTree(Files.readString(KnownAnswersTest.FILE));
    JsonNode bundle = answers.at("/accounts/ben-v2/bundle/json");
    for (JsonNode offer : answers.at("/prekeys/offers")) {
      JsonNode json = offer.path("json");
      byte[] node = sha256(new byte[] {0}, leaf(json));
      assertHex(node, answers.at("/prekeys/pairs").path(json.path("index").asInt()).path("leaf"));
      int index = json.path("index").asInt();
      for (JsonNode sibling : json.path("path")) {
        byte[] other = SecondImplementation.base64(sibling);
        node =
            index % 2 == 0
                ? sha256(new byte[] {1}, node, other)
                : sha256(new byte[] {1}, other, node);
        index /= 2;
      }
      assertHex(node, answers.at("/prekeys/root"));
      byte[] signed =
          SecondImplementation.lp(
              SecondImplementation.text("QuantChat-prekeys-v1"),
              SecondImplementation.id(json.path("user_id")),
              SecondImplementation.id(json.path("batch_id")),
              SecondImplementation.time(json.path("created_at")),
              SecondImplementation.number(json.path("count").asLong()),
              node);
      assertHex(signed, answers.at("/prekeys/signed"));
      for (JsonNode signature : json.path("signatures")) {
        assertThat(SecondImplementation.verifies(bundle, signature, signed)).isTrue();
      }
    }
    assertThat(answers.at("/prekeys/offers")).hasSize(3);
  }

  @Test
  void contentsAreTheSame() throws IOException {
    JsonNode answers = JSON.readTree(Files.readString(KnownAnswersTest.FILE));
    for (JsonNode answer : answers.at("/contents/accepted")) {
      String text = answer.path("text").asText();
      byte[] bytes =
          answer.has("header")
              ? SecondImplementation.content(answer.path("header"), text)
              : SecondImplementation.text(text);
      assertHex(bytes, answer.path("bytes"));
    }
    assertThat(answers.at("/contents/accepted")).hasSizeGreaterThan(5);
  }

  @Test
  void theSafetyNumberIsTheSame() throws IOException, GeneralSecurityException {
    JsonNode answers = JSON.readTree(Files.readString(KnownAnswersTest.FILE));
    byte[] anns = half(answers, "ann-v2");
    byte[] bens = half(answers, "ben-v2");
    List<byte[]> halves = List.of(anns, bens).stream().sorted(Arrays::compareUnsigned).toList();

    assertThat(digits(halves.get(0)) + digits(halves.get(1)))
        .isEqualTo(answers.at("/safety_number/digits").asText());
    assertHex(code(bens, anns), answers.at("/safety_number/qr_code"));
    assertHex(code(anns, bens), answers.at("/safety_number/qr_code_of_the_other"));
  }

  private static void assertMessage(JsonNode answers, JsonNode answer)
      throws GeneralSecurityException {
    JsonNode message = answer.path("json");
    JsonNode sender =
        answers.path("accounts").path(answer.path("sender").asText()).at("/bundle/json");
    JsonNode ben = answers.path("accounts").path(answer.path("recipient").asText());
    JsonNode prekey = answer.at("/one_time_prekey/json");
    var client = new SecondImplementation(message.path("crypto_version").asText());

    byte[] hashed = client.hashed(message, sender, ben.at("/bundle/json"), prekey);
    assertHex(hashed, answer.path("hashed"));
    byte[] th = client.hash(hashed);
    assertHex(th, answer.path("th"));

    byte[] mediaRefs =
        message.has("media_refs")
            ? SecondReader.hashedOfMediaRefs(message.path("media_refs"))
            : new byte[0];
    for (int i = 0; i < message.path("signatures").size(); i++) {
      JsonNode signature = message.path("signatures").get(i);
      byte[] signed = client.signed(message, sender, th, mediaRefs, signature);
      assertHex(signed, answer.path("signatures").get(i).path("signed"));
      assertThat(SecondImplementation.verifies(sender, signature, signed)).isTrue();
    }

    byte[] ikm = keyMaterial(message, ben, answer.path("one_time_prekey"));
    assertHex(ikm, answer.path("ikm"));
    byte[] prk = client.extract(SecondImplementation.text(client.label()), ikm);
    assertHex(prk, answer.path("prk"));
    byte[] kekInfo = SecondImplementation.joined(SecondImplementation.text("kek"), th);
    List<byte[]> kek = SecondImplementation.split(client.expand(prk, kekInfo, 44), 32);
    assertHex(kek.get(0), answer.path("kek"));
    assertHex(kek.get(1), answer.path("n"));

    byte[] wrap = SecondImplementation.base64(message.at("/encrypted_session_key/wrap"));
    byte[] contentKey = SecondImplementation.open(kek.get(0), kek.get(1), wrap, th);
    assertHex(contentKey, answer.at("/randomness/content_key"));
    byte[] contentInfo = SecondImplementation.joined(SecondImplementation.text("content"), th);
    List<byte[]> keys = SecondImplementation.split(client.expand(contentKey, contentInfo, 64), 32);
    assertHex(keys.get(0), answer.path("k_c"));
    assertHex(keys.get(1), answer.path("com"));

    List<byte[]> content =
        SecondImplementation.split(
            SecondImplementation.base64(message.path("encrypted_content")), 1, 12, 32);
    assertThat(content.get(0)).containsExactly(1);
    assertHex(content.get(1), answer.at("/randomness/content_nonce"));
    assertThat(content.get(2)).isEqualTo(keys.get(1));
    byte[] padded =
        SecondImplementation.open(
            keys.get(0), content.get(1), content.get(3), SecondImplementation.joined(th, wrap));
    assertHex(padded, answer.path("padded"));
    assertThat(HexFormat.of().formatHex(padded))
        .matches(answer.path("plaintext").asText() + "80(00)*");

    byte[] receiptInfo = SecondImplementation.joined(SecondImplementation.text("receipt"), th);
    byte[] receiptKey = client.expand(contentKey, receiptInfo, 32);
    assertHex(receiptKey, answer.path("k_r"));
    for (String receipt : List.of("delivered", "read")) {
      byte[] told =
          SecondImplementation.lp(
              SecondImplementation.text(receipt),
              SecondImplementation.id(message.path("message_id")));
      assertHex(client.hmac(receiptKey, told), answer.path("proofs").path(receipt));
    }
  }

  private static byte[] keyMaterial(JsonNode message, JsonNode ben, JsonNode oneTime)
      throws GeneralSecurityException {
    JsonNode key = message.path("encrypted_session_key");
    byte[] ephemeral = SecondImplementation.base64(key.path("ecdh"));
    byte[] material =
        SecondImplementation.agree(hex(prekey(ben, key.path("spk")).path("scalar")), ephemeral);
    if (key.has("opk")) {
      material =
          SecondImplementation.joined(
              material, SecondImplementation.agree(hex(oneTime.path("scalar")), ephemeral));
    }
    if (key.has("mlkem")) {
      JsonNode holder = key.has("opk") ? oneTime : prekey(ben, key.path("kem_key"));
      byte[] expanded =
          new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, hex(holder.path("seed")))
              .withPreferredFormat(MLKEMPrivateKeyParameters.EXPANDED_KEY)
              .getEncoded();
      material =
          SecondImplementation.joined(
              SecondImplementation.decapsulate(
                  expanded, SecondImplementation.base64(key.path("mlkem"))),
              material);
    }
    return material;
  }

  private static JsonNode prekey(JsonNode account, JsonNode id) {
    for (JsonNode prekey : account.path("prekeys")) {
      if (prekey.path("key_id").equals(id)) {
        return prekey;
      }
    }
    throw new IllegalArgumentException(id.asText());
  }

  private static byte[] leaf(JsonNode offer) {
    return SecondImplementation.lp(
        SecondImplementation.number(offer.path("index").asLong()),
        SecondImplementation.text(offer.path("key_id")),
        SecondImplementation.base64(offer.path("ecdh")),
        SecondImplementation.base64(offer.path("mlkem")));
  }

  private static byte[] half(JsonNode answers, String account) throws GeneralSecurityException {
    JsonNode bundle = answers.path("accounts").path(account).at("/bundle/json");
    MessageDigest digest = MessageDigest.getInstance("SHA-512");
    byte[] first =
        digest.digest(
            SecondImplementation.lp(
                SecondImplementation.text("QuantChat-safety-number"),
                SecondImplementation.id(bundle.path("user_id")),
                SecondImplementation.base64(
                    SecondImplementation.active(bundle, "ECDSA-P256").path("key_data")),
                SecondImplementation.base64(
                    SecondImplementation.active(bundle, "ML-DSA-65").path("key_data"))));
    byte[] hash = first;
    for (int i = 2; i <= 5200; i++) {
      hash = digest.digest(SecondImplementation.joined(hash, first));
    }
    return hash;
  }

  private static byte[] code(byte[] scanners, byte[] shownBy) {
    return SecondImplementation.joined(
        new byte[] {1}, Arrays.copyOf(scanners, 32), Arrays.copyOf(shownBy, 32));
  }

  private static String digits(byte[] half) {
    var digits = new StringBuilder();
    for (int i = 0; i < 30; i += 5) {
      long group = Long.parseLong(HexFormat.of().formatHex(half, i, i + 5), 16) % 100_000;
      digits.append("%05d".formatted(group));
    }
    return digits.toString();
  }

  private static byte[] sha256(byte[]... parts) throws GeneralSecurityException {
    return MessageDigest.getInstance("SHA-256").digest(SecondImplementation.joined(parts));
  }

  private static byte[] hex(JsonNode node) {
    return HexFormat.of().parseHex(node.asText());
  }

  private static void assertHex(byte[] bytes, JsonNode expected) {
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(expected.asText());
  }
}
