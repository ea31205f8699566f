package io.quantchat.infra.database.storage;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Reads a whole database, and compares it with its ledger, which is of the same moment. */
final class Inspection {

  private static final int ROWS = 1024;
  private static final long BYTES = 1024 * 1024;

  private final Path folder;
  private final Session session;
  private volatile boolean stopped;

  Inspection(Path folder, Session session) {
    this.folder = folder;
    this.session = session;
  }

  /**
   * Looks at every row, and at how SQLite's pages hang together.
   *
   * @throws DamagedException if rows are altered, missing or too many
   */
  void run() throws SQLException {
    session.run("BEGIN");
    try {
      requireTables(session.ledger());
      for (Map.Entry<String, Ledger.Space> space : session.ledger().spaces().entrySet()) {
        inspect(space.getKey(), space.getValue());
      }
      if (!stopped) {
        List<String> verdict = session.first("PRAGMA quick_check(1)");
        if (!verdict.equals(List.of("ok"))) {
          throw new DamagedException(folder, "its pages don't hang together");
        }
      }
    } finally {
      session.run("ROLLBACK");
    }
  }

  private void requireTables(Ledger ledger) throws SQLException {
    List<String> tables = session.first("SELECT count(*) FROM sqlite_schema WHERE type = 'table'");
    if (Long.parseLong(tables.getFirst()) != ledger.spaces().size() + 1) {
      throw new DamagedException(folder, "it holds other tables than its ledger");
    }
  }

  private void inspect(String name, Ledger.Space space) throws SQLException {
    var all = new Storage.Range(null, null, true);
    long rows = 0;
    long digest = 0;
    byte[] last = null;
    // A page that stands in place of another can lead back to rows that were read, again and again.
    while (rows <= space.rows()) {
      List<Session.Row> read = session.rows(space.table(), all, last, ROWS, BYTES);
      if (stopped) {
        return;
      }
      if (read.isEmpty()) {
        break;
      }
      for (Session.Row row : read) {
        rows++;
        digest += RowHash.of(space.table().name, row.key(), row.value());
      }
      last = read.getLast().key();
    }
    if (rows != space.rows() || digest != space.digest()) {
      throw new DamagedException(
          folder, "of %d entries in %s it holds %d".formatted(space.rows(), name, rows));
    }
  }

  /** Has it end soon, without a verdict. */
  void stop() {
    stopped = true;
  }
}
