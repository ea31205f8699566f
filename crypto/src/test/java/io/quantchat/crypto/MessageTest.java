package io.quantchat.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MessageTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aMessageComesOutAsItWentIn(Mode mode) throws JsonProcessingException {
    Messages messages = Messages.in(mode);
    String json = JSON.writeValueAsString(messages.wire(messages.seal()));

    Map<String, Object> wire = JSON.readValue(json, new TypeReference<>() {});

    assertThat(messages.open(wire)).isEqualTo(Messages.TEXT);
    assertThat(json).doesNotContain(Messages.TEXT);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void aMessageThatWasReadIsTheSameEnvelope(Mode mode) {
    Messages messages = Messages.in(mode);
    Envelope envelope = messages.seal();

    Envelope read = Envelope.fromMap(messages.wire(envelope), messages.ben().userId);

    assertThat(messages.wire(read)).isEqualTo(messages.wire(envelope));
  }

  @Test
  void aPushedMessageHasOtherNamesAndIsTheSame() {
    Messages messages = Messages.in(Mode.SPK_OPK_KEM);
    Map<String, Object> pushed = messages.wire(messages.seal());
    pushed.put("timestamp", pushed.remove("created_at"));
    pushed.remove("recipient_id");
    pushed.put("media_attachments", List.of());
    pushed.put("has_media", false);

    assertThat(messages.open(pushed)).isEqualTo(Messages.TEXT);
  }

  @Test
  void aFetchedMessageHasMoreFieldsAndIsTheSame() {
    Messages messages = Messages.in(Mode.SPK_KEM);
    Map<String, Object> fetched = messages.wire(messages.seal());
    fetched.put("id", fetched.remove("message_id"));
    fetched.put("media_refs", null);
    fetched.put("delivery_attempts", 2);
    fetched.put("expires_at", "2026-03-08T12:00:00.000Z");
    Map<String, Object> sessionKey = new LinkedHashMap<>(Messages.sessionKey(fetched));
    sessionKey.put("tomorrow", "something");
    fetched.put("encrypted_session_key", sessionKey);

    assertThat(messages.open(fetched)).isEqualTo(Messages.TEXT);
  }

  @Test
  void attachmentsAreSignedByTheirValues() {
    Messages messages = Messages.in(Mode.SPK_KEM);
    List<Map<String, Object>> refs = List.of(Map.of("id", "a1", "size", 5, "inline", true));
    var message = new OutgoingMessage(Messages.ID, Person.NOW, new byte[] {1}, new MediaRefs(refs));
    Envelope envelope =
        messages
            .ann()
            .sealer()
            .seal(messages.ann().pin(messages.ben()), Optional.empty(), message)
            .envelope();
    Map<String, Object> wire = messages.wire(envelope);

    assertThat(messages.refusalOf(Messages.with(wire, null, "media_refs")))
        .isEqualTo(Refusal.BAD_SIGNATURE);
    assertThat(messages.refusalOf(Messages.with(wire, List.of("b2"), "media_refs")))
        .isEqualTo(Refusal.BAD_SIGNATURE);
    assertThat(messages.open(wire)).isEqualTo("\u0001");
  }

  @Test
  void theStrongestSuiteOfBothIsUsed() {
    Person modern = Person.named("modern");
    Person old = new Person("old", Capabilities.of(Suite.V1));

    assertThat(modern.pin(Person.named("other")).suiteToSend(modern.capabilities))
        .isEqualTo(Suite.V2);
    assertThat(modern.pin(old).suiteToSend(modern.capabilities)).isEqualTo(Suite.V1);
    assertThat(old.pin(modern).suiteToSend(old.capabilities)).isEqualTo(Suite.V1);
  }

  @Test
  void anOldProgramAndANewOneWriteToEachOther() {
    Person old = new Person("old", Capabilities.of(Suite.V1));
    Person modern = Person.named("modern");
    byte[] text = Messages.TEXT.getBytes(StandardCharsets.UTF_8);
    var message = new OutgoingMessage(Messages.ID, Person.NOW, text);

    Envelope there =
        old.sealer().seal(old.pin(modern), Optional.of(modern.takePrekey()), message).envelope();
    Envelope back =
        modern.sealer().seal(modern.pin(old), Optional.of(old.takePrekey()), message).envelope();

    assertThat(modern.opener().open(there, modern.pin(old)).settle(modern::settle))
        .isEqualTo(Messages.TEXT);
    assertThat(old.opener().open(back, old.pin(modern)).settle(old::settle))
        .isEqualTo(Messages.TEXT);
  }

  @Test
  void aMessageToADeprecatedPrekeyIsOpened() {
    Messages messages = Messages.in(Mode.SPK_KEM);
    Envelope pending = messages.seal();

    messages.ben().publish(Capabilities.ofThisProgram());

    assertThat(messages.open(pending)).isEqualTo(Messages.TEXT);
  }

  @Test
  void aMessageIsHandedOverOnceAndItsTextIsWiped() {
    Messages messages = Messages.in(Mode.SPK_KEM);
    Opened opened =
        messages.ben().opener().open(messages.seal(), messages.ben().pin(messages.ann()));

    byte[] text = opened.settle(Received::plaintext);

    assertThat(text).containsOnly(0).hasSize(Messages.TEXT.length());
    assertThatThrownBy(() -> opened.settle(Received::plaintext))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nothingThatIsShownOfAMessageHoldsItsText() {
    Messages messages = Messages.in(Mode.SPK_KEM);
    Envelope envelope = messages.seal();
    var outgoing = new OutgoingMessage(Messages.ID, Person.NOW, new byte[] {65, 66});

    String received =
        messages
            .ben()
            .opener()
            .open(envelope, messages.ben().pin(messages.ann()))
            .settle(Received::toString);

    assertThat(envelope.toString()).isEqualTo("Envelope[" + Messages.ID + ", V2]");
    assertThat(outgoing.toString()).isEqualTo("OutgoingMessage[" + Messages.ID + "]");
    assertThat(received).startsWith("Received[MessageKey[").doesNotContain("plaintext");
  }

  @ParameterizedTest
  @CsvSource({"SPK, 1300", "SPK_OPK, 1300", "SPK_KEM, 7500", "SPK_OPK_KEM, 7500"})
  void aSendRequestOf200CharactersIsNoLargerThanPromised(Mode mode, int most)
      throws JsonProcessingException {
    Messages messages = Messages.in(mode);

    byte[] request = JSON.writeValueAsBytes(messages.seal(Messages.ID, "x".repeat(200)).toMap());

    System.out.println(
        mode.wireName()
            + ": a message of 200 characters takes "
            + request.length
            + " bytes of JSON");
    assertThat(request).hasSizeLessThanOrEqualTo(most);
  }
}
