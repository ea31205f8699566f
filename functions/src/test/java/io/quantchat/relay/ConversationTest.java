package io.quantchat.relay;

import static io.quantchat.relay.RelayFixture.json;
import static io.quantchat.relay.RelayFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.testing.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConversationTest {

  private final RelayFixture relay = new RelayFixture();
  private final String alice = relay.account();
  private final String bob = relay.account();

  @Test
  void bothWaysAreShownToBothOldestFirst() {
    String hello = send(alice, bob, "encrypted:Hello!");
    String hi = send(bob, alice, "encrypted:Hi!");

    Answer alices = relay.conversation(alice, bob, Map.of("current_user_id", alice));
    Answer bobs = relay.conversation(bob, alice, Map.of());

    assertThat(alices.status()).isEqualTo(200);
    assertThat(alices.body())
        .isEqualTo(
            json(
                "["
                    + entry(hello, alice, bob, "encrypted:Hello!", "2026-02-02T10:00:00.124Z")
                    + ","
                    + entry(hi, bob, alice, "encrypted:Hi!", "2026-02-02T10:00:00.125Z")
                    + "]"));
    assertThat(bobs.body()).isEqualTo(alices.body());
  }

  @Test
  void mediaReferencesAreShownAsAttachments() {
    var message = message(bob, "photo").put("has_media", true);
    message.set("media_refs", json("[{'file_url':'u'}]"));
    relay.send(alice, message);

    Answer answer = relay.conversation(bob, alice, Map.of());

    assertThat(answer.body().get(0).get("media_attachments")).isEqualTo(json("[{'file_url':'u'}]"));
  }

  @Test
  void whatIsAcknowledgedIsNoLongerShown() {
    String id = send(alice, bob, "hi");
    relay.acknowledge(bob, id);

    assertThat(relay.conversation(alice, bob, Map.of()).body()).isEmpty();
  }

  @Test
  void messagesFromAndToOthersAreNeverShown() {
    String carol = relay.account();
    send(carol, bob, "secret of carol and bob");
    send(carol, alice, "secret of carol and alice");
    send(bob, carol, "secret of bob and carol");
    String own = send(alice, bob, "hi");

    assertThat(ids(relay.conversation(alice, bob, Map.of()))).containsExactly(own);
    assertThat(ids(relay.conversation(bob, alice, Map.of()))).containsExactly(own);
  }

  @Test
  void aStrangerIsAnEmptyConversation() {
    Answer answer = relay.conversation(alice, relay.messageId(), Map.of());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(json("[]"));
  }

  @Test
  void notesToOneselfAreShownOnce() {
    String id = send(alice, alice, "note");

    assertThat(ids(relay.conversation(alice, alice, Map.of()))).containsExactly(id);
  }

  @Test
  void anothersConversationIsForbidden() {
    Answer answer = relay.conversation(alice, bob, Map.of("current_user_id", bob));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body())
        .isEqualTo(
            json(
                "{'type':'about:blank','title':'Forbidden','status':403,'detail':"
                    + "'Only one`s own conversations can be read: log in as the user.'}"
                        .replace("`", "\\u0027")));
  }

  @Test
  void onesOwnIdMayBeInCapitals() {
    Answer answer =
        relay.conversation(alice, bob, Map.of("current_user_id", alice.toUpperCase(Locale.ROOT)));

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void idsThatAreNoneAreNamed() {
    assertThat(relay.conversation(alice, "bob", Map.of()).body().get("errors"))
        .isEqualTo(
            json(
                "[{'field':'contact_id','detail':"
                    + "'must be a UUID, such as 89a4ce85-c0ee-47f4-aa19-e381e9da010e'}]"));
    assertThat(relay.conversation(alice, bob, Map.of("current_user_id", "me")).body().get("errors"))
        .isEqualTo(
            json("[{'field':'current_user_id','detail':'must be your own id, or be left out'}]"));
  }

  @Test
  void ofMoreThanFourMebibytesTheNewestAreShown() {
    List<String> sent =
        IntStream.range(0, 50).mapToObj(index -> send(alice, bob, "x".repeat(95_000))).toList();

    Answer answer = relay.conversation(bob, alice, Map.of());

    List<String> shown = ids(answer);
    assertThat(answer.bytes()).isBetween(4 * 1024 * 1024 - 100_000, 4 * 1024 * 1024);
    assertThat(shown).isEqualTo(sent.subList(50 - shown.size(), 50));
  }

  private String send(String from, String to, String content) {
    return relay.send(from, message(to, content)).body().get("message_id").textValue();
  }

  private static String entry(String id, String from, String to, String content, String time) {
    return ("{'id':'%s','sender_id':'%s','recipient_id':'%s','encrypted_content':'%s',"
            + "'encrypted_session_key':'session-key-placeholder','crypto_version':'v1',"
            + "'encryption_algorithm':'ECDH-AES256-GCM','kdf_algorithm':'HKDF-SHA256',"
            + "'signatures':null,'is_read':false,'created_at':'%s','media_attachments':[]}")
        .formatted(id, from, to, content, time);
  }

  private static List<String> ids(Answer answer) {
    return answer.body().valueStream().map(message -> message.get("id").textValue()).toList();
  }
}
