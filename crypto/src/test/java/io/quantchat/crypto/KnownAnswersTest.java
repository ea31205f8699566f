package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * {@code crypto/known-answers.json} is what this module gives. Where it is to change, which breaks
 * every client there is, run with {@code -Dquantchat.known-answers=write}.
 */
class KnownAnswersTest {

  static final Path FILE =
      Path.of(System.getProperty("quantchat.root"), "crypto", "known-answers.json");

  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode answers;

  @BeforeAll
  static void readAnswers() throws IOException {
    if (System.getProperty("quantchat.known-answers", "").equals("write")) {
      Files.writeString(FILE, made());
    }
    answers = JSON.readTree(Files.readString(FILE));
  }

  @Test
  void theFileIsWhatThisModuleGives() throws IOException {
    assertThat(made()).isEqualTo(Files.readString(FILE));
  }

  @Test
  void base64IsAcceptedAndRefusedAsTheFileSays() {
    for (var accepted : answers.at("/base64/accepted").properties()) {
      assertThat(Base64Text.decode("x", accepted.getValue().asText()))
          .asHexString()
          .isEqualToIgnoringCase(accepted.getKey());
    }
    for (JsonNode refused : answers.at("/base64/refused")) {
      assertThat(Messages.refusalBy(() -> Base64Text.decode("x", refused.asText())))
          .as(refused.asText())
          .isEqualTo(Refusal.MALFORMED);
    }
  }

  @Test
  void timesAreAcceptedAndRefusedAsTheFileSays() {
    for (var accepted : answers.at("/times/accepted").properties()) {
      assertThat(WireTime.parse("x", accepted.getKey()).toEpochMilli())
          .isEqualTo(accepted.getValue().asLong());
    }
    for (JsonNode refused : answers.at("/times/refused")) {
      assertThat(Messages.refusalBy(() -> WireTime.parse("x", refused.asText())))
          .as(refused.asText())
          .isEqualTo(Refusal.MALFORMED);
    }
  }

  @Test
  void textsAreAcceptedAndRefusedAsTheFileSays() {
    for (var accepted : answers.at("/texts/accepted").properties()) {
      assertThat(Utf8Text.encode("x", utf16(accepted.getKey())))
          .asHexString()
          .isEqualToIgnoringCase(accepted.getValue().asText());
    }
    for (JsonNode refused : answers.at("/texts/refused")) {
      assertThat(Messages.refusalBy(() -> Utf8Text.encode("x", utf16(refused.asText()))))
          .as(refused.asText())
          .isEqualTo(Refusal.MALFORMED);
    }
  }

