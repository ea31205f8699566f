package io.quantchat.infra.demo.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.quantchat.infra.local.OwnBackend;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AttacksTest {

  /** Fifty passwords are hashed at their real cost. */
  @Test
  @Tag("slow")
  void eachIsWithstoodAndSaysWhatItGot() throws Exception {
    var said = new ByteArrayOutputStream();
    int exit;
    try (OwnBackend backend = OwnBackend.startWithLimits()) {
      var out = new PrintStream(said, true, StandardCharsets.UTF_8);
      exit = new Attacks(out).play(backend.restUrl(), backend.socketUrl());
    }

    String text = said.toString(StandardCharsets.UTF_8);
    assertThat(text).doesNotContain("BROKEN").contains("All 14 were withstood.");
    assertThat(exit).isZero();
  }

  @Test
  void noneIsCalledWithstoodThatCouldNotBePlayed() throws Exception {
    var said = new ByteArrayOutputStream();
    HttpServer relay =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    relay.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Retry-After", "601");
          exchange.sendResponseHeaders(429, -1);
          exchange.close();
        });
    relay.start();
    int exit;
    try {
      URI url = URI.create("http://127.0.0.1:" + relay.getAddress().getPort());
      exit = new Attacks(new PrintStream(said, true, StandardCharsets.UTF_8)).play(url, url);
    } finally {
      relay.stop(0);
    }

    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("Stopped at the attack 1: the relay makes no more accounts for this address")
        .contains("for 11 minutes")
        .doesNotContain("held")
        .doesNotContain("BROKEN");
    assertThat(exit).isEqualTo(2);
  }
}
