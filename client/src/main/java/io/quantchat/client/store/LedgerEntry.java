package io.quantchat.client.store;

import io.quantchat.client.model.DamagedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What the ledger says of the store.
 *
 * @param generation how many commits there were
 * @param epoch of the store, until it is found to be a copy
 * @param file which it was in
 * @param copy what it was found to be, and isn't settled yet
 * @param sequence the last positions that were given out
 * @param rows all that are there
 */
record LedgerEntry(
    long generation,
    UUID epoch,
    Optional<FileIdentity> file,
    Optional<Copy> copy,
    String sequence,
    String rows) {

  private static final String GENERATION = "generation";
  private static final String EPOCH = "epoch";
  private static final String FILE = "file";
  private static final String COPY = "copy";
  private static final String SEQUENCE = "sequence";
  private static final String ROWS = "rows";

  LedgerEntry with(long generation, String sequence, String rows) {
    return new LedgerEntry(generation, epoch, file, copy, sequence, rows);
  }

  LedgerEntry found(Copy found) {
    return new LedgerEntry(generation, epoch, file, Optional.of(found), sequence, rows);
  }

  LedgerEntry in(Optional<FileIdentity> identity) {
    return new LedgerEntry(generation, epoch, identity, copy, sequence, rows);
  }

  /** The store of another epoch, an original from now on. */
  LedgerEntry settled(long newest, UUID another, Optional<FileIdentity> identity) {
    return new LedgerEntry(
        Math.max(generation, newest), another, identity, Optional.empty(), sequence, rows);
  }

  Map<String, Object> toMap() {
    var map = new LinkedHashMap<String, Object>();
    map.put(GENERATION, generation);
    map.put(EPOCH, epoch.toString());
    file.ifPresent(identity -> map.put(FILE, identity.text()));
    copy.ifPresent(found -> map.put(COPY, found.name()));
    map.put(SEQUENCE, sequence);
    map.put(ROWS, rows);
    return map;
  }

  /**
   * @throws DamagedException where it isn't one
   */
  static LedgerEntry fromMap(Map<String, Object> map) {
    try {
      return new LedgerEntry(
          ((Number) map.get(GENERATION)).longValue(),
          UUID.fromString((String) map.get(EPOCH)),
          Optional.ofNullable((String) map.get(FILE)).map(FileIdentity::fromText),
          Optional.ofNullable((String) map.get(COPY)).map(Copy::valueOf),
          (String) map.get(SEQUENCE),
          (String) map.get(ROWS));
    } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
      throw new DamagedException("The store is damaged: its ledger can't be read.", e);
    }
  }
}
