package io.quantchat.infra.database.storage;

import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/**
 * A range as it is read, some rows at a time: while a reader is shown them, no connection is held,
 * and the log can be emptied. Who wants more gets more at a time.
 */
final class Scan {

  private static final int FIRST_ROWS = 16;
  private static final int MOST_ROWS = 1024;
  private static final long ENOUGH_BYTES = 256 * 1024;

  private final Table table;
  private final Storage.Range range;
  private int rows = FIRST_ROWS;
  private byte[] last;
  private boolean ended;

  Scan(Table table, Storage.Range range) {
    this.table = table;
    this.range = range;
    ended = range.isEmpty();
  }

  /**
   * Shows the range.
   *
   * @param source reads what this scan says is next, in a session of its choice
   */
  void show(Storage.Reader reader, Function<Scan, List<Session.Row>> source) {
    while (!ended) {
      for (Session.Row row : source.apply(this)) {
        if (!reader.read(row.key(), row.value())) {
          return;
        }
      }
    }
  }

  /** Reads on; none when it has ended. */
  List<Session.Row> next(Session session) throws SQLException {
    List<Session.Row> read = session.rows(table, range, last, rows, ENOUGH_BYTES);
    if (read.isEmpty()) {
      ended = true;
      return read;
    }
    last = read.getLast().key();
    rows = Math.min(2 * rows, MOST_ROWS);
    return read;
  }
}
