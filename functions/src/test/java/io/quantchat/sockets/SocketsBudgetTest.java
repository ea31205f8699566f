package io.quantchat.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.contacts.Contact;
import io.quantchat.host.Parallel;
import io.quantchat.push.Connection;
import io.quantchat.testing.Spent;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A socket's events cost no more than this. */
class SocketsBudgetTest {

  private final StoreTables tables = StoreTables.embedded();
  private final World world = new World(tables);
  private final SocketsHandler handler =
      new SocketsHandler(world.hostOf(SocketsHandler.class).with(world.counted()));
  private final Account ada = world.account("ada");
  private final Account bob = world.account("bob");

  @AfterEach
  void dropTheTables() {
    tables.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"typing", "read_confirmation", "delivery_confirmation"})
  void typingAndReceiptsTakeOneRoundTripAndAFewUnitsOfReadingAndNoWriting(String type)
      throws Exception {
    Connection bobs = world.socketOf(bob);
    world.areContacts(ada, bob);

    Spent spent = spentOn(type, bob);

    assertThat(spent.sequentialRoundTrips()).isEqualTo(1);
    assertThat(spent.readUnits()).isLessThanOrEqualTo(2.5);
    assertThat(spent.writeUnits()).isZero();
    assertThat(world.sockets.framesOf(bobs.connectionId())).hasSize(1);
  }

  /** What is told to whom would be seen in what the teller's frames take and cost. */
  @ParameterizedTest
  @ValueSource(strings = {"typing", "read_confirmation", "delivery_confirmation"})
  void whatPassesAndWhatDoesNotIsTheSameWork(String type) throws Exception {
    Account friend = world.account("friend");
    Account stranger = world.account("stranger");
    Account whoBlocks = world.account("who-blocks");
    world.areContacts(ada, friend);
    world.areContacts(ada, whoBlocks);
    world.blocks.block(whoBlocks.userId(), ada.userId());
    for (Account account : List.of(friend, stranger, whoBlocks)) {
      world.socketOf(account);
    }

    Map<String, Integer> passes = spentOn(type, friend).requestsByOperation();

    assertThat(spentOn(type, stranger).requestsByOperation()).isEqualTo(passes);
    assertThat(spentOn(type, whoBlocks).requestsByOperation()).isEqualTo(passes);
    assertThat(spentOn(type, world.account("absent")).requestsByOperation()).isEqualTo(passes);
  }

  private Spent spentOn(String type, Account other) throws Exception {
    ObjectNode event = world.socketEvent("MESSAGE", type, world.socketOf(ada));
    event.put(
        "body",
        "{\"type\":\"%1$s\",\"payload\":{\"recipient_id\":\"%2$s\",\"sender_id\":\"%2$s\",\"is_typing\":true,\"message_id\":\"%2$s\"}}"
            .formatted(type, other.userId()));
    return world.counter.during(() -> world.answer(handler, event));
  }

  @Test
  void aPingCostsNothing() throws Exception {
    ObjectNode event = world.socketEvent("MESSAGE", "ping", world.socketOf(ada));
    event.put("body", "{\"type\":\"ping\"}");

    Spent spent = world.counter.during(() -> world.answer(handler, event));

    assertThat(spent.requestsByOperation()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 101})
  void openingTakesFiveRoundTripsAndTwoUnitsOfWritingHoweverManyContacts(int contacts)
      throws Exception {
    List<Connection> sockets =
        Parallel.map(
            IntStream.range(0, contacts).boxed().toList(),
            i -> {
              Account contact = world.account("contact" + i);
              world.areContacts(ada, contact);
              return world.socketOf(contact);
            });
    ObjectNode event = world.socketEvent("CONNECT", "$connect", world.newSocket(ada.userId()));

    Spent spent = world.counter.during(() -> world.answer(handler, event));

    assertThat(spent.sequentialRoundTrips()).isLessThanOrEqualTo(5);
    assertThat(spent.writeUnits()).isLessThanOrEqualTo(2);
    // Each contact costs half a unit for the account, the entry and the sockets.
    assertThat(spent.readUnits()).isLessThanOrEqualTo(5 + 1.6 * contacts);
    assertThat(spent.requests("BatchGetItem")).isEqualTo(2 * Math.ceilDiv(contacts, 100));
    assertThat(sockets)
        .allSatisfy(
            socket ->
                assertThat(world.sockets.typesOf(socket.connectionId()))
                    .containsExactly("user_online"));
  }

  @Test
  void aSecondSocketLooksNobodyUp() throws Exception {
    world.areContacts(ada, bob);
    world.socketOf(bob);
    world.socketOf(ada);
    ObjectNode event = world.socketEvent("CONNECT", "$connect", world.newSocket(ada.userId()));

    Spent spent = world.counter.during(() -> world.answer(handler, event));

    assertThat(spent.sequentialRoundTrips()).isEqualTo(4);
    assertThat(spent.requestsByOperation()).doesNotContainKey("BatchGetItem");
  }

  @Test
  void closingAllButTheLastSocketWritesNothingButTheRow() throws Exception {
    world.contacts.add(
        new Contact(ada.userId(), UUID.randomUUID().toString(), world.clock.instant()));
    Connection first = world.socketOf(ada);
    world.socketOf(ada);
    ObjectNode event = world.socketEvent("DISCONNECT", "$disconnect", first);

    Spent spent = world.counter.during(() -> world.answer(handler, event));

    assertThat(spent.sequentialRoundTrips()).isEqualTo(3);
    assertThat(spent.writeUnits()).isEqualTo(1);
  }
}
