package io.quantchat.client.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class HttpClientsTest {

  private static final Duration LONGEST = Duration.ofMinutes(5);

  @Test
  void whereEitherAddressHasTlsItIsTheSystemsOwn() throws Exception {
    for (String rest : new String[] {"https://example.org/v1", "http://localhost:1"}) {
      try (HttpClient client =
          HttpClients.of(URI.create(rest), URI.create("wss://example.org/ws"), LONGEST)) {
        assertThat(client.sslContext()).isSameAs(SSLContext.getDefault());
      }
    }
  }

  @Test
  void aClientForAddressesInTheClearRefusesTls() throws Exception {
    try (HttpClient client =
        HttpClients.of(URI.create("http://localhost:1"), URI.create("ws://localhost:1"), LONGEST)) {
      HttpRequest secure = HttpRequest.newBuilder(URI.create("https://localhost:1")).build();

      assertThatThrownBy(() -> client.send(secure, BodyHandlers.discarding()))
          .hasStackTraceContaining("without TLS");
    }
  }
}
