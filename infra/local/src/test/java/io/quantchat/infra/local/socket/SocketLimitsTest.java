package io.quantchat.infra.local.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketLimitsTest {

  private static final int FRAME = 32 * 1024;

  private RunningGateway running;
  private TestSocket socket;

  @BeforeEach
  void start() throws Exception {
    running = new RunningGateway();
    socket = running.connect();
  }

  @AfterEach
  void stop() throws Exception {
    socket.close();
    running.close();
  }

  @Test
  void aFrameOf32KilobytesIsTaken() throws Exception {
    socket.send("x".repeat(FRAME));

    assertThat(running.functions.event("default").path("body").asText()).hasSize(FRAME);
  }

  @Test
  void aLargerFrameClosesWith1009() throws Exception {
    socket.send("x".repeat(FRAME + 1));

    assertThat(socket.receive().closing()).isEqualTo("1009 Message too big");
    assertDisconnected(1009, "Message too big");
    assertThat(running.functions.pending("default")).isZero();
  }

  @Test
  void aFrameFarOverTheLimitClosesWith1009BeforeItIsRead() throws Exception {
    try {
      socket.send("x".repeat(40 * FRAME));
    } catch (SocketException closedBeforeAllWasWritten) {
      // As it should be: what was said is there to be read.
    }

    assertThat(socket.receive().closing()).startsWith("1009 ");
    assertDisconnected(1009, "Message too big");
  }

  @Test
  void continuationFramesMakeOneMessageOfUpTo128Kilobytes() throws Exception {
    byte[] part = "é".repeat(FRAME / 2).getBytes(StandardCharsets.UTF_8);
    socket.send(TestSocket.TEXT, false, part);
    socket.send(TestSocket.CONTINUATION, false, part);
    socket.send(TestSocket.PING, true, new byte[] {42});
    socket.send(TestSocket.CONTINUATION, false, part);
    socket.send(TestSocket.CONTINUATION, true, part);

    assertThat(running.functions.event("default").path("body").asText())
        .isEqualTo("é".repeat(2 * FRAME));
  }

  @Test
  void aMessageOver128KilobytesClosesWith1009() throws Exception {
    socket.send(TestSocket.TEXT, false, new byte[FRAME]);
    for (int i = 0; i < 3; i++) {
      socket.send(TestSocket.CONTINUATION, false, new byte[FRAME]);
    }
    socket.send(TestSocket.CONTINUATION, true, new byte[1]);

    assertThat(socket.receive().closing()).isEqualTo("1009 Message too big");
    assertDisconnected(1009, "Message too big");
  }

  @Test
  void aCharacterMayBeSplitBetweenFrames() throws Exception {
    byte[] smile = "😀".getBytes(StandardCharsets.UTF_8);
    socket.send(TestSocket.TEXT, false, Arrays.copyOf(smile, 3));
    socket.send(TestSocket.CONTINUATION, true, Arrays.copyOfRange(smile, 3, 4));

    assertThat(running.functions.event("default").path("body").asText()).isEqualTo("😀");
  }

  @Test
  void textThatIsNotUtf8ClosesWith1007() throws Exception {
    socket.send(TestSocket.TEXT, true, new byte[] {'o', 'k', (byte) 0xC3, '('});

    assertThat(socket.receive().closing()).startsWith("1007 ");
    assertThat(
            running
                .functions
                .event("disconnect")
                .at("/requestContext/disconnectStatusCode")
                .asInt())
        .isEqualTo(1007);
    assertThat(running.functions.pending("default")).isZero();
  }

  @Test
  void aBinaryFrameClosesWith1003() throws Exception {
    socket.send(TestSocket.BINARY, true, new byte[] {1, 2, 3});

    assertThat(socket.receive().closing()).startsWith("1003 ");
    assertThat(
            running
                .functions
                .event("disconnect")
                .at("/requestContext/disconnectStatusCode")
                .asInt())
        .isEqualTo(1003);
  }

  @Test
  void aFrameWithAReservedBitClosesWith1002() throws Exception {
    socket.sendRaw(0x80 | 0x40 | TestSocket.TEXT, new byte[] {1});

    assertThat(socket.receive().closing()).startsWith("1002 ");
  }

  @Test
  void pingsAreAnsweredAndReachNoFunction() throws Exception {
    socket.send(TestSocket.PING, true, "are you there".getBytes(StandardCharsets.UTF_8));

    TestSocket.Received pong = socket.receive();

    assertThat(pong.opCode()).isEqualTo(TestSocket.PONG);
    assertThat(pong.text()).isEqualTo("are you there");
    assertThat(running.functions.pending("default")).isZero();
  }

  @Test
  void closesOfTheClientGetTheirAnswerAndTheirReason() throws Exception {
    socket.sendClose(1001, "");
    assertThat(socket.receive().closing()).isEqualTo("1001 ");
    assertDisconnected(1001, "");

    try (TestSocket silent = running.connect()) {
      silent.send(TestSocket.CLOSE, true, new byte[0]);
      assertThat(silent.receive().opCode()).isEqualTo(TestSocket.CLOSE);
      assertDisconnected(1005, "Client-side close frame status not set");
    }
  }

  @Test
  void aConnectionThatBreaksIsADisconnectWith1006() throws Exception {
    socket.reset();
    assertDisconnected(1006, "");

    TestSocket vanishing = running.connect();
    vanishing.close();
    assertDisconnected(1006, "");
  }

  @Test
  void aClientThatLeavesDuringTheHandshakeIsDisconnectedIfConnectSucceeded() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    running.functions.answerAfter("connect", gone, "{\"statusCode\": 200}");
    TestSocket leaving = TestSocket.begin(running.port(), "/ws?token=abc");
    JsonNode connect = running.functions.event("connect").path("requestContext");

    leaving.reset();
    gone.countDown();

    JsonNode disconnect = running.functions.event("disconnect").path("requestContext");
    assertThat(disconnect.path("connectionId")).isEqualTo(connect.path("connectionId"));
    assertThat(disconnect.path("disconnectStatusCode").asInt()).isEqualTo(1006);
  }

  @Test
  void anIdleSocketIsClosedWith1001AndPingsDontHelp() throws Exception {
    awaitPong();
    running.time.pass(SocketLimits.AWS.idle().minusNanos(1));
    awaitPong();

    running.time.pass(Duration.ofNanos(1));

    assertThat(socket.receive().closing()).isEqualTo("1001 Going away");
    assertDisconnected(1001, "Going away");
  }

  @Test
  void messagesKeepASocketFromBeingIdleButNotFromItsEnd() throws Exception {
    awaitPong();
    Duration almostIdle = SocketLimits.AWS.idle().minusNanos(1);
    Duration age = Duration.ZERO;
    while (age.plus(almostIdle).compareTo(SocketLimits.AWS.lifetime()) < 0) {
      running.time.pass(almostIdle);
      age = age.plus(almostIdle);
      socket.send("{\"type\": \"ping\"}");
      assertThat(socket.receive().opCode()).isEqualTo(TestSocket.TEXT);
    }
    running.time.pass(SocketLimits.AWS.lifetime().minus(age).minusNanos(1));
    awaitPong();

    running.time.pass(Duration.ofNanos(1));

    assertThat(socket.receive().closing()).isEqualTo("1001 Going away");
    assertDisconnected(1001, "Going away");
  }

  @Test
  void compressedMessagesAreReadAndCountByTheirInflatedSize() throws Exception {
    try (TestSocket deflating =
        TestSocket.connect(
            running.port(), "/ws?token=abc", "Sec-WebSocket-Extensions: permessage-deflate")) {
      deflating.sendRaw(0x80 | 0x40 | TestSocket.TEXT, deflate("x".repeat(FRAME)));
      assertThat(running.functions.event("default").path("body").asText()).hasSize(FRAME);

      TestSocket.Received answer = deflating.receive();
      assertThat(answer.opCode()).isEqualTo(TestSocket.TEXT);

      deflating.sendRaw(0x80 | 0x40 | TestSocket.TEXT, deflate("x".repeat(FRAME + 1)));
      assertThat(deflating.receive().closing()).startsWith("1009 ");
    }
  }

  @Test
  void closingTheGatewayClosesEverySocketWith1001AndRunsDisconnect() throws Exception {
    try (TestSocket other = running.connect()) {
      running.gateway.close();

      assertThat(socket.receive().closing()).isEqualTo("1001 Going away");
      assertThat(other.receive().closing()).isEqualTo("1001 Going away");
      assertThat(running.functions.pending("disconnect")).isEqualTo(2);
    }
  }

  private void assertDisconnected(int code, String reason) throws Exception {
    JsonNode context = running.functions.event("disconnect").path("requestContext");
    assertThat(context.path("disconnectStatusCode").asInt()).isEqualTo(code);
    assertThat(context.path("disconnectReason").asText()).isEqualTo(reason);
  }

  /** A raw deflate block that ends at a byte, without its last four bytes (RFC 7692, 7.2.1). */
  private static byte[] deflate(String text) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_SPEED, true), 512, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
      return Arrays.copyOf(bytes.toByteArray(), bytes.size() - 4);
    }
  }

  /**
   * Once it has come the socket is open on the gateway's side too, and what came before is read.
   */
  private void awaitPong() throws Exception {
    socket.send(TestSocket.PING, true, new byte[0]);
    assertThat(socket.receive().opCode()).isEqualTo(TestSocket.PONG);
  }
}
