package io.quantchat.infra.bench.xmpp;

import io.quantchat.infra.bench.load.MessageIds;
import io.quantchat.infra.bench.load.MessageLog;
import io.quantchat.infra.bench.load.Receiver;
import io.quantchat.infra.bench.load.Texts;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One who is available, and takes what comes. There is nothing to acknowledge. */
final class XmppReceiver implements Receiver {

  static final byte[] END = Texts.ascii("</message>");
  private static final byte[] MESSAGE = Texts.ascii("<message");
  private static final byte[] ID = Texts.ascii(" id='");

  private final XmppStream stream;
  private final MessageLog log;

  private XmppReceiver(XmppStream stream, MessageLog log) {
    this.stream = stream;
    this.log = log;
  }

  /**
   * @param stream logged in
   */
  static XmppReceiver start(XmppStream stream, MessageLog log) throws IOException {
    stream.write("<presence/>");
    stream.await("<presence", ">");
    stream.awaitForever();
    XmppReceiver receiver = new XmppReceiver(stream, log);
    Thread.ofPlatform().daemon().name("recipient").start(receiver::receive);
    return receiver;
  }

  private void receive() {
    try {
      while (true) {
        ByteBuffer came = stream.await(END);
        log.arrived(numberOf(came), System.nanoTime());
      }
    } catch (IOException closed) {
      // What this stream would have brought is missing in the log, which says so.
    }
  }

  private static int numberOf(ByteBuffer came) {
    int at = Texts.find(came, ID, Math.max(0, Texts.find(came, MESSAGE, 0)));
    return MessageIds.numberOf(came, at + ID.length);
  }

  @Override
  public void flush() {
    // Nothing is held back.
  }

  @Override
  public boolean isSettled() {
    return true;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
