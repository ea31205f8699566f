package io.quantchat.infra.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.quantchat.infra.demo.Play.Ended;
import io.quantchat.infra.local.objects.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** A server that knows what it shouldn't. */
class SearchStepsTest {

  private static final String TEXT = "Meet me at the old mill.";
  private static final String NAME = "the-old-mill-at-dawn.png";

  private static final FileTraces FILE =
      new FileTraces(
          Search.of(
              List.of(
                  TextSearch.of(List.of(NAME)),
                  new WordSearch(List.of("image/png"), List.of(12_420L)))),
          List.of());

  private static final byte[] CIPHERTEXT = "whatever it is encrypted to".getBytes(UTF_8);

  private final HttpClient client = Wire.client();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private List<Map<String, AttributeValue>> rows = List.of();
  private List<StoredObject> objects = List.of();

  @AfterEach
  void stop() {
    client.close();
  }

  @Test
  void ciphertextAloneIsAsItShouldBe() throws Exception {
    rows = row(CIPHERTEXT);

    searchRows();

    assertThat(printed.toString(UTF_8)).contains("1 row of 1 table");
  }

  @Test
  void aTextInARowEndsThePlay() throws Exception {
    rows = row(CIPHERTEXT, ("encrypted:" + TEXT).getBytes(UTF_8));

    assertThatExceptionOfType(Ended.class).isThrownBy(this::searchRows);
    assertThat(printed.toString(UTF_8)).contains("no secret in any row", "as it is in messages");
  }

  @Test
  void aTextThatIsDeflatedInARowEndsThePlay() throws Exception {
    var deflated = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(deflated)) {
      deflater.write(TEXT.getBytes(UTF_8));
    }
    rows = row(CIPHERTEXT, deflated.toByteArray());

    assertThatExceptionOfType(Ended.class).isThrownBy(this::searchRows);
  }

  @Test
  void theSizeOfAFileInARowEndsThePlay() {
    rows = List.of(Map.of("size", AttributeValue.fromN("12420")));

    assertThatExceptionOfType(Ended.class).isThrownBy(this::searchRows);
    assertThat(printed.toString(UTF_8)).contains("no secret in any row", "as a number");
  }

  @ParameterizedTest
  @MethodSource("tellingObjects")
  void anObjectThatTellsEndsThePlay(StoredObject telling) {
    rows = row(CIPHERTEXT);
    objects = List.of(object("media/1", "application/octet-stream", "noise"), telling);

    assertThatExceptionOfType(Ended.class).isThrownBy(this::searchRows);
    assertThat(printed.toString(UTF_8)).contains("no secret in any object");
  }

  static List<StoredObject> tellingObjects() {
    return List.of(
        object("media/2", "application/octet-stream", "something: " + TEXT),
        object("media/2", "application/octet-stream", "name=" + NAME),
        object("media/2", "image/png", "noise"),
        object("media/" + NAME, "application/octet-stream", "noise"));
  }

  @Test
  void anObjectOfNoiseIsAsItShouldBe() throws Exception {
    rows = row(CIPHERTEXT);
    objects = List.of(object("media/1", "application/octet-stream", "noise"));

    searchRows();

    assertThat(printed.toString(UTF_8)).contains("1 object: 5 bytes");
  }

  private static StoredObject object(String key, String type, String content) {
    return new StoredObject(key, type, "", content.getBytes(UTF_8));
  }

  @Test
  void notEvenTheCiphertextThereEndsThePlay() {
    assertThatExceptionOfType(Ended.class).isThrownBy(this::searchRows);
    assertThat(printed.toString(UTF_8)).contains("the ciphertext in a row");
  }

  @ParameterizedTest
  @ValueSource(strings = {TEXT, NAME, "a picture (image/png)", "12420"})
  void whatIsSaidInARequestEndsThePlay(String telling) throws Exception {
    onALine(
        "{}",
        tap -> {
          say(tap, Base64.getEncoder().encodeToString(CIPHERTEXT));
          searchTraffic(tap);
          say(tap, telling);

          assertThatExceptionOfType(Ended.class).isThrownBy(() -> searchTraffic(tap));
        });
    assertThat(printed.toString(UTF_8))
        .contains("1 request and 0 frames, and what was answered: ", "no secret in any request");
  }

  @Test
  void whatIsAnsweredEndsThePlay() throws Exception {
    onALine(
        "{\"name\":\"" + NAME + "\"}",
        tap -> {
          say(tap, Base64.getEncoder().encodeToString(CIPHERTEXT));

          assertThatExceptionOfType(Ended.class).isThrownBy(() -> searchTraffic(tap));
        });
    assertThat(printed.toString(UTF_8)).contains("no secret in any answer");
  }

  /** What happens on a line to a server. */
  @FunctionalInterface
  private interface Talk {
    void over(Wiretap tap) throws Exception;
  }

  private static void onALine(String answered, Talk talk) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          byte[] answer = answered.getBytes(UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    try (Wiretap tap = Wiretap.on(url).orElseThrow()) {
      talk.over(tap);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whereThereIsTlsOrAnotherMachineNobodyListens() {
    assertThat(Wiretap.on(URI.create("https://localhost:8443/api/v1"))).isEmpty();
    assertThat(Wiretap.on(URI.create("http://chat.example.org:80/api/v1"))).isEmpty();
  }

  private void say(Wiretap tap, String text) throws Difference {
    new RestCalls(client, tap.url())
        .post("/say", Optional.empty(), Wire.object().put("text", text));
  }

  private void searchRows() throws Ended {
    var tables = new Tables(new Pages(rows), Map.of("RelayMessagesTable", "messages"));
    look(new SearchSteps(play(), Optional.of(new Inside(tables, () -> objects)), List.of()));
  }

  private void searchTraffic(Wiretap tap) throws Ended {
    look(new SearchSteps(play(), Optional.empty(), List.of(tap)));
  }

  private static void look(SearchSteps searches) throws Ended {
    searches.lookFor(
        "Somebody looks", List.of(), new Sought(List.of(TEXT), List.of(FILE), CIPHERTEXT));
  }

  private Play play() {
    var out = new PrintStream(printed, true, UTF_8);
    return new Play(new Transcript(out, new Look(false, false, 120)), "here");
  }

  private static List<Map<String, AttributeValue>> row(byte[]... values) {
    var row = new HashMap<String, AttributeValue>();
    for (int i = 0; i < values.length; i++) {
      row.put("attribute" + i, AttributeValue.fromB(SdkBytes.fromByteArray(values[i])));
    }
    return List.of(row);
  }

  /** A database with an empty page before each row. */
  private static final class Pages implements DynamoDbClient {

    private final List<Map<String, AttributeValue>> rows;

    Pages(List<Map<String, AttributeValue>> rows) {
      this.rows = rows;
    }

    @Override
    public ScanResponse scan(ScanRequest request) {
      int page =
          request.hasExclusiveStartKey()
              ? Integer.parseInt(request.exclusiveStartKey().get("page").n()) + 1
              : 0;
      if (page == 2 * rows.size()) {
        return ScanResponse.builder().build();
      }
      return ScanResponse.builder()
          .items(page % 2 == 0 ? List.of() : List.of(rows.get(page / 2)))
          .lastEvaluatedKey(Map.of("page", AttributeValue.fromN(Integer.toString(page))))
          .build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
