package io.quantchat.client.wire;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLParameters;

/** Makes the one HTTP client of an account. */
public final class HttpClients {

  private static final Set<String> IN_THE_CLEAR = Set.of("http", "ws");

  private HttpClients() {}

  /**
   * Makes a client for these two addresses. Where neither has TLS, as on this machine, nothing is
   * got ready for it, which takes a tenth of a second, nor for HTTP/2.
   */
  public static HttpClient of(URI rest, URI socket, Duration longestConnect) {
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(longestConnect);
    if (isInTheClear(rest) && isInTheClear(socket)) {
      client
          .version(Version.HTTP_1_1)
          .sslContext(NoTls.context())
          .sslParameters(new SSLParameters());
    }
    return client.build();
  }

  private static boolean isInTheClear(URI address) {
    return address.getScheme() != null && IN_THE_CLEAR.contains(address.getScheme());
  }
}
