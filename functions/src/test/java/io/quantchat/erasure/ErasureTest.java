package io.quantchat.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantchat.accounts.Account;
import io.quantchat.erasure.Lives.Life;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Ids;
import io.quantchat.push.Connection;
import io.quantchat.testing.BeforeRequest;
import io.quantchat.testing.RequestInterceptor;
import io.quantchat.testing.StoreTables;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;

/** What becomes of the rows of an account that has left. */
class ErasureTest {

  /** Tables that hold nothing of any account, and why. */
  private static final Map<String, String> OF_NOBODY =
      Map.of(
          "LimitsTable", "its keys are hashes, of use for as long as a window",
          "MediaTable", "it doesn't say who sent what",
          "SigningKeysTable", "the server's own keys",
          "TokenKeysTable", "the server's own keys");

  private static final StoreTables TABLES = StoreTables.embedded();

  private final Lives lives = new Lives(TABLES);

  @AfterAll
  static void close() {
    TABLES.close();
  }

  @BeforeEach
  void nobodyElseIsLeaving() {
    TABLES.clear();
  }

  /** A table that is new holds something of this life, or is named above: else this fails. */
  @Test
  void ofAWholeLifeNothingIsLeftInAnyTable() {
    Life life = lives.registeredLife();
    Map<String, List<String>> lived = lives.mentionsOf(life.self());
    lives.leaveByRequest().expect(202);
    lived.putAll(lives.mentionsOf(life.self()));
    Set<String> expected = new HashSet<>(StoreTables.stack().tables().keySet());
    expected.removeAll(OF_NOBODY.keySet());
    assertThat(lived).containsOnlyKeys(expected);

    lives.eraseToTheEnd();

    assertThat(lives.leftOf(life)).isEmpty();
  }

  @Test
  void othersKeepWhatIsTheirs() {
    Life life = lives.life();
    lives.world.areContacts(life.friend(), life.blocker());
    lives.block(lives.world.tokenOf(life.friend()), life.admirer());
    lives.leave(life.self());
    lives.eraseToTheEnd();

    assertThat(life.others()).allSatisfy(lives.world::reread);
    assertThat(lives.hasBlocked(life.friend(), life.admirer())).isTrue();
    assertThat(lives.hasBlocked(life.blocker(), life.self())).isFalse();
    String token = lives.world.tokenOf(life.friend());
    assertThat(lives.call("GET /contacts", token, Map.of(), null).expect(200))
        .singleElement()
        .satisfies(
            contact ->
                assertThat(contact.path("contact_id").asText()).isEqualTo(life.blocker().userId()));
    assertThat(
            lives
                .call("GET /relay/pending", token, Map.of(), null)
                .expect(200)
                .at("/messages/0/encrypted_content")
                .asText())
        .as("what was sent before is the recipient's")
        .isEqualTo("to the friend");
  }

  @Test
  void keysAreShownToNobodyFromThenOnBeforeAnythingIsErased() {
    Life life = lives.registeredLife();
    String friends = lives.tokenOf(life.friend());
    Map<String, String> path = Map.of("user_id", life.id());
    lives.call("GET /keys/{user_id}/bundle", friends, path, null).expect(200);

    lives.leaveByRequest().expect(202);

    assertThat(lives.call("GET /keys/{user_id}/bundle", friends, path, null).status())
        .isEqualTo(404);
    assertThat(lives.call("GET /keys/{user_id}?take=1", friends, path, null).status())
        .isEqualTo(404);
  }

  @Test
  void socketsAreClosed() {
    Life life = lives.life();
    Connection socket = lives.world.newSocket(life.id());
    assertThat(lives.open(socket)).isEqualTo(200);
    lives.leave(life.self());
    lives.erase();

    assertThat(lives.world.sockets.isClosed(socket.connectionId())).isTrue();
    assertThat(lives.open(lives.world.newSocket(life.id()))).isEqualTo(401);
  }

  @Test
  void aRunDoesNoMoreThanItMayAndTheNextOnesDoTheRest() {
    Life life = lives.life();
    for (int i = 0; i < 2_500; i++) {
      put(Variable.RELAY_MESSAGES_TABLE, "recipient_id", life.id(), "message_id", newId());
    }
    lives.leave(life.self());
    var deleted = new AtomicInteger();
    BeforeRequest counting =
        (operation, request) -> {
          if (operation.equals("DeleteItem")) {
            deleted.incrementAndGet();
          }
        };
    DynamoDbClient client = TABLES.client(counting);

    assertThat(lives.erase(client).path("waiting").asInt()).isOne();
    assertThat(deleted.get()).isBetween(1_900, 2_100);
    lives.eraseToTheEnd();

    assertThat(lives.leftOf(life)).isEmpty();
  }

