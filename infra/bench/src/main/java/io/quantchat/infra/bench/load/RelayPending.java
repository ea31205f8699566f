package io.quantchat.infra.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What still waits for some accounts. */
record RelayPending(URI restUrl, List<Account> accounts, MessageLog log)
    implements Pairs.Leftovers {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Override
  public int count() throws IOException {
    int found = 0;
    try (HttpConnection rest = HttpConnection.open(restUrl)) {
      for (Account account : accounts) {
        String cursor = "";
        do {
          JsonNode page = page(rest, account, cursor);
          for (JsonNode message : page.path("messages")) {
            byte[] id = message.path("id").asText().getBytes(StandardCharsets.US_ASCII);
            log.foundPending(MessageIds.numberOf(ByteBuffer.wrap(id), 0));
            found++;
          }
          cursor =
              page.path("next_cursor").isTextual()
                  ? "&cursor=" + page.path("next_cursor").asText()
                  : "";
        } while (!cursor.isEmpty());
      }
    }
    return found;
  }

  private static JsonNode page(HttpConnection rest, Account account, String cursor)
      throws IOException {
    return MAPPER.readTree(
        rest.call("GET", "/relay/pending?limit=100" + cursor, account.token(), "", 200));
  }
}
