package io.quantchat.crypto;

import java.util.Arrays;
import java.util.function.Function;

/**
 * A message that was opened but not yet received. Its text comes out only together with what must
 * happen in one local transaction with storing it: the one-time prekey's private parts are deleted,
 * the message's key is remembered, the sender's state is kept. Only after that it is acknowledged:
 * a crash before leaves it with the relay and its prekey here; a crash after finds it remembered.
 */
public final class Opened implements AutoCloseable {

  private final Received received;
  private boolean settled;

  Opened(Received received) {
    this.received = received;
  }

  /**
   * Hands the message over, once, and wipes its text and its key afterwards.
   *
   * @param transaction stores the text, deletes {@link Received#spentPrekey}, remembers {@link
   *     Received#message} and keeps {@link Received#sender}: all or nothing
   * @return what the transaction returns
   * @throws IllegalStateException the second time
   */
  public <T> T settle(Function<Received, T> transaction) {
    if (settled) {
      throw new IllegalStateException("This message was settled");
    }
    settled = true;
    try {
      return transaction.apply(received);
    } finally {
      close();
    }
  }

  /** Wipes the text and the key. */
  @Override
  public void close() {
    settled = true;
    Arrays.fill(received.plaintext(), (byte) 0);
    received.receiptKey().close();
  }
}
