package io.quantchat.client.store;

import io.quantchat.crypto.Bundle;
import io.quantchat.crypto.SignedBundle;
import java.time.Instant;
import java.util.Optional;

/** The account's own bundles: the newest, and those before it that messages may still name. */
public final class OwnBundleStore {

  private static final Long LEAST_KEPT = 8L;

  private final Database database;
  private final SealedJson json;

  OwnBundleStore(Database database, SealedJson json) {
    this.database = database;
    this.json = json;
  }

  /** Keeps a bundle, unpublished, in the place of one of its version. */
  public void keep(SignedBundle bundle) {
    long version = bundle.bundle().version();
    database.write(
        "INSERT OR REPLACE INTO own_bundles VALUES (?, ?, 0, ?)",
        version,
        bundle.bundle().expires().toEpochMilli(),
        json.seal(bundlePlace(version), bundle.toMap()));
  }

  public void published(long version) {
    database.write("UPDATE own_bundles SET published = 1 WHERE version = ?", version);
  }

  public boolean isPublished(long version) {
    return database
        .first(
            "SELECT published FROM own_bundles WHERE version = ?",
            row -> row.number("published") == 1,
            version)
        .orElse(false);
  }

  /** The newest, published or not; one of a version out of reach only where there is no other. */
  public Optional<SignedBundle> latest() {
    return database.first(
        "SELECT * FROM own_bundles ORDER BY version > ?, version DESC LIMIT 1",
        this::signedBundle,
        Bundle.HIGHEST_VERSION);
  }

  /** The highest version that others may have seen; 0 where there is none. */
  public long highestPublished() {
    return database
        .first(
            "SELECT max(version) AS highest FROM own_bundles WHERE published = 1 AND version <= ?",
            row -> row.number("highest"),
            Bundle.HIGHEST_VERSION)
        .orElse(0L);
  }

  /** Lets go of those that nobody has seen, above a version. */
  public void dropUnpublishedAbove(long version) {
    database.write(
        "DELETE FROM own_bundles WHERE published = 0 AND version > ? AND version <= ?",
        version,
        Bundle.HIGHEST_VERSION);
  }

  /** The one of that version, if a message may still name it. */
  public Optional<SignedBundle> find(long version) {
    return database.first(
        "SELECT * FROM own_bundles WHERE version = ?", this::signedBundle, version);
  }

  /** None expires later than then: a clock that was wrong once doesn't keep one for ever. */
  public void limitTo(Instant then) {
    database.write(
        "UPDATE own_bundles SET expires_ms = ? WHERE expires_ms > ?",
        then.toEpochMilli(),
        then.toEpochMilli());
  }

  /**
   * Bundles that had expired by then. The newest ones stay: the next one goes on from there, and
   * what a clock that was wrong once takes for expired may be what a message names.
   */
  public void forgetBefore(Instant then) {
    database.write(
        """
        DELETE FROM own_bundles WHERE expires_ms < ? AND version NOT IN (
          SELECT version FROM own_bundles ORDER BY version > ?, version DESC LIMIT ?)
        """,
        then.toEpochMilli(),
        Bundle.HIGHEST_VERSION,
        LEAST_KEPT);
  }

  private SignedBundle signedBundle(Row row) {
    long version = row.number("version");
    return SignedBundle.fromMap(json.open(bundlePlace(version), row.bytes("bundle")));
  }

  private static String bundlePlace(long version) {
    return "own_bundles/" + version;
  }
}
