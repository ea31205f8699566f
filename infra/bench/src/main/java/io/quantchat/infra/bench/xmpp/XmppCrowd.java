package io.quantchat.infra.bench.xmpp;

import io.quantchat.infra.bench.load.Crowd;
import java.io.IOException;
import java.util.List;

/** Streams of as many users, all available. */
record XmppCrowd(List<XmppStream> streams) implements Crowd {

  @Override
  public int open() throws IOException {
    int open = 0;
    for (XmppStream stream : streams) {
      open += stream.isOpen() ? 1 : 0;
    }
    return open;
  }

  @Override
  public void close() throws IOException {
    for (XmppStream stream : streams) {
      stream.close();
    }
  }
}
