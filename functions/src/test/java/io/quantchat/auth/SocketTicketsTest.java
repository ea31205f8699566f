package io.quantchat.auth;

import static io.quantchat.testing.World.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

@StoreTest
class SocketTicketsTest {

  private static final Caller ANN = new Caller("ann", "session");

  private final AuthFixture auth;
  private final World world;

  SocketTicketsTest(StoreTables tables) {
    this.auth = new AuthFixture(tables);
    this.world = auth.world;
  }

  @Test
  void whoIsLoggedInGetsATicketThatSaysWhoItIs() {
    var registered = auth.registered();

    var answer =
        auth.withToken(
            registered.text("access_token"), ProxyEvent.of("POST", "/auth/socket-ticket"));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(tickets().redeem(answer.text("ticket")))
        .contains(
            new Caller(
                registered.text("user_id"),
                RefreshToken.parse(registered.text("refresh_token")).orElseThrow().sessionId()));
    assertThat(((ObjectNode) answer.body()).put("ticket", "T"))
        .isEqualTo(json("{\"ticket\": \"T\", \"expires_in\": 60}"));
  }

  @Test
  void withoutATokenThereIsNoTicket() {
    assertThat(auth.post("/auth/socket-ticket", null).status()).isEqualTo(401);
  }

  @Test
  void aTicketIsGoodOnce() {
    String ticket = tickets().issue(ANN);

    assertThat(tickets().redeem(ticket)).contains(ANN);
    assertThat(tickets().redeem(ticket)).isEmpty();
  }

  @Test
  void ofManyWhoShowATicketAtOnceOneGetsIn() {
    String ticket = tickets().issue(ANN);

    var callers = Parallel.map(Collections.nCopies(16, ticket), tickets()::redeem);

    assertThat(callers.stream().filter(Optional::isPresent)).hasSize(1);
  }

  @Test
  void aTicketIsGoodForSixtySecondsToTheMillisecond() {
    String early = tickets().issue(ANN);
    String late = tickets().issue(ANN);
    world.clock.advance(Duration.ofSeconds(60).minusMillis(1));
    assertThat(tickets().redeem(early)).contains(ANN);

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
  void redeemingDeletesAndDoesNothingElse() throws Exception {
    SocketTickets watched = tickets(world.counted());
    String ticket = tickets().issue(ANN);

    assertThat(world.counter.during(() -> watched.redeem(ticket)).operations())
        .containsExactly("DeleteItem");
    assertThat(world.counter.during(() -> watched.redeem("no ticket")).operations()).isEmpty();
  }

  @Test
  void onlyAHashOfATicketIsStored() {
    var stored = new StringBuilder();
    BeforeRequest watch = (operation, request) -> stored.append(((PutItemRequest) request).item());

    String ticket = tickets(world.tables.client(watch)).issue(ANN);

    assertThat(ticket).matches("[A-Za-z0-9_-]{43}");
    assertThat(stored.toString()).contains("ticket#").doesNotContain(ticket);
  }

  @Test
  void aSessionCannotBeRedeemedAndATicketCannotBeRefreshed() {
    var registered = auth.registered();

    assertThat(tickets().redeem(registered.text("refresh_token").substring(0, 43))).isEmpty();
    assertThat(auth.refresh(tickets().issue(ANN)).status()).isEqualTo(401);
    assertThat(auth.refresh(registered.text("refresh_token")).status()).isEqualTo(200);
  }

  private SocketTickets tickets() {
    return tickets(world.dynamoDb);
  }

  private SocketTickets tickets(DynamoDbClient client) {
    return SocketTickets.of(world.host.with(client));
  }
}
