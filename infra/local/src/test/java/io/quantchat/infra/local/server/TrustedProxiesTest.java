package io.quantchat.infra.local.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quantchat.infra.local.gateway.SourceIp;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a request is taken to come from, over real connections from 127.0.0.1. */
class TrustedProxiesTest {

  private static final String PEER = "127.0.0.1";
  private static final String TRUSTED = "127.0.0.1,10.0.0.0/8,2001:db8:1::/48";

  /** Address, scheme and what is left of {@code X-Forwarded-For}. */
  private static String seen(String trusted, String... headers) throws Exception {
    TrustedProxies proxies =
        trusted.isEmpty() ? TrustedProxies.NONE : TrustedProxies.parse(trusted);
    try (var server = new GatewayServer(ListeningPort.take(0), proxies, Optional.empty())) {
      server.start(List.of(new Origin()), line -> {});
      try (Socket socket = new Socket(InetAddress.ofLiteral(PEER), server.port())) {
        OutputStream out = socket.getOutputStream();
        String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        String request = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + lines + "\r\n";
        out.write(request.getBytes(StandardCharsets.UTF_8));
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Forwarded-For: 203.0.113.9",
        "X-Forwarded-For: 127.0.0.1",
        "X-Forwarded-For: nonsense",
        "Forwarded: for=203.0.113.9;proto=https",
        "X-Forwarded-Proto: https",
      })
  void whoeverIsNotTrustedSaysNothingByItsHeaders(String header) throws Exception {
    assertThat(seen("192.0.2.0/24", header)).startsWith(PEER + " http ");
    assertThat(seen("", header)).startsWith(PEER + " http ");
  }

  @Test
  void whatANonTrustedClientClaimsStaysAsItIs() throws Exception {
    assertThat(seen("", "X-Forwarded-For: 203.0.113.9, x"))
        .isEqualTo(PEER + " http 203.0.113.9, x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.9 | 203.0.113.9 |",
        // What the client wrote itself stands left of what the proxy added.
        "198.51.100.1, 203.0.113.9 | 203.0.113.9 | 198.51.100.1",
        "127.0.0.1, 203.0.113.9 | 203.0.113.9 | 127.0.0.1",
        "garbage, 203.0.113.9 | 203.0.113.9 | garbage",
        // Several proxies of ours.
        "203.0.113.9, 10.1.2.3, 10.9.9.9 | 203.0.113.9 |",
        "198.51.100.1, 203.0.113.9, 10.1.2.3 | 203.0.113.9 | 198.51.100.1",
        "10.1.2.3, 10.9.9.9 | 10.1.2.3 |",
        // The hop that isn't an address ends what can be believed.
        "203.0.113.9, unknown | 127.0.0.1 |",
        "203.0.113.9, unknown, 10.1.2.3 | 10.1.2.3 | 203.0.113.9, unknown",
        "203.0.113.9, | 127.0.0.1 |",
        "203.0.113.999 | 127.0.0.1 |",
        "localhost | 127.0.0.1 |",
        "0x7f000001 | 127.0.0.1 |",
        "1 | 127.0.0.1 |",
        // With ports, and IPv6.
        "203.0.113.9:4711 | 203.0.113.9 |",
        "[2001:db8:2::7]:4711 | 2001:db8:2:0:0:0:0:7 |",
        "[2001:db8:2::7] | 2001:db8:2:0:0:0:0:7 |",
        "2001:db8:2::7 | 2001:db8:2:0:0:0:0:7 |",
        "2001:db8:2::7, 2001:db8:1::5 | 2001:db8:2:0:0:0:0:7 |",
        "::ffff:203.0.113.9 | 203.0.113.9 |",
        "fe80::1%1 | 127.0.0.1 |",
      })
  void theRightmostAddressThatIsNoTrustedProxysIsTheClients(
      String chain, String address, String left) throws Exception {
    assertThat(seen(TRUSTED, "X-Forwarded-For: " + chain))
        .startsWith(address + " http ")
        .satisfies(
            answer -> {
              if (!address.equals(PEER)) {
                assertThat(answer).endsWith("http " + (left == null ? "-" : left));
              }
            });
  }

  @Test
  void linesAreOneChainInTheirOrder() throws Exception {
    assertThat(
            seen(
                TRUSTED, "X-Forwarded-For: 198.51.100.1", "X-Forwarded-For: 203.0.113.9, 10.0.0.1"))
        .isEqualTo("203.0.113.9 http 198.51.100.1");
  }

  @Test
  void withoutAHeaderTheProxyIsTheClient() throws Exception {
    assertThat(seen(TRUSTED)).isEqualTo(PEER + " http -");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Forwarded-Proto: https | https",
        "X-Forwarded-Proto: HTTPS | https",
        "X-Forwarded-Proto: http, https | https",
        "X-Forwarded-Proto: javascript | http",
      })
  void theProxyTellsTheSchemeThatItWasAskedBy(String header, String scheme) throws Exception {
    assertThat(seen(TRUSTED, header)).startsWith(PEER + " " + scheme + " ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "for=203.0.113.9;proto=https | 203.0.113.9 https",
        "For=\"203.0.113.9:80\" | 203.0.113.9 http",
        "for=\"[2001:db8:2::7]:4711\";by=10.0.0.1;Proto=https | 2001:db8:2:0:0:0:0:7 https",
        "for=198.51.100.1, for=203.0.113.9;proto=https, for=10.0.0.1 | 203.0.113.9 https",
        "for=_hidden, for=10.0.0.1 | 10.0.0.1 http",
        "for=unknown | 127.0.0.1 http",
        "proto=https | 127.0.0.1 http",
        "for=203.0.113.9;proto=gopher | 203.0.113.9 http",
        // A quotation that a client began swallows nothing of what the proxy says behind it.
        "for=\"x, for=203.0.113.9 | 127.0.0.1 http",
        "for=\"a,b\", for=203.0.113.9 | 203.0.113.9 http",
        "for=\"a\\\",b\", for=203.0.113.9 | 203.0.113.9 http",
      })
  void theStandardHeaderSaysTheSame(String forwarded, String origin) throws Exception {
    assertThat(seen(TRUSTED, "Forwarded: " + forwarded)).startsWith(origin + " ");
  }