  @Test
  void oneThatFailsKeepsNoOtherFromGoing() {
    Life first = lives.life();
    Life second = lives.life();
    lives.leave(first.self());
    lives.leave(second.self());
    lives.world.clock.advance(Lives.UNTIL_LAST_SWEEP);
    BeforeRequest failing =
        (operation, request) -> {
          if (operation.equals("DeleteItem") && request.toString().contains(first.id())) {
            throw InternalServerErrorException.builder().message("out of order").build();
          }
        };

    assertThatThrownBy(() -> lives.erase(TABLES.client(failing)))
        .hasMessageContaining("out of order");

    assertThat(lives.leftOf(second)).isEmpty();
    assertThat(lives.leftOf(first)).isNotEmpty();
    lives.erase();
    assertThat(lives.leftOf(first)).isEmpty();
  }

  @Test
  void oneThatFailsIsToldAlsoWhereTheRunEndsWithTheNext() {
    List<Account> byPlace =
        Stream.generate(() -> lives.world.account("self"))
            .limit(2)
            .sorted(Comparator.comparing(Account::userId))
            .toList();
    String first = byPlace.getFirst().userId();
    String second = byPlace.getLast().userId();
    for (int i = 0; i < 2_100; i++) {
      put(Variable.RELAY_MESSAGES_TABLE, "recipient_id", second, "message_id", newId());
    }
    byPlace.forEach(lives::leave);
    BeforeRequest failing =
        (operation, request) -> {
          if (operation.equals("Query") && request.toString().contains(first)) {
            throw InternalServerErrorException.builder().message("out of order").build();
          }
        };

    assertThatThrownBy(() -> lives.erase(TABLES.client(failing)))
        .hasMessageContaining("out of order");
  }

  /** As by {@code kill -9}: the first {@code n} requests are done, and no more. */
  @Test
  void interruptedAfterAnyRequestItComesToTheSameEnd() {
    int requests = 0;
    boolean interrupted = true;
    while (interrupted) {
      requests++;
      interrupted = isInterruptedAndEndsAllTheSame(requests);
    }
    assertThat(requests).as("requests of two sweeps").isGreaterThan(40);
  }

  private boolean isInterruptedAndEndsAllTheSame(int most) {
    Life life = lives.rowsOfALife();
    lives.leave(life.self());
    var left = new AtomicInteger(most);
    RequestInterceptor dying =
        (request, onward) -> {
          if (left.getAndDecrement() <= 0) {
            throw new KilledException();
          }
          return onward.pass(request);
        };
    DynamoDbClient client = TABLES.client(dying);
    boolean killed = isKilled(client);
    lives.world.clock.advance(Lives.UNTIL_LAST_SWEEP);
    killed = killed || isKilled(client);

    lives.eraseToTheEnd();

    assertThat(lives.leftOf(life)).as("after %d requests", most).isEmpty();
    assertThat(lives.hasBlocked(life.blocker(), life.self())).isFalse();
    return killed;
  }

  private boolean isKilled(DynamoDbClient client) {
    try {
      lives.erase(client);
      return false;
    } catch (KilledException killed) {
      return true;
    }
  }

  /** Nothing in the functions catches it. */
  private static final class KilledException extends RuntimeException {}

  /** Entries of before there were rows that lead back. */
  @Test
  void anEntryAndABlockThatNoRowLeadsToAreFoundAmongItsOwnContacts() {
    Account self = lives.world.account("self");
    Account friend = lives.world.account("friend");
    put(Variable.CONTACTS_TABLE, "user_id", self.userId(), "contact_id", friend.userId());
    put(Variable.CONTACTS_TABLE, "user_id", friend.userId(), "contact_id", self.userId());
    lives.world.blocks.block(friend.userId(), self.userId());
    lives.leave(self);
    lives.eraseToTheEnd();

    assertThat(lives.mentionsOf(self)).isEmpty();
    assertThat(lives.world.reread(friend).blocked()).isEmpty();
  }

  private void put(
      Variable table, String partitionKey, String partition, String sortKey, String sort) {
    lives.world.dynamoDb.putItem(
        put ->
            put.tableName(lives.world.table(table))
                .item(
                    Map.of(
                        partitionKey,
                        AttributeValue.fromS(partition),
                        sortKey,
                        AttributeValue.fromS(sort),
                        "created_at",
                        AttributeValue.fromN("0"))));
  }

  private static String newId() {
    return Ids.random(new SecureRandom());
  }
}
