package io.quantchat.client.store;

import java.time.Instant;
import java.util.Optional;

/** What the key directory was given of one-time prekeys, and whether it is to withdraw them. */
public final class OwnUploadStore {

  private final Database database;

  OwnUploadStore(Database database) {
    this.database = database;
  }

  /** The directory has a batch more since then. */
  public void uploaded(Instant when) {
    database.write(
        """
        INSERT INTO own_uploads VALUES (1, ?, 0)
        ON CONFLICT (id) DO UPDATE SET uploaded_ms = excluded.uploaded_ms
        """,
        when.toEpochMilli());
  }

  /** Since when the directory can only have become poorer; nothing where it never had any. */
  public Optional<Instant> lastUploaded() {
    return database.first(
        "SELECT uploaded_ms FROM own_uploads WHERE uploaded_ms > 0",
        row -> Instant.ofEpochMilli(row.number("uploaded_ms")));
  }

  /** All that the directory has is to be withdrawn: nobody can read here what is sent to it. */
  public void withdrawalDue(boolean due) {
    database.write(
        """
        INSERT INTO own_uploads VALUES (1, 0, ?)
        ON CONFLICT (id) DO UPDATE SET withdrawal_due = excluded.withdrawal_due
        """,
        due ? 1L : 0L);
  }

  public boolean isWithdrawalDue() {
    return database
        .first("SELECT withdrawal_due FROM own_uploads", row -> row.number("withdrawal_due") == 1)
        .orElse(false);
  }
}
