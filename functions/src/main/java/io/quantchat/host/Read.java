package io.quantchat.host;

/** How fresh a read of a table is. */
public enum Read {
  /** May miss what was written a moment ago. */
  EVENTUAL,
  /** Sees everything that was written before it. Costs twice as much. */
  CONSISTENT;

  /** The value of a request's {@code ConsistentRead}. */
  public boolean isConsistent() {
    return this == CONSISTENT;
  }
}
