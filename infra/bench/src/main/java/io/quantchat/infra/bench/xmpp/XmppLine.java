package io.quantchat.infra.bench.xmpp;

import io.quantchat.infra.bench.load.Content;
import io.quantchat.infra.bench.load.Line;
import io.quantchat.infra.bench.load.MessageIds;
import io.quantchat.infra.bench.load.Texts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Messages to one other; each asks to be acknowledged (XEP-0198). */
final class XmppLine implements Line {

  private static final String ID_PLACE = "0".repeat(MessageIds.LENGTH);
  private static final byte[] END = Texts.ascii("/>");
  private static final byte[] ACKNOWLEDGED = Texts.ascii("<a ");
  private static final byte[] ERROR = Texts.ascii("type='error'");

  private final XmppStream stream;
  private final MessageIds ids;
  private final byte[] message;
  private final int idAt;

  /**
   * @param stream logged in
   * @param to a bare JID
   */
  XmppLine(XmppStream stream, String to, MessageIds ids, RandomGenerator random)
      throws IOException {
    this.stream = stream;
    this.ids = ids;
    String text =
        "<message type='chat' id='%s' to='%s'><body>%s</body></message><r xmlns='urn:xmpp:sm:3'/>"
            .formatted(ID_PLACE, to, Content.draw(random));
    this.message = text.getBytes(StandardCharsets.US_ASCII);
    this.idAt = text.indexOf(ID_PLACE);
    stream.write("<enable xmlns='urn:xmpp:sm:3'/>");
    stream.await("<enabled", "/>");
  }

  @Override
  public int send(int number) throws IOException {
    ids.write(System.currentTimeMillis(), number, message, idAt);
    stream.write(message);
    boolean refused = false;
    while (true) {
      ByteBuffer came = stream.await(END);
      refused |= Texts.find(came, ERROR, 0) >= 0;
      if (Texts.find(came, ACKNOWLEDGED, 0) >= 0) {
        return refused ? REFUSED : TAKEN;
      }
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
