package io.quantchat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.contacts.ContactsHandler;
import io.quantchat.host.Ids;
import io.quantchat.host.Parallel;
import io.quantchat.http.Json;
import io.quantchat.infra.stack.Budgets.Budget;
import io.quantchat.push.Connection;
import io.quantchat.relay.RelayHandler;
import io.quantchat.sockets.SocketAuthorizer;
import io.quantchat.sockets.SocketsHandler;
import io.quantchat.testing.Budgeted;
import io.quantchat.testing.Call;
import io.quantchat.testing.Spent;
import io.quantchat.testing.StoreTables;
import io.quantchat.testing.World;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Counts what each operation asks of DynamoDB. What is counted here stands in {@code
 * infra/budgets.json}, and what QuantChat costs is computed from there: a request more or less
 * fails a test.
 *
 * <p>Messages are of suite v1, with a wrapped session key and one signature. One of 1 kB is a
 * request whose whole body has so many bytes; one of 1 kB of content has so many characters of
 * base64 beside the rest.
 */
class BudgetsTest {

  private static final int KILOBYTE = 1024;

  /** A multiple of every step of a sampled limit. */
  private static final int SAMPLES = 64;

  private static final int CONTACTS = 50;
  private static final int CONTACTS_ONLINE = 10;

  private static final StoreTables TABLES = StoreTables.embedded();

  private final Random random = new Random(1);
  private final World world = new World(TABLES);
  private final RelayHandler relay =
      new RelayHandler(world.hostOf(RelayHandler.class).with(world.counted()));
  private final RelayHandler uncountedRelay = new RelayHandler(world.hostOf(RelayHandler.class));
  private final SocketsHandler connections =
      new SocketsHandler(world.hostOf(SocketsHandler.class).with(world.counted()));
  private final ContactsHandler contacts =
      new ContactsHandler(world.hostOf(ContactsHandler.class).with(world.counted()));
  private final SocketAuthorizer authorizer =
      new SocketAuthorizer(world.hostOf(SocketAuthorizer.class).with(world.counted()));
  private final Account ada = world.account("ada");
  private final Account bob = world.account("bob");
  private TestInfo test;

  /** The keys of tokens are read once in minutes, not with every request. */
  @BeforeEach
  void keysAreKnown(TestInfo test) {
    this.test = test;
    world.answer(relay, world.request("GET", "/relay/pending", ada));
    world.answer(contacts, world.request("GET", "/contacts", ada));
  }

  @AfterAll
  static void dropTheTables() {
    TABLES.close();
  }

  @Test
  void sendingOneKilobyteToSomeoneOnline() throws Exception {
    world.socketOf(bob);
    holds("send_1kb_online", relay, send(whole(KILOBYTE)));
  }

  @Test
  void sendingOneKilobyteOfContentToSomeoneOnline() throws Exception {
    world.socketOf(bob);
    holds("send_1kb_content_online", relay, send(withContent(KILOBYTE)));
  }

  @Test
  void sendingEightKilobytesToSomeoneOnline() throws Exception {
    world.socketOf(bob);
    holds("send_8kb_online", relay, send(whole(8 * KILOBYTE)));
  }

  @Test
  void sendingOneKilobyteToSomeoneOffline() throws Exception {
    holds("send_1kb_offline", relay, send(whole(KILOBYTE)));
  }

  @Test
  void sendingOneKilobyteOfContentToSomeoneOffline() throws Exception {
    holds("send_1kb_content_offline", relay, send(withContent(KILOBYTE)));
  }

  @Test
  void sendingEightKilobytesToSomeoneOffline() throws Exception {
    holds("send_8kb_offline", relay, send(whole(8 * KILOBYTE)));
  }

  @Test
  void sendingOneKilobyteAsAStranger() throws Exception {
    holds("send_1kb_stranger", relay, sendAsStranger(whole(KILOBYTE)));
  }

  @Test
  void sendingOneKilobyteOverTheSocket() throws Exception {
    world.socketOf(bob);
    holds("socket_send_1kb", connections, frame("send", whole(KILOBYTE)));
  }

  @Test
  void sendingOneKilobyteOfContentOverTheSocket() throws Exception {
    world.socketOf(bob);
    holds("socket_send_1kb_content", connections, frame("send", withContent(KILOBYTE)));
  }

  @Test
  void sendingEightKilobytesOverTheSocket() throws Exception {
    world.socketOf(bob);
    holds("socket_send_8kb", connections, frame("send", whole(8 * KILOBYTE)));
  }

  @Test
  void fetchingTenOfOneKilobyte() throws Exception {
    arrived(10, whole(KILOBYTE));
    holds("pending_10_of_1kb", relay, pending());
  }

  @Test
  void fetchingTenOfOneKilobyteOfContent() throws Exception {
    arrived(10, withContent(KILOBYTE));
    holds("pending_10_of_1kb_content", relay, pending());
  }

