package io.quantchat.auth;

import static io.quantchat.testing.World.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Parallel;
import io.quantchat.testing.BeforeRequest;
import io.quantchat.testing.ProxyEvent;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.StoreTest;
import io.quantchat.testing.World;
import io.quantchat.tokens.Caller;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@StoreTest
class SocketTicketsTest {

  private final AuthFixture auth;
  private final World world;
  private final Caller ann;

  SocketTicketsTest(StoreTables tables) {
    this.auth = new AuthFixture(tables);
    this.world = auth.world;
    this.ann = world.session(UUID.randomUUID().toString());
  }

  @Test
  void whoIsLoggedInGetsATicketThatSaysWhoItIs() {
    var registered = auth.registered();

    var answer =
        auth.withToken(
            registered.text("access_token"), ProxyEvent.of("POST", "/auth/socket-ticket"));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(tickets().redeem(answer.text("ticket")))
        .contains(new Caller(registered.text("user_id"), AuthFixture.sessionIdIn(registered)));
    assertThat(((ObjectNode) answer.body()).put("ticket", "T"))
        .isEqualTo(json("{\"ticket\": \"T\", \"expires_in\": 60}"));
  }

  @Test
  void withoutATokenThereIsNoTicket() {
    assertThat(auth.post("/auth/socket-ticket", null).status()).isEqualTo(401);
  }

  @Test
  void aTicketIsGoodOnce() {
    String ticket = tickets().issue(ann);

    assertThat(tickets().redeem(ticket)).contains(ann);
    assertThat(tickets().redeem(ticket)).isEmpty();
  }

  @Test
  void ofManyWhoShowATicketAtOnceOneGetsIn() {
    String ticket = tickets().issue(ann);

    var callers = Parallel.map(Collections.nCopies(16, ticket), tickets()::redeem);

    assertThat(callers.stream().filter(Optional::isPresent)).hasSize(1);
  }

  @Test
  void aTicketIsGoodForSixtySecondsToTheMillisecond() {
    String early = tickets().issue(ann);
    String late = tickets().issue(ann);
    world.clock.advance(Duration.ofSeconds(60).minusMillis(1));
    assertThat(tickets().redeem(early)).contains(ann);

    world.clock.advance(Duration.ofMillis(1));

    assertThat(tickets().redeem(late)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/",
      })
  void whatIsNoTicketOpensNothing(String text) {
    assertThat(tickets().redeem(text)).isEmpty();
  }

  @Test
  void redeemingDeletesAndLooksForTheSession() throws Exception {
    SocketTickets watched = tickets(world.counted());
    String ticket = tickets().issue(ann);

    assertThat(world.counter.during(() -> watched.redeem(ticket)).operations())
        .containsExactly("DeleteItem", "Query");
    assertThat(world.counter.during(() -> watched.redeem("no ticket")).operations()).isEmpty();
  }

  @Test
  void onlyAHashOfATicketIsStored() {
    var stored = new StringBuilder();
    BeforeRequest watch = (operation, request) -> stored.append(request);

    String ticket = tickets(world.tables.client(watch)).issue(ann);

    assertThat(ticket).matches("[A-Za-z0-9_-]{43}");
    assertThat(stored.toString()).contains("ticket#").doesNotContain(ticket);
  }

  @Test
  void aSessionNamesItsTicketsUntilTheyHaveExpired() {
    String userId = UUID.randomUUID().toString();
    Caller caller = world.session(userId);
    tickets().issue(caller);
    tickets().issue(caller);
    assertThat(ticketsIn(userId)).hasSize(2);
    world.clock.advance(SocketTickets.LIFE);

    tickets().issue(caller);

    assertThat(ticketsIn(userId))
        .hasSize(1)
        .allSatisfy(
            key -> assertThat(auth.row(Variable.SESSIONS_TABLE, "session_id", key)).isNotEmpty());
  }

  @Test
  void ofTooManyTicketsTheOldestIsVoid() {
    String first = tickets().issue(ann);
    world.clock.advance(Duration.ofMillis(1));
    for (int others = 0; others < SocketTickets.MOST_IN_A_SESSION; others++) {
      tickets().issue(ann);
    }

    assertThat(tickets().redeem(first)).isEmpty();
    assertThat(ticketsIn(ann.userId())).hasSize(SocketTickets.MOST_IN_A_SESSION);
  }

  private Set<String> ticketsIn(String userId) {
    return LiveSessionStore.of(world.host).of(userId).getFirst().tickets().keySet();
  }

  @Test
  void aSessionCannotBeRedeemedAndATicketCannotBeRefreshed() {
    var registered = auth.registered();

    assertThat(tickets().redeem(registered.text("refresh_token").substring(0, 43))).isEmpty();
    assertThat(auth.refresh(tickets().issue(ann)).status()).isEqualTo(401);
    assertThat(auth.refresh(registered.text("refresh_token")).status()).isEqualTo(200);
  }

  private SocketTickets tickets() {
    return tickets(world.dynamoDb);
  }

  private SocketTickets tickets(DynamoDbClient client) {
    return SocketTickets.of(world.host.with(client));
  }
}
