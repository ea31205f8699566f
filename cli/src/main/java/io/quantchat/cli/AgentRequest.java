package io.quantchat.cli;

import io.quantchat.client.Servers;
import io.quantchat.client.json.Json;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an agent is to hold, and how long. It travels through a pipe, with the passphrase in the
 * line after it.
 */
record AgentRequest(Path store, Servers servers, Duration length) {

  private static final String STORE = "store";
  private static final String REST = "rest_url";
  private static final String SOCKET = "socket_url";
  private static final String SECONDS = "seconds";

  /** In one line. */
  String line() {
    var said = new LinkedHashMap<String, Object>();
    said.put(STORE, store.toAbsolutePath().toString());
    said.put(REST, servers.rest().toString());
    said.put(SOCKET, servers.socket().toString());
    said.put(SECONDS, length.toSeconds());
    return Json.ascii(said);
  }

  /**
   * @throws IllegalArgumentException where it is none
   */
  static AgentRequest from(String line) {
    Map<String, Object> said = Json.read(line).flatMap(Json::object).orElse(Map.of());
    if (!(said.get(SECONDS) instanceof Number seconds)) {
      throw new IllegalArgumentException("It isn't said how long");
    }
    return new AgentRequest(
        Path.of(text(said, STORE)),
        new Servers(URI.create(text(said, REST)), URI.create(text(said, SOCKET))),
        Duration.ofSeconds(seconds.longValue()));
  }

  private static String text(Map<String, Object> said, String name) {
    return Json.string(said, name)
        .orElseThrow(() -> new IllegalArgumentException("There is no " + name));
  }
}
