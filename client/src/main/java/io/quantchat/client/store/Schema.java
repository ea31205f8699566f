package io.quantchat.client.store;

import java.util.List;

/**
 * The store's tables. Columns of type BLOB are sealed by {@link RowCipher}, the vault's aside; the
 * {@link Ledger} vouches for all others, and for which rows there are.
 */
final class Schema {

  static final int VERSION = 2;

  static final List<String> TABLES =
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
            content BLOB NOT NULL, arrived_ms INTEGER NOT NULL, place INTEGER NOT NULL,
            PRIMARY KEY (sender_id, message_id))
          """,
          "CREATE INDEX messages_by_place ON messages (contact_id, place, message_id)",
          "CREATE INDEX messages_by_receipt ON messages (receipt_due) WHERE receipt_due > 0",
          "CREATE INDEX messages_by_missed ON messages (contact_id) WHERE receipt_due < 0",
          """
          CREATE TABLE outbox (
            position INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL UNIQUE,
            contact_id TEXT NOT NULL, request BLOB, replaces TEXT, known_ms INTEGER, control BLOB)
          """,
          """
          CREATE TABLE streams (
            contact_id TEXT PRIMARY KEY, epoch TEXT NOT NULL, last INTEGER NOT NULL)
          """,
          """
          CREATE TABLE sent (
            message_id TEXT PRIMARY KEY, contact_id TEXT NOT NULL, epoch TEXT, number INTEGER,
            current_id TEXT NOT NULL, void INTEGER NOT NULL)
          """,
          "CREATE INDEX sent_by_place ON sent (contact_id, epoch, number)",
          "CREATE INDEX sent_by_current ON sent (current_id)",
          """
          CREATE TABLE heard (
            sender_id TEXT NOT NULL, epoch TEXT NOT NULL, open INTEGER NOT NULL,
            state BLOB NOT NULL, PRIMARY KEY (sender_id, epoch))
          """,
          """
          CREATE TABLE asked (
            sender_id TEXT NOT NULL, message_id TEXT NOT NULL, first_ms INTEGER NOT NULL,
            times INTEGER NOT NULL, next_ms INTEGER NOT NULL,
            PRIMARY KEY (sender_id, message_id))
          """,
          """
          CREATE TABLE receipt_keys (
            sender_id TEXT NOT NULL, message_id TEXT NOT NULL, secret BLOB NOT NULL,
            PRIMARY KEY (sender_id, message_id))
          """,
          """
          CREATE TABLE received (
            sender_id TEXT NOT NULL, message_id TEXT NOT NULL, PRIMARY KEY (sender_id, message_id))
          """,
          """
          CREATE TABLE refusals (
            sender_id TEXT NOT NULL, message_id TEXT NOT NULL, variant TEXT NOT NULL,
            fingerprint TEXT NOT NULL, basis TEXT NOT NULL, first_seen_ms INTEGER NOT NULL,
            reason TEXT NOT NULL, detail TEXT NOT NULL, discarded INTEGER NOT NULL, message BLOB,
            PRIMARY KEY (sender_id, message_id, variant))
          """,
          """
          CREATE TABLE askings (
            user_id TEXT PRIMARY KEY, asked_ms INTEGER NOT NULL, times INTEGER NOT NULL)
          """,
          """
          CREATE TABLE peers (
            user_id TEXT PRIMARY KEY, checked_ms INTEGER NOT NULL, peer BLOB NOT NULL)
          """,
          """
          CREATE TABLE identities (
            fingerprint TEXT PRIMARY KEY, user_id TEXT NOT NULL, version INTEGER NOT NULL)
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
          "CREATE TABLE own_batches (batch_id TEXT PRIMARY KEY, batch BLOB NOT NULL)",
          """
          CREATE TABLE own_uploads (
            id INTEGER PRIMARY KEY CHECK (id = 1), uploaded_ms INTEGER NOT NULL,
            withdrawal_due INTEGER NOT NULL)
          """,
          "CREATE TABLE requests (request_id TEXT PRIMARY KEY, message_id TEXT NOT NULL)",
          """
          CREATE TABLE files (
            file_id TEXT PRIMARY KEY, sender_id TEXT NOT NULL, message_id TEXT NOT NULL,
            contact_id TEXT NOT NULL, number INTEGER NOT NULL, due INTEGER NOT NULL,
            entry BLOB NOT NULL, UNIQUE (sender_id, message_id, number))
          """,
          "CREATE INDEX files_by_contact ON files (contact_id)",
          "CREATE INDEX files_by_due ON files (due, message_id, number) WHERE due > 0",
          "CREATE TABLE ledger (id INTEGER PRIMARY KEY CHECK (id = 1), sealed BLOB NOT NULL)");

  /**
   * Makes a store of version 1 one of this version, in this order. A column that is added comes
   * after all others in {@link #TABLES}, too, for {@code ALTER TABLE} puts it there.
   */
  static final List<String> FROM_V1 =
      List.of(
          "CREATE TABLE ledger (id INTEGER PRIMARY KEY CHECK (id = 1), sealed BLOB NOT NULL)",
          "ALTER TABLE messages ADD COLUMN arrived_ms INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE messages ADD COLUMN place INTEGER NOT NULL DEFAULT 0",
          "UPDATE messages SET arrived_ms = created_ms, place = created_ms * 1000",
          "DROP INDEX messages_by_time",
          "CREATE INDEX messages_by_place ON messages (contact_id, place, message_id)",
          "ALTER TABLE outbox ADD COLUMN replaces TEXT",
          "ALTER TABLE outbox ADD COLUMN known_ms INTEGER",
          """
          CREATE TABLE receipt_keys (
            sender_id TEXT NOT NULL, message_id TEXT NOT NULL, secret BLOB NOT NULL,
            PRIMARY KEY (sender_id, message_id))
          """,
          """
          CREATE TABLE refusals (
            sender_id TEXT NOT NULL, message_id TEXT NOT NULL, variant TEXT NOT NULL,
            fingerprint TEXT NOT NULL, basis TEXT NOT NULL, first_seen_ms INTEGER NOT NULL,
            reason TEXT NOT NULL, detail TEXT NOT NULL, discarded INTEGER NOT NULL, message BLOB,
            PRIMARY KEY (sender_id, message_id, variant))
          """,
          """
          INSERT INTO refusals
          SELECT sender_id, message_id, '', '', '', first_seen_ms, reason, detail, 0, message
          FROM quarantine
          """,
          "DROP TABLE quarantine",
          """
          CREATE TABLE askings (
            user_id TEXT PRIMARY KEY, asked_ms INTEGER NOT NULL, times INTEGER NOT NULL)
          """,
          """
          CREATE TABLE identities (
            fingerprint TEXT PRIMARY KEY, user_id TEXT NOT NULL, version INTEGER NOT NULL)
          """,
          """
          CREATE TABLE own_uploads (
            id INTEGER PRIMARY KEY CHECK (id = 1), uploaded_ms INTEGER NOT NULL,
            withdrawal_due INTEGER NOT NULL)
          """,
          "ALTER TABLE outbox ADD COLUMN control BLOB",
          """
          CREATE TABLE streams (
            contact_id TEXT PRIMARY KEY, epoch TEXT NOT NULL, last INTEGER NOT NULL)
          """,
          """
          CREATE TABLE sent (
            message_id TEXT PRIMARY KEY, contact_id TEXT NOT NULL, epoch TEXT, number INTEGER,
            current_id TEXT NOT NULL, void INTEGER NOT NULL)
          """,
          "CREATE INDEX sent_by_place ON sent (contact_id, epoch, number)",
          "CREATE INDEX sent_by_current ON sent (current_id)",
          """
          CREATE TABLE heard (
            sender_id TEXT NOT NULL, epoch TEXT NOT NULL, open INTEGER NOT NULL,
            state BLOB NOT NULL, PRIMARY KEY (sender_id, epoch))
          """,
          """
          CREATE TABLE asked (
            sender_id TEXT NOT NULL, message_id TEXT NOT NULL, first_ms INTEGER NOT NULL,
            times INTEGER NOT NULL, next_ms INTEGER NOT NULL,
            PRIMARY KEY (sender_id, message_id))
          """,
          "CREATE TABLE requests (request_id TEXT PRIMARY KEY, message_id TEXT NOT NULL)",
          """
          CREATE TABLE files (
            file_id TEXT PRIMARY KEY, sender_id TEXT NOT NULL, message_id TEXT NOT NULL,
            contact_id TEXT NOT NULL, number INTEGER NOT NULL, due INTEGER NOT NULL,
            entry BLOB NOT NULL, UNIQUE (sender_id, message_id, number))
          """,
          "CREATE INDEX files_by_contact ON files (contact_id)",
          "CREATE INDEX files_by_due ON files (due, message_id, number) WHERE due > 0");

  private Schema() {}
}
