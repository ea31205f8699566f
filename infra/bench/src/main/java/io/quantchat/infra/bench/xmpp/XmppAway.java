package io.quantchat.infra.bench.xmpp;

import io.quantchat.infra.bench.load.Away;
import io.quantchat.infra.bench.load.Line;
import java.io.IOException;
import java.util.List;

/**
 * A user without a stream. Coming back, they say that they are available, and all is handed over.
 */
record XmppAway(List<Line> lines, Return comesBack) implements Away {

  /** How somebody logs in. */
  @FunctionalInterface
  interface Return {
    XmppStream open() throws IOException;
  }

  @Override
  public int drain(int expected) throws IOException {
    try (XmppStream stream = comesBack.open()) {
      stream.write("<presence/>");
      for (int i = 0; i < expected; i++) {
        stream.await(XmppReceiver.END);
      }
      return expected;
    }
  }

  @Override
  public void close() throws IOException {
    for (Line line : lines) {
      line.close();
    }
  }
}
