package io.quantchat.relay;

import static io.quantchat.relay.RelayFixture.json;
import static io.quantchat.relay.RelayFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.testing.Answer;
import io.quantchat.testing.Spent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConversationTest {

  private final RelayFixture relay = new RelayFixture();
  private final String alice = relay.account();
  private final String bob = relay.account();

  ConversationTest() {
    relay.areContacts(alice, bob);
  }

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
  void aStrangersQueueIsNotRead() throws Exception {
    String mallory = relay.account();
    String carol = relay.account();
    relay.hasAdded(bob, carol);
    IntStream.range(0, 25).forEach(index -> send(carol, bob, "-".repeat(90_000)));

    var answers = new ArrayList<Answer>();
    Spent spent =
        relay.counter.during(() -> answers.add(relay.conversation(mallory, bob, Map.of())));

    assertThat(answers.getFirst().body()).isEqualTo(json("[]"));
    assertThat(spent.besidesWhetherLeft().readUnits()).isLessThanOrEqualTo(2.0);
  }

  @Test
  void whoIsNotAddedBackSeesOnlyWhatCameIn() {
    String carol = relay.account();
    relay.hasAdded(alice, carol);
    send(alice, carol, "out");
    String in = send(carol, alice, "in");

    assertThat(ids(relay.conversation(alice, carol, Map.of()))).containsExactly(in);
  }

  @Test
  void oneCallReadsOneMebibyteOfAllQueuesTogether() throws Exception {
    for (int count = 0; count < 12; count++) {
      send(alice, bob, "-".repeat(90_000));
      send(bob, alice, "x".repeat(count < 4 ? 90_000 : 101));
    }

    for (String[] pair : new String[][] {{alice, bob}, {bob, alice}}) {
      var query = new HashMap<String, String>();
      var seen = new ArrayList<String>();
      do {
        var answers = new ArrayList<Answer>();
        Spent spent =
            relay.counter.during(() -> answers.add(relay.conversation(pair[0], pair[1], query)));
        assertThat(spent.readUnits()).isLessThanOrEqualTo(258.0);
        seen.addAll(0, ids(answers.getFirst()));
        query.put("cursor", cursorOf(answers.getFirst()));
      } while (query.get("cursor") != null);
      assertThat(seen).hasSize(24).doesNotHaveDuplicates();
    }
  }

  @Test
  void aCursorNamesNoMessageOfOthersAndNoBlock() {
    String carol = relay.account();
    relay.areContacts(bob, carol);
    relay.areContacts(carol, alice);
    var sent = new ArrayList<String>();
    for (int count = 0; count < 30; count++) {
      send(carol, bob, "-".repeat(90_000));
      sent.add(send(alice, bob, "hi"));
    }

    String open = cursorOf(relay.conversation(alice, bob, Map.of()));
    relay.world.blocks.block(bob, alice);
    String blocked = cursorOf(relay.conversation(alice, bob, Map.of()));

    assertThat(blocked).isEqualTo(open);
    assertThat(ConversationCursor.parse(open).orElseThrow().sent().before().orElseThrow())
        .isIn(sent);
  }

  @Test
  void aCursorThatIsNoneIsNamed() {
    for (String cursor : List.of("", "x", "AgAA", new Cursor(relay.messageId()).toText())) {
      assertThat(relay.conversation(alice, bob, Map.of("cursor", cursor)).body().get("errors"))
          .isEqualTo(
              json(
                  "[{'field':'cursor','detail':'must be the next_cursor of an earlier answer;"
                      + " leave it out to start'}]"));
    }
  }

  private static String cursorOf(Answer answer) {
    return answer.headers().path("Next-Cursor").textValue();
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