  @Test
  void fetchingTenOfEightKilobytes() throws Exception {
    arrived(10, whole(8 * KILOBYTE));
    holds("pending_10_of_8kb", relay, pending());
  }

  @Test
  void fetchingWhenNothingIsPending() throws Exception {
    holds("pending_none", relay, pending());
  }

  @Test
  void acknowledgingTenOfOneKilobyte() throws Exception {
    holds("acknowledge_10_of_1kb", relay, acknowledgement(arrived(10, whole(KILOBYTE))));
  }

  @Test
  void acknowledgingTenOfOneKilobyteOfContent() throws Exception {
    holds(
        "acknowledge_10_of_1kb_content",
        relay,
        acknowledgement(arrived(10, withContent(KILOBYTE))));
  }

  @Test
  void acknowledgingTenOfEightKilobytes() throws Exception {
    holds("acknowledge_10_of_8kb", relay, acknowledgement(arrived(10, whole(8 * KILOBYTE))));
  }

  @Test
  void acknowledgingTenOverTheSocket() throws Exception {
    ObjectNode payload = Json.object().set("message_ids", arrived(10, whole(KILOBYTE)));
    holds("socket_acknowledge_10_of_1kb", connections, frame("acknowledge", payload));
  }

  @Test
  void lettingASocketOpenByItsToken() throws Exception {
    world.answer(authorizer, handshake());

    holds("authorize_by_token", authorizer, handshake());
  }

  @Test
  void openingASocketOfSomeoneWithoutContacts() throws Exception {
    holds("connect_0_contacts", connections, opening());
  }

  @Test
  void openingASocketOfSomeoneWithFiftyContacts() throws Exception {
    hasContacts();
    holds("connect_50_contacts", connections, opening());
  }

  @Test
  void closingTheSocketOfSomeoneWithoutContacts() throws Exception {
    holds("disconnect_0_contacts", connections, closing());
  }

  @Test
  void closingTheSocketOfSomeoneWithFiftyContacts() throws Exception {
    hasContacts();
    holds("disconnect_50_contacts", connections, closing());
  }

  @Test
  void typing() throws Exception {
    world.socketOf(bob);
    holds(
        "typing",
        connections,
        frame("typing", Json.object().put("recipient_id", bob.userId()).put("is_typing", true)));
  }

  @Test
  void aReceipt() throws Exception {
    world.socketOf(bob);
    holds(
        "receipt",
        connections,
        frame(
            "read_confirmation",
            Json.object().put("sender_id", bob.userId()).put("message_id", ada.userId())));
  }

  @Test
  void aPing() throws Exception {
    holds("ping", connections, frame("ping", Json.object()));
  }

  @Test
  void listingFiftyContacts() throws Exception {
    hasContacts();
    holds("list_50_contacts", contacts, world.request("GET", "/contacts", bob));
  }

  @Test
  void everyBudgetIsHeldByATestThatExists() {
    assertThat(Budgeted.budgets().all().values())
        .extracting(Budget::test)
        .doesNotHaveDuplicates()
        .allSatisfy(
            name -> {
              int hash = name.indexOf('#');
              Method method =
                  Arrays.stream(Class.forName(name.substring(0, hash)).getDeclaredMethods())
                      .filter(each -> each.getName().equals(name.substring(hash + 1)))
                      .findAny()
                      .orElseThrow(() -> new AssertionError("There is no test " + name));
              assertThat(method.isAnnotationPresent(Test.class)).as(name).isTrue();
            });
  }

  /**
   * 64 uses in a row write each sampled limit as often as its step says, wherever it began. An
   * inbox's gauge counts 64 kB with one write, of messages no larger than what storing them takes.
   */
  @Test
  void limitsAreWrittenAsSeldomAsTheBudgetsSay() throws Exception {
    world.socketOf(bob);
    double overHttp = sampled(relay, () -> send(whole(KILOBYTE)));
    double overTheSocket = sampled(connections, () -> frame("send", whole(KILOBYTE)));
    assertThat(overHttp).isEqualTo(3.0 / SAMPLES).isEqualTo(overTheSocket);
    for (String size : List.of("1kb", "1kb_content", "8kb")) {
      for (String send : List.of("send_" + size + "_online", "socket_send_" + size)) {
        Budget budget = Budgeted.budgets().of(send);
        assertThat(budget.sampledWriteUnits())
            .as(send)
            .isCloseTo(overHttp + budget.writeUnits() / SAMPLES, within(1e-6));
      }
    }
    assertSampled("pending_none", relay, this::pending);
    assertSampled("acknowledge_10_of_1kb", relay, () -> acknowledgement(unknownId()));
    assertSampled("list_50_contacts", contacts, () -> world.request("GET", "/contacts", bob));
    assertSampled("ping", connections, () -> frame("ping", Json.object()));
    assertSampled("connect_0_contacts", connections, this::opening);
  }

  private JsonNode unknownId() {
    return Json.array().add(Ids.timeOrdered(world.clock.instant(), random));
  }

