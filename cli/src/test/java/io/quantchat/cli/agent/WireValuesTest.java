package io.quantchat.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.json.Json;
import io.quantchat.client.model.Contact;
import io.quantchat.client.model.DamagedException;
import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageState;
import io.quantchat.client.model.Quarantined;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.client.model.WrongPassphraseException;
import io.quantchat.crypto.Refusal;
import io.quantchat.crypto.RefusedException;
import java.io.IOException;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What comes out in the other program is what went in. */
class WireValuesTest {

  @Test
  void messagesComeOutAsTheyWentIn() throws NoSuchMethodException {
    var details = new LinkedHashMap<String, Object>();
    details.put("mode", "one_time");
    details.put("sizes", List.of(1, 2L << 40, 0.5));
    details.put("none", null);
    var message =
        new Message(
            UUID.randomUUID(),
            UUID.randomUUID(),
            UUID.randomUUID(),
            Instant.ofEpochMilli(1_700_000_000_123L),
            MessageState.DELIVERED,
            "a \ud800 lone half, \u0000, \u2028, \"quotes\" and 🦉",
            details);

    assertThat(travelled(List.of(message), "conversation")).isEqualTo(List.of(message));
    assertThat(travelled(Optional.empty(), "account")).isEqualTo(Optional.empty());
  }

  @Test
  void contactsAndRefusedMessagesComeOutAsTheyWentIn() throws NoSuchMethodException {
    var contact =
        new Contact(
            UUID.randomUUID(),
            "ben",
            "ben@example.org",
            "Ben",
            true,
            false,
            List.of(Map.of("key_id", "k")),
            Map.of("tomorrow", List.of(true)));
    var refused =
        new Quarantined(
            "not even an id", "x", Instant.EPOCH, "MALFORMED", "what", Map.of("message_id", 7));

    assertThat(travelled(List.of(contact), "contacts")).isEqualTo(List.of(contact));
    assertThat(travelled(List.of(refused), "quarantine")).isEqualTo(List.of(refused));
  }

  @Test
  void anExportOfManyMegabytesComesOutWhole() {
    String text = "a line of an export with 🦉 in it\n".repeat(1_000_000);

    Object read =
        Json.read(Json.ascii(Map.of("text", WireValues.write(text, String.class))))
            .flatMap(Json::object)
            .orElseThrow()
            .get("text");

    assertThat(WireValues.read(read, String.class).equals(text)).isTrue();
  }

  @Test
  void failuresComeOutWithAllThatTheySay() {
    var unreachable = new ServerUnreachableException("Nobody is there.", Duration.ofSeconds(17));
    assertThat(travelled(unreachable))
        .isInstanceOfSatisfying(
            ServerUnreachableException.class,
            read -> assertThat(read.retryAfter()).contains(Duration.ofSeconds(17)))
        .hasMessage("Nobody is there.");
    assertThat(travelled(new ServerRefusalException(404, "No such user.")))
        .isInstanceOfSatisfying(
            ServerRefusalException.class, read -> assertThat(read.status()).isEqualTo(404))
        .hasMessage("No such user.");
    assertThat(travelled(new RefusedException(Refusal.REPLAYED, "message_id")))
        .isInstanceOfSatisfying(
            RefusedException.class, read -> assertThat(read.refusal()).isEqualTo(Refusal.REPLAYED))
        .hasMessage(new RefusedException(Refusal.REPLAYED, "message_id").getMessage());
    assertThat(travelled(new DamagedException("It is damaged.", new IOException())))
        .isExactlyInstanceOf(DamagedException.class)
        .hasMessage("It is damaged.");
    assertThat(travelled(new WrongPassphraseException()))
        .isExactlyInstanceOf(WrongPassphraseException.class);
    assertThat(travelled(new LoginRequiredException()))
        .isExactlyInstanceOf(LoginRequiredException.class);
  }

  @Test
  void aFaultTravelsByItsNameAlone() {
    assertThat(travelled(new ClassCastException("with a secret in it")))
        .isExactlyInstanceOf(RemoteFaultException.class)
        .hasMessage("ClassCastException");
  }

  private static Object travelled(Object value, String method) throws NoSuchMethodException {
    Type type =
        Operations.CALLS.values().stream()
            .filter(call -> call.getName().equals(method))
            .findFirst()
            .orElseThrow(NoSuchMethodException::new)
            .getGenericReturnType();
    var frame = new LinkedHashMap<String, Object>();
    frame.put("value", WireValues.write(value, type));
    Object read = Json.read(Json.ascii(frame)).flatMap(Json::object).orElseThrow().get("value");
    return WireValues.read(read, type);
  }

  private static Throwable travelled(Throwable failure) {
    return WireFailures.read(
        Json.read(Json.ascii(WireFailures.write(failure))).flatMap(Json::object).orElseThrow());
  }
}
