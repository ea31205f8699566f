package io.quantchat.infra.local.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quantchat.infra.local.Patience;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.ApiGatewayManagementApiException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GetConnectionResponse;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.LimitExceededException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PayloadTooLargeException;

/** What {@code @connections} does, whichever way it is called. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ConnectionCalls {

  static final String UNKNOWN_ID = "XkQ2adVyoAMCJ3w=";
  private static final int MESSAGE_BYTES = 128 * 1024;

  RunningGateway running;
  ApiGatewayManagementApiClient live;
  TestSocket socket;

  /** The way to call this gateway. */
  abstract ApiGatewayManagementApiClient client(RunningGateway gateway);

  @BeforeAll
  void start() throws Exception {
    running = new RunningGateway();
    live = client(running);
  }

  @AfterAll
  void stop() {
    live.close();
    running.close();
  }

  @BeforeEach
  void connect() throws Exception {
    socket = running.connect();
  }

  @AfterEach
  void disconnect() throws Exception {
    socket.close();
    running.functions.next("disconnect");
  }

  @Test
  void aPostArrivesAsOneTextFrame() throws Exception {
    post(socket.id(), "{\"type\": \"pong\", \"text\": \"é😀\"}");
    post(socket.id(), "");

    TestSocket.Received frame = socket.receive();
    assertThat(frame.opCode()).isEqualTo(TestSocket.TEXT);
    assertThat(frame.fin()).isTrue();
    assertThat(frame.text()).isEqualTo("{\"type\": \"pong\", \"text\": \"é😀\"}");
    assertThat(socket.receive().payload()).isEmpty();
  }

  @Test
  void aLargePostArrivesWholeInFramesOfAtMost32Kilobytes() throws Exception {
    String message = "é".repeat(MESSAGE_BYTES / 2);
    post(socket.id(), message);

    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    TestSocket.Received frame = socket.receive();
    assertThat(frame.opCode()).isEqualTo(TestSocket.TEXT);
    whole.writeBytes(frame.payload());
    while (!frame.fin()) {
      frame = socket.receive();
      assertThat(frame.opCode()).isEqualTo(TestSocket.CONTINUATION);
      assertThat(frame.payload()).hasSizeLessThanOrEqualTo(32 * 1024);
      whole.writeBytes(frame.payload());
    }
    assertThat(whole.toString(StandardCharsets.UTF_8)).isEqualTo(message);
  }

  @Test
  void aPostOver128KilobytesIs413() {
    assertThatExceptionOfType(PayloadTooLargeException.class)
        .isThrownBy(() -> post(socket.id(), "x".repeat(MESSAGE_BYTES + 1)))
        .satisfies(
            e -> {
              assertThat(e.statusCode()).isEqualTo(413);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("PayloadTooLargeException");
            })
        .withMessageContaining("131072 bytes");
    assertThatExceptionOfType(PayloadTooLargeException.class)
        .isThrownBy(() -> post(socket.id(), "x".repeat(20 * MESSAGE_BYTES)));
  }

  @Test
  void bytesThatAreNoUtf8ArriveAsReplacementCharacters() throws Exception {
    live.postToConnection(
        r ->
            r.connectionId(socket.id())
                .data(SdkBytes.fromByteArray(new byte[] {'a', (byte) 0xFF, 'b'})));

    assertThat(socket.receive().text()).isEqualTo("a\uFFFDb");
  }

  @Test
  void postsArriveInTheirOrder() throws Exception {
    for (int i = 0; i < 100; i++) {
      post(socket.id(), "message " + i);
    }
    for (int i = 0; i < 100; i++) {
      assertThat(socket.receive().text()).isEqualTo("message " + i);
    }
  }

  @Test
  void theJavaClientReadsWhatWasPosted() throws Exception {
    CompletableFuture<String> received = new CompletableFuture<>();
    WebSocket java =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://localhost:" + running.port() + "/ws?token=abc"),
                new WebSocket.Listener() {
                  private final StringBuilder text = new StringBuilder();

                  @Override
                  public CompletionStage<?> onText(WebSocket ws, CharSequence part, boolean last) {
                    text.append(part);
                    if (last) {
                      received.complete(text.toString());
                    }
                    ws.request(1);
                    return null;
                  }
                })
            .get(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS);
    running.functions.next("authorizer");
    String id = running.functions.event("connect").at("/requestContext/connectionId").asText();

    post(id, "😀".repeat(20_000));

    assertThat(received.get(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS))
        .isEqualTo("😀".repeat(20_000));
    java.sendClose(WebSocket.NORMAL_CLOSURE, "done")
        .get(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS);
    assertThat(
            running.functions.event("disconnect").at("/requestContext/disconnectReason").asText())
        .isEqualTo("done");
  }

  @Test
  void getDescribesTheConnection() throws Exception {
    post(socket.id(), "traffic");

    GetConnectionResponse connection = live.getConnection(r -> r.connectionId(socket.id()));

    assertThat(connection.connectedAt()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(connection.lastActiveAt()).isBetween(connection.connectedAt(), Instant.now());
    assertThat(connection.identity().sourceIp()).isEqualTo("127.0.0.1");
    assertThat(connection.identity().userAgent()).isEqualTo("demo/1.0");
  }

  @Test
  void deleteClosesWith1000AndThenTheConnectionIsGone() throws Exception {
    try (TestSocket other = running.connect()) {
      int status =
          live.deleteConnection(r -> r.connectionId(other.id())).sdkHttpResponse().statusCode();

      assertThat(status).isEqualTo(204);
      assertThat(other.receive().closing()).isEqualTo("1000 Connection Closed Normally");
      assertThatExceptionOfType(GoneException.class).isThrownBy(() -> post(other.id(), "late"));
      var context = running.functions.event("disconnect").path("requestContext");
      assertThat(context.path("connectionId").asText()).isEqualTo(other.id());
      assertThat(context.path("disconnectStatusCode").asInt()).isEqualTo(1000);
      assertThat(context.path("disconnectReason").asText()).isEqualTo("Connection Closed Normally");
    }
  }

  @Test
  void aClientThatDoesNotAnswerTheCloseFrameIsCutOff() throws Exception {
    try (TestSocket stuck = running.connect()) {
      live.deleteConnection(r -> r.connectionId(stuck.id()));
      assertThat(stuck.receive().closing()).startsWith("1000 ");
      running.functions.next("disconnect");

      running.time.pass(Patience.LONGEST);

      assertThat(stuck.isEnded()).isTrue();
    }
  }

  @Test
  void aMalformedIdIs400() {
    assertThatExceptionOfType(ApiGatewayManagementApiException.class)
        .isThrownBy(() -> post("not-an-id", "x"))
        .satisfies(
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("BadRequestException");
            })
        .withMessageContaining("Invalid connectionId: not-an-id");
  }

  @Test
  void insideConnectTheIdIsNotUsableYet() throws Exception {
    AtomicInteger status = new AtomicInteger();
    running.functions.answer(
        "connect",
        event -> {
          try {
            post(event.at("/requestContext/connectionId").asText(), "too early");
          } catch (GoneException e) {
            status.set(e.statusCode());
          }
          return RecordingFunctions.answered("{\"statusCode\": 200}");
        });
    try (TestSocket connecting = running.connect()) {
      assertThat(status).hasValue(410);
      assertThatCode(() -> post(connecting.id(), "now")).doesNotThrowAnyException();
      assertThat(connecting.receive().text()).isEqualTo("now");
    } finally {
      running.functions.answer("connect", "{\"statusCode\": 200}");
    }
    running.functions.next("disconnect");
  }

  @Test
  void aSlowReaderGets429AndHoldsUpNobody() throws Exception {
    try (TestSocket slow = TestSocket.connectWithSmallBuffer(running.port(), "/ws?token=abc")) {
      running.functions.next("authorizer");
      String slowId =
          running.functions.event("connect").at("/requestContext/connectionId").asText();
      String message = "x".repeat(MESSAGE_BYTES);
      int accepted = 0;
      LimitExceededException refused = null;
      while (refused == null && accepted < 400) {
        try {
          post(slowId, message);
          accepted++;
        } catch (LimitExceededException e) {
          refused = e;
        }
      }
      assertThat(refused).isNotNull().extracting(e -> e.statusCode()).isEqualTo(429);

      // The slow one reads nothing until this has arrived.
      post(socket.id(), "not held up");
      assertThat(socket.receive().text()).isEqualTo("not held up");

      for (int messages = 0; messages < accepted; ) {
        if (slow.receive().fin()) {
          messages++;
        }
      }
      assertThatCode(() -> post(slowId, "awake again")).doesNotThrowAnyException();
      assertThat(slow.receive().text()).isEqualTo("awake again");
    }
    running.functions.next("disconnect");
  }

  @Test
  void anIdThatNeverWasOrIsNoMoreIs410() throws Exception {
    TestSocket gone = running.connect();
    gone.reset();
    running.functions.next("disconnect");

    for (String id : new String[] {gone.id(), UNKNOWN_ID}) {
      assertThatExceptionOfType(GoneException.class)
          .isThrownBy(() -> post(id, "x"))
          .satisfies(
              e -> {
                assertThat(e.statusCode()).isEqualTo(410);
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("GoneException");
                assertThat(e.awsErrorDetails().serviceName()).isEqualTo("ApiGatewayManagementApi");
                assertThat(e.awsErrorDetails().sdkHttpResponse().statusCode()).isEqualTo(410);
              });
      assertThatExceptionOfType(GoneException.class)
          .isThrownBy(() -> live.getConnection(r -> r.connectionId(id)));
      assertThatExceptionOfType(GoneException.class)
          .isThrownBy(() -> live.deleteConnection(r -> r.connectionId(id)));
    }
  }

  @Test
  void anAnswerHasTheStatusThatItHasOverHttp() {
    assertThat(
            live.postToConnection(
                    r -> r.connectionId(socket.id()).data(SdkBytes.fromUtf8String("x")))
                .sdkHttpResponse()
                .statusCode())
        .isEqualTo(200);
    assertThat(live.getConnection(r -> r.connectionId(socket.id())).sdkHttpResponse().statusCode())
        .isEqualTo(200);
  }

  @Test
  void aMessageWithoutDataIsAnEmptyOne() throws Exception {
    live.postToConnection(r -> r.connectionId(socket.id()));

    assertThat(socket.receive().payload()).isEmpty();
  }

  @Test
  void aCallThatNamesNoConnectionIsRefused() {
    assertThatExceptionOfType(SdkClientException.class)
        .isThrownBy(() -> live.deleteConnection(r -> {}))
        .withMessageContaining("Parameter 'connectionId' must not be null");
  }

  @Test
  void sizeIsLookedAtBeforeTheConnection() {
    assertThatExceptionOfType(PayloadTooLargeException.class)
        .isThrownBy(() -> post(UNKNOWN_ID, "x".repeat(MESSAGE_BYTES + 1)));
    assertThatExceptionOfType(PayloadTooLargeException.class)
        .isThrownBy(() -> post("not-an-id", "x".repeat(MESSAGE_BYTES + 1)));
  }

  void post(String id, String message) {
    live.postToConnection(r -> r.connectionId(id).data(SdkBytes.fromUtf8String(message)));
  }
}
