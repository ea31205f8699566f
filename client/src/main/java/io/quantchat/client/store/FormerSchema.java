package io.quantchat.client.store;

import java.util.List;

/** The tables of stores that earlier programs made, as they made them. Nothing here changes. */
final class FormerSchema {

  /** Of version 1, whose clear columns nobody vouches for. */
  static final List<String> V1 =
      List.of(
          """
          CREATE TABLE vault (
            id INTEGER PRIMARY KEY CHECK (id = 1), salt BLOB NOT NULL, memory_kib INTEGER NOT NULL,
            iterations INTEGER NOT NULL, lanes INTEGER NOT NULL, wrapped_key BLOB NOT NULL)
          """,
          "CREATE TABLE state (name TEXT PRIMARY KEY, value BLOB NOT NULL)",
          "CREATE TABLE conversations (contact_id TEXT PRIMARY KEY, entry BLOB NOT NULL)",
          """
          CREATE TABLE messages (
            sender_id TEXT NOT NULL, message_id TEXT NOT NULL, contact_id TEXT NOT NULL,
            created_ms INTEGER NOT NULL, state INTEGER NOT NULL, receipt_due INTEGER NOT NULL,
            content BLOB NOT NULL, PRIMARY KEY (sender_id, message_id))
          """,
          "CREATE INDEX messages_by_time ON messages (contact_id, created_ms, message_id)",
          "CREATE INDEX messages_by_receipt ON messages (receipt_due) WHERE receipt_due > 0",
          "CREATE INDEX messages_by_missed ON messages (contact_id) WHERE receipt_due < 0",
          """
          CREATE TABLE outbox (
            position INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL UNIQUE,
            contact_id TEXT NOT NULL, request BLOB)
          """,
          """
          CREATE TABLE received (
            sender_id TEXT NOT NULL, message_id TEXT NOT NULL, PRIMARY KEY (sender_id, message_id))
          """,
          """
          CREATE TABLE quarantine (
            message_id TEXT PRIMARY KEY, sender_id TEXT NOT NULL, first_seen_ms INTEGER NOT NULL,
            reason TEXT NOT NULL, detail TEXT NOT NULL, message BLOB NOT NULL)
          """,
          """
          CREATE TABLE peers (
            user_id TEXT PRIMARY KEY, checked_ms INTEGER NOT NULL, peer BLOB NOT NULL)
          """,
          """
          CREATE TABLE offered_prekeys (
            key_id TEXT PRIMARY KEY, user_id TEXT NOT NULL, offered_ms INTEGER NOT NULL, offer BLOB)
          """,
          """
          CREATE TABLE own_keys (
            key_id TEXT PRIMARY KEY, kind TEXT NOT NULL, status TEXT NOT NULL,
            created_ms INTEGER NOT NULL, retired_ms INTEGER, secret BLOB NOT NULL)
          """,
          """
          CREATE TABLE own_bundles (
            version INTEGER PRIMARY KEY, expires_ms INTEGER NOT NULL, published INTEGER NOT NULL,
            bundle BLOB NOT NULL)
          """,
          "CREATE TABLE own_batches (batch_id TEXT PRIMARY KEY, batch BLOB NOT NULL)");

  private FormerSchema() {}
}
