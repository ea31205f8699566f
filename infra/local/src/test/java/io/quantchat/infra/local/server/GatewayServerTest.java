package io.quantchat.infra.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayServerTest {

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private GatewayServer server;

  @BeforeEach
  void start() throws Exception {
    server = new GatewayServer(ListeningPort.take(0));
    server.start(
        List.of(new WhichThread(), new UnmappedPath(Clock.systemUTC(), new Random())), lines::add);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String request(String address, String target) throws Exception {
    try (Socket socket = new Socket(InetAddress.ofLiteral(address), server.port())) {
      OutputStream out = socket.getOutputStream();
      String request = "GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
      out.write(request.getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aPortThatIsTakenIsRefused() {
    assertThatThrownBy(() -> ListeningPort.take(server.port()).close())
        .isInstanceOf(BindException.class);
  }

  @Test
  void handlersRunOnVirtualThreads() throws Exception {
    assertThat(request("127.0.0.1", "/thread")).endsWith("virtual");
  }

  @Test
  void everyAddressOfLocalhostAnswersOnTheSamePort() throws Exception {
    for (InetAddress address : InetAddress.getAllByName("localhost")) {
      assertThat(request(address.getHostAddress(), "/thread")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void anUnmappedPathIsForbidden() throws Exception {
    assertThat(request("127.0.0.1", "/favicon.ico"))
        .startsWith("HTTP/1.1 403")
        .contains("x-amzn-ErrorType: ForbiddenException")
        .endsWith("{\"message\":\"Forbidden\"}");
  }

  @Test
  void aRequestIsLoggedInOneLineWithoutItsQuery() throws Exception {
    request("127.0.0.1", "/thread?token=secret");

    assertThat(lines.take()).matches("GET /thread 200 [0-9]+ ms");
  }

  @Test
  void whatATerminalCouldObeyIsLoggedPercentEncoded() throws Exception {
    request("127.0.0.1", "/\u001b[2J");
    request("127.0.0.1", "/\u009b2Jé");

    assertThat(lines.take()).matches("[!-~]+ [!-~]+ 400 [0-9]+ ms");
    assertThat(lines.take()).matches("GET /%9B2J%E9 403 [0-9]+ ms");
  }

  @Test
  void anEndlessPathIsCut() throws Exception {
    request("127.0.0.1", "/" + "x".repeat(5_000));

    assertThat(lines.take()).matches("GET /x{199}\\.\\.\\. 403 [0-9]+ ms");
  }

  private static final class WhichThread extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      if (!request.getHttpURI().getPath().equals("/thread")) {
        return false;
      }
      String kind = Thread.currentThread().isVirtual() ? "virtual" : "platform";
      response.write(true, ByteBuffer.wrap(kind.getBytes(StandardCharsets.UTF_8)), callback);
      return true;
    }
  }
}
