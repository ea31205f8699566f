package io.quantchat.client;

/**
 * Where a crash must neither lose a message nor show it twice, nor leave a key without its owner.
 */
enum Step {
  /** A message to send is in the store. */
  WRITTEN,
  /** One-time prekeys of the recipient's were handed out; nobody knows yet. */
  TAKEN,
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
  ACKNOWLEDGED,
  /** A message that can't be opened is noted, to be asked for again. */
  REFUSAL_KEPT,
  /** A request to seal messages again is in the outbox. */
  ASKED,
  /** What a copy may have used is dropped. */
  RECOVERY_KEPT,
  /** An account file is in the store; nothing follows from it yet. */
  BROUGHT,
  /** The keys of a copy are replaced. */
  RECOVERED,
  /** A bundle and the private parts of its prekeys are in the store. */
  BUNDLE_KEPT,
  /** The directory has it; nobody knows yet. */
  BUNDLE_PUBLISHED,
  /** A batch of one-time prekeys and their private parts are in the store. */
  BATCH_KEPT,
  /** The directory has it; nobody knows yet. */
  BATCH_UPLOADED,
  /** All prekeys were taken back: their private parts are gone, others are in the store. */
  KEYS_WIPED,
  /** The directory hands out none of them any more; nobody knows yet. */
  BATCHES_WITHDRAWN
}
