package io.quantchat.client;

/** Where a crash must neither lose a message nor show it twice. */
enum Step {
  /** A message to send is in the store. */
  WRITTEN,
  /** It was sealed; nobody knows yet. */
  SEALED,
  /** Its sealed bytes are in the store. */
  SEAL_KEPT,
  /** They have left. */
  LEFT,
  /** The relay has answered; nobody knows yet. */
  ANSWERED,
  /** The answer is in the store. */
  ANSWER_KEPT,
  /** A message has come in. */
  ARRIVED,
  /** It was opened; nothing of it is in the store. */
  OPENED,
  /** In the transaction, before its end. */
  SETTLING,
  /** It is in the store. */
  SETTLED,
  /** It was acknowledged. */
  ACKNOWLEDGED
}
