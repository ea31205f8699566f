package io.quantchat.client.store;

import io.quantchat.client.model.DamagedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Vouches for the rows: who can write the file, and hasn't the key, can neither alter one, nor add
 * one, nor take one away. The sum of all rows' digests stands, sealed, in the one row of {@code
 * ledger}, and is written in each transaction. It is kept by triggers of the connection, none of
 * which is in the file.
 *
 * <p>Of what is sealed, the nonce and the tag stand for the whole: if a bit in between is flipped,
 * that one part can't be opened, and all others can.
 */
final class Ledger implements TransactionObserver, AutoCloseable {

  private static final String PLACE = "ledger";
  private static final String PURPOSE = "QuantChat store: rows of the ledger";

  private final Database database;
  private final SealedJson json;
  private final RowSum sum = new RowSum();
  private final StoreWitness witness;
  private final Path file;

  /** As it was last written; in a transaction, as it will be. */
  private LedgerEntry entry;

  private long changesWritten;
  private boolean due;

  private Ledger(Database database, StoreKey key, RowCipher cipher, Path file) {
    this.database = database;
    this.json = new SealedJson(cipher);
    this.file = file;
    this.witness = new StoreWitness(file, cipher);
    database.addFunction(new RowDigest(key.derived(PURPOSE, RowDigest.ALGORITHM), sum));
  }

  /** Begins to vouch for the rows that are there. In the transaction in which they are made. */
  static Ledger begin(Database database, StoreKey key, RowCipher cipher, Path file) {
    var ledger = new Ledger(database, key, cipher, file);
    List<LedgerTable> tables = LedgerTable.of(database);
    ledger.count(tables);
    ledger.entry =
        new LedgerEntry(
            0, UUID.randomUUID(), FileIdentity.of(file), Optional.empty(), "", ledger.rows());
    if (ledger.witness.seen() > 0) {
      // This store was of a later version once.
      ledger.entry = ledger.entry.found(Copy.OLDER);
    }
    database.write("INSERT INTO ledger VALUES (1, ?)", new byte[0]);
    ledger.due = true;
    ledger.watch(tables);
    return ledger;
  }

  /**
   * Goes on vouching for the rows.
   *
   * @throws DamagedException where they aren't those that were there
   */
  static Ledger goOn(Database database, StoreKey key, RowCipher cipher, Path file) {
    var ledger = new Ledger(database, key, cipher, file);
    ledger.entry = ledger.read();
    List<LedgerTable> tables = LedgerTable.of(database);
    ledger.count(tables);
    boolean same =
        isSame(ledger.entry.rows(), ledger.rows())
            && isSame(ledger.entry.sequence(), ledger.sequence());
    if (!same) {
      throw new DamagedException(SchemaCheck.ALTERED);
    }
    ledger.changesWritten = ledger.sum.changes();
    ledger.look();
    ledger.watch(tables);
    return ledger;
  }

  private LedgerEntry read() {
    List<byte[]> rows = database.all("SELECT * FROM ledger", row -> row.bytes("sealed"));
    if (rows.size() != 1) {
      throw new DamagedException(SchemaCheck.ALTERED);
    }
    try {
      return LedgerEntry.fromMap(json.open(PLACE, rows.getFirst()));
    } catch (DamagedException e) {
      throw new DamagedException(SchemaCheck.ALTERED, e);
    }
  }

  private void count(List<LedgerTable> tables) {
    sum.clear();
    for (LedgerTable table : tables) {
      database.first(table.counting(), row -> row.number("counted"));
    }
  }

  private void watch(List<LedgerTable> tables) {
    tables.stream().flatMap(table -> table.triggers().stream()).forEach(database::define);
    database.observe(this);
  }

  /** Whether it is what was last written, or a copy. */
  private void look() {
    Optional<FileIdentity> now = FileIdentity.of(file);
    boolean another =
        now.isPresent() && entry.file().isPresent() && now.get().isAnotherThan(entry.file().get());
    if (entry.copy().isPresent()) {
      return;
    }
    if (witness.seen() > entry.generation()) {
      entry = entry.found(Copy.OLDER);
    } else if (another) {
      entry = entry.found(Copy.ANOTHER_FILE);
    } else {
      // The file system may say more of it than when it had just been made.
      entry = entry.in(now);
    }
  }

  Optional<Copy> copy() {
    return entry.copy();
  }

  UUID epoch() {
    return entry.epoch();
  }

  /** It is the original from now on. In a transaction. */
  void acceptAsOriginal() {
    entry = entry.settled(witness.seen(), UUID.randomUUID(), FileIdentity.of(file));
    due = true;
  }

  @Override
  public Runnable mark() {
    RowSum before = sum.copy();
    LedgerEntry entryBefore = entry;
    boolean dueBefore = due;
    return () -> {
      sum.become(before);
      entry = entryBefore;
      due = dueBefore;
    };
  }

  @Override
  public void committing() {
    due |= sum.changes() != changesWritten;
    if (due) {
      entry = entry.with(entry.generation() + 1, sequence(), rows());
      database.write("UPDATE ledger SET sealed = ?", json.seal(PLACE, entry.toMap()));
    }
  }

  @Override
  public void committed() {
    if (due) {
      due = false;
      changesWritten = sum.changes();
      if (entry.copy().isEmpty()) {
        witness.see(entry.generation());
      }
    }
  }

  private String rows() {
    return sum.toString();
  }

  /** SQLite's own table, which bears no triggers. */
  private String sequence() {
    return database
        .first(
            "SELECT coalesce(group_concat(quote(name) || quote(seq)), '') AS given"
                + " FROM sqlite_sequence",
            row -> row.text("given"))
        .orElseThrow();
  }

  private static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    witness.close();
  }
}
