package io.quantchat.client.store;

import io.quantchat.client.json.Fingerprint;
import io.quantchat.client.model.StoreException;
import io.quantchat.crypto.Bundle;
import io.quantchat.crypto.Hash;
import io.quantchat.crypto.Identity;
import io.quantchat.crypto.KeyId;
import io.quantchat.crypto.OfferedPrekey;
import io.quantchat.crypto.Peer;
import io.quantchat.crypto.SignedBundle;
import io.quantchat.crypto.Suite;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Pins: who people are, what strength was had with them, and one-time prekeys of theirs. */
public final class PeerStore {

  private static final String BUNDLE = "bundle";
  private static final String FLOOR = "floor";
  private static final String FLOOR_VERSION = "floor_version";
  private static final String CHANGED = "changed";

  private final Database database;
  private final SealedJson json;

  PeerStore(Database database, SealedJson json) {
    this.database = database;
    this.json = json;
  }

  /** Keeps a peer; when the server was last asked stays as it is. */
  public void keep(Peer peer) {
    database.write(
        """
        INSERT INTO peers VALUES (?, 0, ?)
        ON CONFLICT (user_id) DO UPDATE SET peer = excluded.peer
        """,
        peer.userId(),
        json.seal(place(peer.userId()), toMap(peer)));
  }

  /** The server was asked for a newer bundle. */
  public void checked(UUID userId, Instant when) {
    database.write(
        "UPDATE peers SET checked_ms = ? WHERE user_id = ?", when.toEpochMilli(), userId);
  }

  public Optional<Known> find(UUID userId) {
    return database.first(
        "SELECT * FROM peers WHERE user_id = ?",
        row ->
            new Known(
                peer(userId, json.open(place(userId), row.bytes("peer"))),
                Instant.ofEpochMilli(row.number("checked_ms"))),
        userId);
  }

  /** Everybody who is known. */
  public List<Peer> all() {
    return database.all(
        "SELECT * FROM peers ORDER BY user_id",
        row -> {
          UUID userId = row.id("user_id");
          return peer(userId, json.open(place(userId), row.bytes("peer")));
        });
  }

  /** Keeps a peer, unless they are known. */
  public void bring(Peer peer) {
    if (find(peer.userId()).isEmpty()) {
      keep(peer);
    }
  }

  /** The newest versions of all identities that were seen. */
  public List<Seen> seen() {
    return database.all(
        "SELECT * FROM identities ORDER BY fingerprint",
        row -> new Seen(row.text("fingerprint"), row.id("user_id"), row.number("version")));
  }

  /** Remembers the version, unless a newer one was seen. */
  public void bring(Seen seen) {
    database.write(
        """
        INSERT INTO identities (fingerprint, user_id, version) VALUES (?, ?, ?)
        ON CONFLICT (fingerprint) DO UPDATE SET version = max(version, excluded.version)
        """,
        seen.fingerprint(),
        seen.userId(),
        seen.version());
  }

  /** A name of all that is kept of somebody: another one once something of it has changed. */
  public String fingerprint(UUID userId) {
    return database
        .first(
            "SELECT peer FROM peers WHERE user_id = ?",
            row -> Fingerprint.of(json.open(place(userId), row.bytes("peer"))),
            userId)
        .orElse("");
  }

  /** Remembers the version of an identity's newest bundle, whatever becomes of who they are. */
  public void saw(Bundle bundle) {
    database.write(
        "INSERT OR REPLACE INTO identities VALUES (?, ?, ?)",
        fingerprint(bundle.identity()),
        bundle.userId(),
        bundle.version());
  }

  /** The version of the newest bundle that was seen of an identity. */
  public Optional<Long> newestSeen(Identity identity) {
    return database.first(
        "SELECT version FROM identities WHERE fingerprint = ?",
        row -> row.number("version"),
        fingerprint(identity));
  }

  private static String fingerprint(Identity identity) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(identity.fingerprint(Hash.SHA_256));
  }

  /** Keeps a one-time prekey that the server handed out; one that was seen before isn't kept. */
  public void offer(UUID userId, OfferedPrekey offered, Instant now) {
    String id = offered.prekey().id().text();
    database.write(
        "INSERT OR IGNORE INTO offered_prekeys VALUES (?, ?, ?, ?)",
        id,
        userId,
        now.toEpochMilli(),
        json.seal(prekeyPlace(id), offered.toMap()));
  }

  /** A one-time prekey that was handed out since then and wasn't used yet. */
  public Optional<OfferedPrekey> nextPrekey(UUID userId, Instant since) {
    return database.first(
        """
        SELECT * FROM offered_prekeys WHERE user_id = ? AND offered_ms >= ? AND offer IS NOT NULL
        ORDER BY rowid LIMIT 1
        """,
        row ->
            OfferedPrekey.fromMap(json.open(prekeyPlace(row.text("key_id")), row.bytes("offer"))),
        userId,
        since.toEpochMilli());
  }

  /** The prekey was used, or is no good: it isn't taken again, whoever hands it out. */
  public void spend(KeyId prekey) {
    database.write("UPDATE offered_prekeys SET offer = NULL WHERE key_id = ?", prekey);
  }

  public boolean isSpent(KeyId prekey) {
    return database
        .first(
            "SELECT 1 AS there FROM offered_prekeys WHERE key_id = ? AND offer IS NULL",
            row -> row.number("there"),
            prekey)
        .isPresent();
  }

  /** Those of an identity that is no longer theirs. */
  public void dropPrekeys(UUID userId) {
    database.write("UPDATE offered_prekeys SET offer = NULL WHERE user_id = ?", userId);
  }

  /** All that are left: another copy of this store may have used them. */
  public void dropPrekeys() {
    database.write("UPDATE offered_prekeys SET offer = NULL WHERE offer IS NOT NULL");
  }

  private static Map<String, Object> toMap(Peer peer) {
    var map = new LinkedHashMap<String, Object>();
    map.put(BUNDLE, peer.bundle().toMap());
    map.put(FLOOR, peer.floor().version());
    map.put(FLOOR_VERSION, peer.floorVersion());
    peer.changed().ifPresent(changed -> map.put(CHANGED, changed.toMap()));
    return map;
  }

  private static Peer peer(UUID userId, Map<String, Object> map) {
    Suite floor =
        Arrays.stream(Suite.values())
            .filter(suite -> suite.version().equals(map.get(FLOOR)))
            .findFirst()
            .orElseThrow(
                () -> new StoreException("A newer program made this store: update this one."));
    return new Peer(
        userId,
        SignedBundle.fromMap(object(map.get(BUNDLE))),
        floor,
        ((Number) map.get(FLOOR_VERSION)).longValue(),
        Optional.ofNullable(map.get(CHANGED))
            .map(changed -> SignedBundle.fromMap(object(changed))));
  }

  @SuppressWarnings("unchecked") // As toMap() wrote it.
  private static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  private static String place(UUID userId) {
    return "peers/" + userId;
  }

  private static String prekeyPlace(String id) {
    return "offered_prekeys/" + id;
  }

  /**
   * Somebody who is known.
   *
   * @param checked when the server was last asked for a newer bundle
   */
  public record Known(Peer peer, Instant checked) {}

  /**
   * The version of the newest bundle that was seen of an identity.
   *
   * @param fingerprint SHA-256 of the identity's keys, base64url
   */
  public record Seen(String fingerprint, UUID userId, long version) {}
}