  private static String utf16(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex)).asCharBuffer().toString();
  }

  @Test
  void textsAreAsLongAsTheFileSays() {
    for (JsonNode answer : answers.path("padding")) {
      try (Secret padded = Padding.pad(new byte[answer.path("text").asInt()])) {
        assertThat(padded.bytes()).hasSize(answer.path("padded").asInt());
      }
    }
    for (JsonNode size : answers.path("padding_refused")) {
      assertThat(Messages.refusalBy(() -> Padding.pad(new byte[size.asInt()])))
          .isEqualTo(Refusal.EXTENDED);
    }
  }

  @Test
  void mediaRefsAreRefusedAsTheFileSays() {
    for (JsonNode refused : answers.path("media_refs_refused")) {
      List<?> values = JSON.convertValue(refused.path("json"), List.class);
      assertThat(Messages.refusalBy(() -> new MediaRefs(values)).name())
          .isEqualTo(refused.path("refusal").asText());
    }
  }

  @Test
  void classicalSignaturesAreAcceptedAndRefusedAsTheFileSays() {
    JsonNode ecdsa = answers.path("ecdsa");
    var key = new EcdsaPublicKey(hex(ecdsa.path("key")));
    for (JsonNode accepted : ecdsa.path("accepted")) {
      assertThat(key.verifies(hex(ecdsa.path("message")), hex(accepted))).isTrue();
    }
    for (JsonNode refused : ecdsa.path("refused")) {
      assertThat(key.verifies(hex(ecdsa.path("message")), hex(refused))).isFalse();
    }
    assertThat(ecdsa.path("accepted")).hasSize(2);
  }

  private static byte[] hex(JsonNode node) {
    return HexFormat.of().parseHex(node.asText());
  }

  @Test
  void prekeysThatAreHandedOutTogetherAreAcceptedAndRefusedAsTheFileSays() {
    JsonNode together = answers.at("/prekeys/together/json");
    assertThat(offersOf(together)).hasSize(3);
    for (JsonNode refusal : answers.at("/prekeys/together_refused")) {
      ObjectNode changed = together.deepCopy();
      change(changed, refusal.path("pointer").asText(), refusal.path("value"));

      assertThat(Messages.refusalBy(() -> offersOf(changed)).name())
          .as(refusal.toString())
          .isEqualTo(refusal.path("refusal").asText());
    }
  }

  /** Verified. */
  private static List<OfferedPrekey> offersOf(JsonNode together) {
    Person ben = Person.named("ben");
    List<OfferedPrekey> offers = OfferedPrekeys.fromMap(map(together)).all();
    offers.forEach(offer -> offer.verify(ben.userId, ben.identityKeys.identity()));
    return offers;
  }

  @Test
  void ofSeveralFaultsTheOneThatTheFileSaysIsRefused() {
    JsonNode answer = answers.path("messages").path(Mode.values().length - 1);
    for (JsonNode order : answers.path("refusal_order")) {
      ObjectNode changed = answer.path("json").deepCopy();
      for (JsonNode change : order.path("changes")) {
        change(changed, change.path("pointer").asText(), change.path("value"));
      }

      assertThat(people(answer).refusalOf(map(changed)).name())
          .as(order.toString())
          .isEqualTo(order.path("refusal").asText());
    }
    assertThat(answers.path("refusal_order")).hasSizeGreaterThan(10);
  }

  @Test
  void contentsAreReadAndRefusedAsTheFileSays() {
    for (JsonNode accepted : answers.at("/contents/accepted")) {
      byte[] bytes = HexFormat.of().parseHex(accepted.path("bytes").asText());
      assertThat(KnownContents.encoded(Content.decode(bytes))).isEqualTo(bytes);
    }
    for (JsonNode refused : answers.at("/contents/refused")) {
      byte[] bytes = HexFormat.of().parseHex(refused.path("bytes").asText());
      assertThat(Messages.refusalBy(() -> Content.decode(bytes)))
          .as(refused.toString())
          .isEqualTo(Refusal.valueOf(refused.path("refusal").asText()));
    }
    assertThat(answers.at("/contents/refused")).hasSizeGreaterThan(20);
  }

  @Test
  void filesAreOpenedAndRefusedAsTheFileSays() {
    byte[] small = hex(answers.at("/files/sealed/1/sealed"));
    assertThat(SealedFiles.open(small, 100)).isEqualTo(SealedFiles.counting(100));
    for (JsonNode refused : answers.at("/files/refused")) {
      byte[] changed = Arrays.copyOf(small, refused.path("first").asInt());
      if (changed.length > 0) {
        changed[refused.path("at").asInt()] ^= (byte) refused.path("turned").asInt();
      }
      byte[] sealed = org.bouncycastle.util.Arrays.concatenate(changed, hex(refused.path("more")));
      assertThat(
              Messages.refusalBy(() -> SealedFiles.open(sealed, refused.path("size").asLong()))
                  .name())
          .as(refused.toString())
          .isEqualTo(refused.path("refusal").asText());
    }
    assertThat(answers.at("/files/refused")).hasSizeGreaterThan(10);
  }

  @Test
  void whatIsSaidOfFilesOutsideIsAcceptedAndRefusedAsTheFileSays() {
    for (JsonNode message : answers.at("/files/messages")) {
      var text = (Content.Text) Content.decode(hex(message.path("content")));
      var refs = new MediaRefs(JSON.convertValue(message.path("media_refs"), List.class));
      if (message.path("refusal").isNull()) {
        refs.requireOf(text.files());
      } else {
        assertThat(Messages.refusalBy(() -> refs.requireOf(text.files())).name())
            .as(message.toString())
            .isEqualTo(message.path("refusal").asText());
      }
    }
    assertThat(answers.at("/files/messages")).hasSizeGreaterThan(10);
  }

  @Test
  void bundlesAndPrekeysOfTheFileVerify() {
    for (JsonNode account : answers.path("accounts")) {
      SignedBundle.fromMap(map(account.at("/bundle/json"))).verify(Person.NOW);
    }
    Person ben = Person.named("ben");
    Identity identity = ben.identityKeys.identity();
    PrekeyBatch.fromMap(map(answers.at("/prekeys/upload/json"))).verify(identity);
    for (JsonNode offer : answers.at("/prekeys/offers")) {
      OfferedPrekey.fromMap(map(offer.path("json"))).verify(ben.userId, identity);
    }
  }

  @Test
  void messagesOfTheFileAreOpened() {
    for (JsonNode answer : answers.path("messages")) {
      Messages people = people(answer);
      Envelope envelope =
          Envelope.fromMap(
              map(answer.path("json")), UUID.fromString(answer.at("/json/recipient_id").asText()));

      byte[] plaintext =
          people
              .ben()
              .opener()
              .open(envelope, people.ben().pin(people.ann()))
              .settle(received -> received.plaintext().clone());

      assertThat(HexFormat.of().formatHex(plaintext)).isEqualTo(answer.path("plaintext").asText());
    }
  }

  @Test
  void changedMessagesAreRefusedAsTheFileSays() {
    JsonNode answer = answers.path("messages").path(Mode.values().length - 1);
    for (JsonNode refusal : answers.path("refusals")) {
      Messages people = people(answer);
      ObjectNode changed = answer.path("json").deepCopy();
      change(changed, refusal.path("pointer").asText(), refusal.path("value"));

      assertThat(people.refusalOf(map(changed)))
          .as(refusal.toString())
          .isEqualTo(Refusal.valueOf(refusal.path("refusal").asText()));
    }
    assertThat(answers.path("refusals")).hasSizeGreaterThan(20);
  }

  private static Messages people(JsonNode answer) {
    for (Mode mode : Mode.values()) {
      if (mode.wireName().equals(answer.path("mode").asText())) {
        Messages people = Messages.in(mode);
        if (mode.isForwardSecret()) {
          people.ben().addPrekeys(4);
        }
        return people;
      }
    }
    throw new IllegalArgumentException(answer.path("mode").asText());
  }

  static void change(ObjectNode message, String pointer, JsonNode value) {
    int last = pointer.lastIndexOf('/');
    JsonNode parent = message.at(pointer.substring(0, last));
    String name = pointer.substring(last + 1);
    if (value.isNull()) {
      ((ObjectNode) parent).remove(name);
    } else if (parent instanceof ArrayNode list) {
      list.set(Integer.parseInt(name), value);
    } else {
      ((ObjectNode) parent).set(name, value);
    }
  }

  private static Map<String, Object> map(JsonNode node) {
    return JSON.convertValue(node, new TypeReference<>() {});
  }

  private static String made() throws IOException {
    var printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    return JSON.writer(printer).writeValueAsString(KnownAnswers.make()) + "\n";
  }
}