  @Test
  void ifBothHeadersNameDifferentClientsNeitherIsBelieved() throws Exception {
    assertThat(
            seen(
                TRUSTED,
                "Forwarded: for=198.51.100.66;proto=https",
                "X-Forwarded-For: 203.0.113.9",
                "X-Forwarded-Proto: https"))
        .isEqualTo(PEER + " http -");
    assertThat(seen(TRUSTED, "Forwarded: for=203.0.113.9", "X-Forwarded-For: 203.0.113.9"))
        .startsWith("203.0.113.9 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "10.0.0.1/8",
        "::1/129",
        "1",
        "10.0.0.0/8,",
        "300.1.1.1",
        "fe80::1%eth0",
        "::1/x"
      })
  void whatIsNoAddressAndNoNetworkIsRefusedInOneSentence(String typed) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrustedProxies.parse(typed))
        .satisfies(e -> assertThat(e.getMessage()).startsWith("\"").endsWith(".").hasLineCount(1));
  }

  @Test
  void networksEndInTheMiddleOfAByteAsWell() throws Exception {
    AddressRange range = AddressRange.parse("172.16.0.0/12");

    assertThat(range.contains(InetAddress.ofLiteral("172.31.255.255"))).isTrue();
    assertThat(range.contains(InetAddress.ofLiteral("172.32.0.0"))).isFalse();
    assertThat(range.contains(InetAddress.ofLiteral("::1"))).isFalse();
    assertThat(AddressRange.parse("0.0.0.0/0").contains(InetAddress.ofLiteral("9.9.9.9"))).isTrue();
  }

  private static final class Origin extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String claimed = String.join("|", request.getHeaders().getValuesList("X-Forwarded-For"));
      String seen =
          "%s %s %s"
              .formatted(
                  SourceIp.of(request),
                  request.getHttpURI().getScheme(),
                  claimed.isEmpty() ? "-" : claimed);
      response.write(true, ByteBuffer.wrap(seen.getBytes(StandardCharsets.UTF_8)), callback);
      return true;
    }
  }
}
