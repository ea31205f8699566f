package io.quantchat.crypto;

/**
 * A message that was sealed. Its envelope is kept until the server has answered, and with it the
 * peer as it is from now on.
 *
 * @param peer remembers the suite: a weaker one later is a downgrade
 * @param receiptKey knows the recipient's receipts; the caller keeps and closes it
 */
public record Sealed(Envelope envelope, Peer peer, ReceiptKey receiptKey) {

  /** Which of the recipient's prekeys took part: shown in the message's details. */
  public Mode mode() {
    return envelope.sessionKey().prekeys().mode();
  }
}