  private void assertSampled(
      String operation, RequestStreamHandler function, Supplier<ObjectNode> event)
      throws Exception {
    assertThat(sampled(function, event))
        .as(operation)
        .isEqualTo(Budgeted.budgets().of(operation).sampledWriteUnits());
  }

  /** Writes to the limits' table for one use. */
  private double sampled(RequestStreamHandler function, Supplier<ObjectNode> event)
      throws Exception {
    Spent spent =
        world.counter.during(
            () -> {
              for (int i = 0; i < SAMPLES; i++) {
                JsonNode answer = world.answer(function, event.get());
                assertThat(answer.path("statusCode").asInt()).isBetween(200, 404);
              }
            });
    return spent.calls().stream()
            .filter(call -> !call.reads() && call.tables().contains("LimitsTable"))
            .mapToDouble(Call::units)
            .sum()
        / SAMPLES;
  }

  private void holds(String operation, RequestStreamHandler function, JsonNode event)
      throws Exception {
    Budgeted.holds(operation, world, function, event, test);
  }

  private ObjectNode send(ObjectNode message) {
    world.hasAdded(bob, ada);
    return sendAsStranger(message);
  }

  private ObjectNode sendAsStranger(ObjectNode message) {
    return world.request("POST", "/relay/send", ada).put("body", message.toString());
  }

  /** A message to Bob whose whole request has so many bytes. */
  private ObjectNode whole(int bytes) {
    int around = withContent(0).toString().length();
    ObjectNode message = withContent((bytes - around) / 4 * 4);
    assertThat(message.toString().length()).isBetween(bytes - 3, bytes);
    return message;
  }

  /** A message to Bob with so many characters of content. */
  private ObjectNode withContent(int characters) {
    ObjectNode message =
        Json.object()
            .put("message_id", Ids.timeOrdered(world.clock.instant(), random))
            .put("recipient_id", bob.userId())
            .put("encrypted_content", base64(characters / 4 * 3));
    message
        .putObject("encrypted_session_key")
        .put("ecdh", base64(65))
        .put("wrap", base64(48))
        .put("spk", "spk-2026-01-30")
        .put("opk", "c29tZS1vcGs");
    message
        .putArray("signatures")
        .addObject()
        .put("algorithm", "ECDSA-P256-SHA256")
        .put("signature", base64(64))
        .put("key_id", "ecdsa-key-123")
        .put("timestamp", "2026-02-02T10:00:00Z");
    return message;
  }

  /** So many such messages wait for Bob; gives their ids. */
  private JsonNode arrived(int messages, ObjectNode message) throws Exception {
    var ids = Json.array();
    for (int i = 0; i < messages; i++) {
      message.put("message_id", Ids.timeOrdered(world.clock.instant(), random));
      JsonNode answer = world.answer(uncountedRelay, send(message));
      ids.add(Json.MAPPER.readTree(answer.get("body").textValue()).get("message_id"));
    }
    return ids;
  }

  private ObjectNode pending() {
    ObjectNode event = world.request("GET", "/relay/pending", bob);
    event.putObject("queryStringParameters").put("limit", "100");
    return event;
  }

  private ObjectNode acknowledgement(JsonNode ids) {
    return world
        .request("POST", "/relay/acknowledge", bob)
        .put("body", Json.object().set("message_ids", ids).toString());
  }

  private ObjectNode handshake() {
    world.session(ada.userId());
    ObjectNode event = Json.object().put("methodArn", "arn:aws:execute-api:connect");
    event.putObject("queryStringParameters").put("token", world.tokenOf(ada));
    return event;
  }

  private ObjectNode opening() {
    return world.socketEvent("CONNECT", "$connect", world.newSocket(bob.userId()));
  }

  private ObjectNode closing() {
    return world.socketEvent("DISCONNECT", "$disconnect", world.socketOf(bob));
  }

  private ObjectNode frame(String type, JsonNode payload) {
    Account sender = type.equals("acknowledge") ? bob : ada;
    if (type.equals("send")) {
      world.hasAdded(bob, ada);
    }
    ObjectNode frame = Json.object().put("type", type).set("payload", payload);
    return world
        .socketEvent("MESSAGE", type, world.newSocket(sender.userId()))
        .put("body", frame.toString());
  }

  private void hasContacts() {
    List<Connection> sockets =
        Parallel.map(
                IntStream.range(0, CONTACTS).boxed().toList(),
                i -> {
                  Account contact = world.account("contact" + i);
                  world.areContacts(bob, contact);
                  return contact;
                })
            .stream()
            .limit(CONTACTS_ONLINE)
            .map(world::socketOf)
            .toList();
    assertThat(sockets).hasSize(CONTACTS_ONLINE);
  }

  private String base64(int bytes) {
    byte[] content = new byte[bytes];
    random.nextBytes(content);
    return Base64.getEncoder().encodeToString(content);
  }
}
