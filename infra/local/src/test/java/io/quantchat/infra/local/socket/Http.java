package io.quantchat.infra.local.socket;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Unsigned requests. */
final class Http {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Http() {}

  static HttpResponse<String> get(int port, String target)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri(port, target)).build());
  }

  static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }

  static URI uri(int port, String target) {
    return URI.create("http://127.0.0.1:" + port + target);
  }
}
