package io.quantchat.infra.database;

/** What a real table does now and then. Each befalls single requests. */
public enum Fault {
  /** A read that isn't strongly consistent shows what was there some writes ago. */
  STALE,
  /** The request is refused, since there were too many. Nothing was done. */
  THROTTLED,
  /** The request goes lost: the caller waits in vain, and nothing was done. */
  TIMEOUT_BEFORE,
  /** The answer goes lost: the caller waits in vain, but all was done. */
  TIMEOUT_AFTER,
  /** The service fails, and nothing was done. */
  INTERNAL_ERROR_BEFORE,
  /** The service fails, but all was done. */
  INTERNAL_ERROR_AFTER,
  /** Parts of a batch are left to be asked for again. */
  UNPROCESSED,
  /** Another transaction holds an item of a write or of a transaction. Nothing was done. */
  CONFLICT
}
