package io.quantchat.client.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.model.MessageState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {

  private static final UUID ID = UUID.fromString("0195f0b2-7c4a-7000-8000-00000000abcd");
  private static final UUID USER = UUID.fromString("0195f0b2-7c4a-7000-8000-00000000beef");

  @Test
  void aSendThatIsNotTakenNowSaysWhenItMayBe() {
    assertThat(
            Frame.of(
                "error",
                Map.of(
                    "type",
                    "send",
                    "message_id",
                    ID.toString(),
                    "status",
                    429,
                    "detail",
                    "No room.",
                    "code",
                    "inbox_full",
                    "retry_after",
                    300)))
        .isEqualTo(new Frame.SendRefused(ID, 429, "No room.", "inbox_full", Duration.ofMinutes(5)));
  }

  @Test
  void aMessageSaysWhoSentItAndWhetherItIsToBeFetched() {
    Map<String, Object> message = Map.of("sender_id", USER.toString(), "id", ID.toString());
    Map<String, Object> brief = Map.of("sender_id", USER.toString(), "fetch", true);

    assertThat(Frame.of("new_message", message)).isEqualTo(new Frame.NewMessage(message, false));
    assertThat(new Frame.NewMessage(message, false).senderId()).contains(USER);
    assertThat(Frame.of("new_message", brief)).isEqualTo(new Frame.NewMessage(brief, true));
  }

  @Test
  void anAnswerToASendSaysWhichItIsAbout() {
    Map<String, Object> refusal =
        Map.of("type", "send", "message_id", ID.toString(), "status", 409, "detail", "Another.");

    assertThat(Frame.of("message_queued", Map.of("message_id", ID.toString())))
        .isEqualTo(new Frame.Queued(ID));
    assertThat(Frame.of("error", refusal))
        .isEqualTo(new Frame.SendRefused(ID, 409, "Another.", "", Duration.ZERO));
    Map<String, Object> ofTheClock = new HashMap<>(refusal);
    ofTheClock.put("code", "clock");
    assertThat(Frame.of("error", ofTheClock))
        .isEqualTo(new Frame.SendRefused(ID, 409, "Another.", "clock", Duration.ZERO));
    for (String missing : List.of("status", "detail")) {
      Map<String, Object> less = new HashMap<>(refusal);
      less.remove(missing);
      assertThat(Frame.of("error", less)).isInstanceOf(Frame.SendRefused.class);
    }
    for (String missing : List.of("type", "message_id")) {
      Map<String, Object> less = new HashMap<>(refusal);
      less.remove(missing);
      assertThat(Frame.of("error", less)).isEqualTo(new Frame.Other());
    }
  }

  @Test
  void aSignalSaysWhoseItIs() {
    Map<String, Object> receipt =
        Map.of("user_id", USER.toString(), "message_id", ID.toString(), "is_typing", true);

    assertThat(Frame.of("message_delivered", receipt))
        .isEqualTo(
            new Frame.Receipt(USER, Optional.of(ID), MessageState.DELIVERED, Optional.empty()));
    Map<String, Object> proven = new HashMap<>(receipt);
    proven.put("proof", "AAAA");
    assertThat(Frame.of("message_read", proven))
        .isEqualTo(
            new Frame.Receipt(USER, Optional.of(ID), MessageState.READ, Optional.of("AAAA")));
    assertThat(Frame.of("message_read", Map.of("user_id", USER.toString())))
        .isEqualTo(new Frame.Receipt(USER, Optional.empty(), MessageState.READ, Optional.empty()));
    assertThat(Frame.of("typing", receipt)).isEqualTo(new Frame.Typing(USER, true));
    assertThat(Frame.of("user_online", receipt)).isEqualTo(new Frame.Presence(USER, true));
    assertThat(Frame.of("user_offline", receipt)).isEqualTo(new Frame.Presence(USER, false));
    assertThat(Frame.of("contact_added", Map.of("contact_id", USER.toString(), "username", "ann")))
        .isEqualTo(new Frame.ContactAdded(USER, "ann"));
    assertThat(Frame.of("prekeys_low", Map.of())).isEqualTo(new Frame.PrekeysLow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pong",
        "an_event_of_tomorrow",
        "message_queued",
        "error",
        "message_delivered",
        "message_read",
        "typing",
        "user_online",
        "user_offline",
        "contact_added"
      })
  void whatIsUnknownOrSaysNotWhoseItIsIsPassedOver(String type) {
    assertThat(Frame.of(type, Map.of("user_id", "nobody"))).isEqualTo(new Frame.Other());
  }
}
