package io.quantchat.infra.bench.warm;

import io.quantchat.host.Environment;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.http.Fields;
import io.quantchat.http.Json;
import io.quantchat.http.RestRequest;
import io.quantchat.push.Event;
import io.quantchat.relay.Message;
import io.quantchat.relay.RelayHandler;
import io.quantchat.relay.RelayMessageStore;
import io.quantchat.relay.RelayMessageStore.Queue;
import io.quantchat.tokens.AccessTokenVerifier;
import io.quantchat.tokens.Caller;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * The code that every request runs through, without the network. For JMH; use {@link WarmBench}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HotPaths {

  private static final List<Variable> TABLES =
      List.of(
          Variable.ACCOUNTS_TABLE,
          Variable.CONTACTS_TABLE,
          Variable.RELAY_MESSAGES_TABLE,
          Variable.CONNECTIONS_TABLE,
          Variable.LIMITS_TABLE,
          Variable.LEAVING_TABLE,
          Variable.TOKEN_KEYS_TABLE);

  private static final int PAGE = 10;
  private static final int LARGEST_REQUEST = 96 * 1024;

  private final Sample sample = new Sample();
  private final byte[] event = sample.sendEvent();
  private final String token = sample.token();
  private final Message message = sample.message();
  private final Instant now = Instant.now();

  private AccessTokenVerifier tokens;
  private RelayMessageStore store;
  private RelayHandler handler;
  private RestRequest request;
  private Event push;

  /** Everything but what is measured. */
  @Setup
  public void prepare() throws IOException {
    var tables = new EnumMap<Variable, String>(Variable.class);
    TABLES.forEach(table -> tables.put(table, table.name()));
    Environment environment = Sample.environment(tables);
    Map<String, AttributeValue> row = Stored.rowOf(message);
    var dynamoDb =
        new CannedDynamoDb(
            Map.of(
                Variable.ACCOUNTS_TABLE.name(),
                GetItemResponse.builder().item(Stored.accountRow(sample.recipientId)).build(),
                Variable.CONTACTS_TABLE.name(),
                GetItemResponse.builder().item(sample.contactRow()).build()),
            Map.of(
                Variable.TOKEN_KEYS_TABLE.name(),
                QueryResponse.builder().items(List.of(sample.keyRow())).build(),
                Variable.RELAY_MESSAGES_TABLE.name(),
                QueryResponse.builder()
                    .items(Collections.nCopies(PAGE, row))
                    .count(PAGE)
                    .scannedCount(PAGE)
                    .consumedCapacity(CannedDynamoDb.CAPACITY)
                    .build()));
    var host =
        new Host(environment, dynamoDb, NoSockets::new, Clock.systemUTC(), new SecureRandom());
    tokens = AccessTokenVerifier.of(host);
    store = RelayMessageStore.of(host);
    handler = new RelayHandler(host);
    request = RestRequest.of(Json.MAPPER.readTree(event));
    push = new Event(Event.Type.NEW_MESSAGE, sample.envelope());
  }

  /** A token is decoded, its signature and claims are checked. */
  @Benchmark
  public Caller tokenCheck() {
    return tokens.verify(token);
  }

  /** The event's bytes become a request. */
  @Benchmark
  public RestRequest eventRead() throws IOException {
    return RestRequest.of(Json.MAPPER.readTree(event));
  }

  /** A request's body becomes fields. */
  @Benchmark
  public Fields bodyRead() {
    return request.fields(LARGEST_REQUEST);
  }

  /** A push becomes the bytes of a frame. */
  @Benchmark
  public byte[] frameWritten() {
    return push.toFrame();
  }

  /** A message becomes the item of a put. */
  @Benchmark
  public Optional<Message> messageToItem() {
    return store.putIfAbsent(Queue.INBOX, message, now);
  }

  /** The items of a page of ten become messages. */
  @Benchmark
  public RelayMessageStore.Stretch itemsToTenMessages() {
    return store.pending(sample.recipientId, Optional.empty(), PAGE, now);
  }

  /** A whole send, from the event's bytes to the answer's, with a database that takes no time. */
  @Benchmark
  public ByteArrayOutputStream sendWithoutNetwork() throws IOException {
    var out = new ByteArrayOutputStream(512);
    // Only a failure asks for the context.
    handler.handleRequest(new ByteArrayInputStream(event), out, null);
    return out;
  }
}
