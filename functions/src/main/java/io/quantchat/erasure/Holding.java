package io.quantchat.erasure;

import io.quantchat.host.Environment.Variable;

/** A table in which an account has many rows, and the names of its keys. */
enum Holding {
  /** Entries and blocks, and the rows that lead back from whom they are about. */
  CONTACTS(Variable.CONTACTS_TABLE, "user_id", "contact_id"),
  MESSAGES(Variable.RELAY_MESSAGES_TABLE, "recipient_id", "message_id"),
  CONNECTIONS(Variable.CONNECTIONS_TABLE, "user_id", "connection_id"),
  /** Sessions, which name the tickets that were issued in them. */
  SESSIONS(Variable.ACCOUNT_SESSIONS_TABLE, "user_id", "session_key"),
  /** The batches of an account, and what belongs to each batch. */
  PREKEYS(Variable.PREKEYS_TABLE, "belongs_to", "place");

  private final Variable table;
  private final String partitionKey;
  private final String sortKey;

  Holding(Variable table, String partitionKey, String sortKey) {
    this.table = table;
    this.partitionKey = partitionKey;
    this.sortKey = sortKey;
  }

  Variable table() {
    return table;
  }

  String partitionKey() {
    return partitionKey;
  }

  String sortKey() {
    return sortKey;
  }
}
