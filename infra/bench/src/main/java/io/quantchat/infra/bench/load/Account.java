package io.quantchat.infra.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * An account of the relay's.
 *
 * @param token an access token
 */
record Account(String id, String token) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Account register(HttpConnection rest, RandomGenerator random) throws IOException {
    byte[] drawn = new byte[12];
    random.nextBytes(drawn);
    String name = HexFormat.of().formatHex(drawn);
    String body = "{\"email\":\"%s@example.org\",\"password\":\"%s\"}".formatted(name, name);
    JsonNode answer = MAPPER.readTree(rest.call("POST", "/auth/register", "", body, 201));
    return new Account(answer.path("user_id").asText(), answer.path("access_token").asText());
  }

  /** Adds another as a contact: who is no stranger may send without end. */
  void add(HttpConnection rest, Account other) throws IOException {
    rest.call("POST", "/contacts", token, "{\"contact_id\":\"%s\"}".formatted(other.id()), 201);
  }
}
