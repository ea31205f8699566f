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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
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

  private static void change(ObjectNode message, String pointer, JsonNode value) {
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
