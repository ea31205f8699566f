package io.quantchat.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.host.Ids;
import io.quantchat.host.Read;
import io.quantchat.http.Json;
import io.quantchat.leaving.LeavingStore;
import io.quantchat.relay.RelayHandler;
import io.quantchat.testing.Answer;
import io.quantchat.testing.BeforeRequest;
import io.quantchat.testing.ProxyEvent;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Taking along what is held of an account, and leaving. */
@StoreTest
class LeavingTest {

  private final AuthFixture auth;
  private final World world;

  LeavingTest(StoreTables tables) {
    this.auth = new AuthFixture(tables);
    this.world = auth.world;
  }

  private Answer leave(String token, String password) {
    return leave(auth.handler, token, password);
  }

  private Answer leave(AuthHandler handler, String token, String password) {
    ObjectNode event = World.withToken(ProxyEvent.of("DELETE", "/users/me"), token);
    return world.call(
        handler, event.put("body", Json.object().put("password", password).toString()));
  }

  private Answer export(String token, Optional<String> cursor) {
    ObjectNode event = World.withToken(ProxyEvent.of("GET", "/users/me/export"), token);
    event.set(
        "queryStringParameters",
        cursor.map(place -> Json.object().put("cursor", place)).orElse(null));
    return world.call(auth.handler, event);
  }

  @Test
  void whoLeavesIsGoneAtOnceAndTheAddressIsFree() {
    String email = AuthFixture.newEmail();
    Answer registered = auth.registered(email);
    String token = registered.text("access_token");

    Answer left = leave(token, AuthFixture.PASSWORD);

    assertThat(left.expect(202).path("user_id").asText()).isEqualTo(registered.text("user_id"));
    assertThat(world.accounts.find(registered.text("user_id"), Read.CONSISTENT)).isEmpty();
    assertThat(auth.profile(token).status()).isEqualTo(401);
    assertThat(auth.refresh(registered.text("refresh_token")).status()).isEqualTo(401);
    assertThat(auth.logIn(email, AuthFixture.PASSWORD).status()).isEqualTo(401);
    Answer again = auth.registered(email);
    assertThat(again.text("user_id")).isNotEqualTo(registered.text("user_id"));
    assertThat(auth.profile(again.text("access_token")).status()).isEqualTo(200);
  }

  @Test
  void leavingTwiceGetsTheSameAnswer() {
    String token = auth.registered().text("access_token");
    JsonNode first = leave(token, AuthFixture.PASSWORD).expect(202);
    world.clock.advance(Duration.ofMinutes(3));

    assertThat(leave(token, AuthFixture.PASSWORD).expect(202)).isEqualTo(first);
    assertThat(leave(token, "whatever it was").expect(202)).isEqualTo(first);
  }

  @Test
  void aWrongPasswordChangesNothing() {
    String token = auth.registered().text("access_token");

    assertThat(leave(token, "not the password").detail(403)).contains("password is wrong");
    assertThat(auth.profile(token).status()).isEqualTo(200);
  }

  @Test
  void aBlockThatComesInBetweenIsTakenAlong() {
    Answer registered = auth.registered();
    String userId = registered.text("user_id");
    Account other = world.account("other");
    var once = new AtomicBoolean();
    BeforeRequest blocking =
        (operation, request) -> {
          if (operation.equals("TransactWriteItems") && once.compareAndSet(false, true)) {
            world.blocks.block(userId, other.userId());
          }
        };
    AuthHandler handler = auth.handlerOn(world.tables.client(blocking));

    leave(handler, registered.text("access_token"), AuthFixture.PASSWORD).expect(202);

    assertThat(
            LeavingStore.of(world.host).queue().filter(one -> one.userId().equals(userId)).toList())
        .singleElement()
        .satisfies(one -> assertThat(one.blocked()).containsExactly(other.userId()));
  }

  @Test
  void theExportHoldsWhatIsHeld() {
    Answer registered = auth.registered();
    Account ann = world.accounts.find(registered.text("user_id"), Read.CONSISTENT).orElseThrow();
    Account friend = world.account("friend");
    Account blocked = world.account("blocked");
    world.areContacts(ann, friend);
    world.blocks.block(ann.userId(), blocked.userId());
    world.connections.add(world.newSocket(ann.userId()));
    send(friend, ann, "hello");
    send(blocked, ann, "unheard");
    send(ann, friend, "for the friend");

    JsonNode held = export(registered.text("access_token"), Optional.empty()).expect(200);

    assertThat(held.at("/profile/email").asText()).isEqualTo(registered.text("email"));
    assertThat(held.at("/contacts/0/contact_id").asText()).isEqualTo(friend.userId());
    assertThat(held.path("contacts")).hasSize(1);
    assertThat(held.at("/blocked/0").asText()).isEqualTo(blocked.userId());
    assertThat(held.path("connections")).hasSize(1);
    assertThat(held.path("sessions")).hasSize(1);
    assertThat(held.at("/limits/0/limit").asText()).isEqualTo("exports");
    assertThat(held.path("bundle").isNull()).isTrue();
    assertThat(held.at("/messages/0/encrypted_content").asText()).isEqualTo("hello");
    assertThat(held.at("/messages/0/withheld").asBoolean()).isFalse();
    assertThat(held.at("/messages/1/encrypted_content").asText()).isEqualTo("unheard");
    assertThat(held.at("/messages/1/withheld").asBoolean()).isTrue();
    assertThat(held.path("messages")).hasSize(2);
    assertThat(held.path("next_cursor").isNull()).isTrue();
    assertThat(held.toString())
        .doesNotContain("argon2", "for the friend", friend.email(), blocked.email());
  }

  @Test
  void anInboxOfManyMegabytesComesInPagesThatTheGatewayTakes() {
    Answer registered = auth.registered();
    Account ann = world.accounts.find(registered.text("user_id"), Read.CONSISTENT).orElseThrow();
    Account friend = world.account("friend");
    world.areContacts(ann, friend);
    for (int i = 0; i < 120; i++) {
      send(friend, ann, "\"".repeat(35_000));
    }

    var ids = new ArrayList<String>();
    Optional<String> cursor = Optional.empty();
    int pages = 0;
    do {
      Answer page = export(registered.text("access_token"), cursor);
      assertThat(page.bytes()).isLessThan(6 * 1024 * 1024);
      page.expect(200).path("messages").forEach(one -> ids.add(one.path("id").asText()));
      cursor = Optional.ofNullable(page.body().path("next_cursor").textValue());
      pages++;
    } while (cursor.isPresent());

    assertThat(pages).isBetween(2, 20);
    assertThat(ids).hasSize(120).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void whatIsNoCursorIsRefused() {
    String token = auth.registered().text("access_token");

    for (String cursor : List.of("", "x", "i!", "w" + "A".repeat(40), Ids.random(auth.random))) {
      assertThat(export(token, Optional.of(cursor)).status()).as(cursor).isEqualTo(422);
    }
  }

  private void send(Account from, Account to, String content) {
    world.clock.advance(Duration.ofMillis(1));
    ObjectNode event = world.request("POST", "/relay/send", from);
    ObjectNode body =
        Json.object()
            .put("recipient_id", to.userId())
            .put("encrypted_content", content)
            .put("encrypted_session_key", "session-key-placeholder");
    world
        .call(
            World.function(RelayHandler.class, world.hostOf(RelayHandler.class)),
            event.put("body", body.toString()))
        .expect(201);
  }
}
