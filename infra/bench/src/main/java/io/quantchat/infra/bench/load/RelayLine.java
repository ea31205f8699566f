package io.quantchat.infra.bench.load;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** {@code POST /relay/send} to one recipient, over one connection. */
final class RelayLine implements Line {

  private static final String ID_PLACE = "0".repeat(MessageIds.LENGTH);

  private final HttpConnection connection;
  private final MessageIds ids;
  private final byte[] request;
  private final int idAt;

  RelayLine(URI restUrl, String token, String recipientId, MessageIds ids, RandomGenerator random)
      throws IOException {
    this.connection = HttpConnection.open(restUrl);
    this.ids = ids;
    byte[] body = body(recipientId, random).getBytes(StandardCharsets.US_ASCII);
    this.request = HttpConnection.request(restUrl, "POST", "/relay/send", token, body);
    this.idAt = new String(request, StandardCharsets.US_ASCII).indexOf(ID_PLACE);
  }

  private static String body(String recipientId, RandomGenerator random) {
    String content = Content.draw(random);
    return """
    {"recipient_id":"%s","message_id":"%s","encrypted_content":"%s","encrypted_session_key":"%s"}\
    """
        .formatted(recipientId, ID_PLACE, content, content.substring(0, 124));
  }

  @Override
  public int send(int number) throws IOException {
    ids.write(System.currentTimeMillis(), number, request, idAt);
    return connection.exchange(request);
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
