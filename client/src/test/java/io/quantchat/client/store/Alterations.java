package io.quantchat.client.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What somebody may do to a store's files who can write them, chosen at random. */
final class Alterations {

  private static final List<String> SCHEMA =
      List.of(
          "CREATE TRIGGER theirs AFTER INSERT ON %s BEGIN DELETE FROM received; END",
          "CREATE TRIGGER theirs BEFORE DELETE ON %s BEGIN SELECT RAISE(IGNORE); END",
          "CREATE INDEX theirs ON %1$s (%2$s)",
          "CREATE UNIQUE INDEX theirs ON %1$s (%2$s DESC, rowid)",
          "CREATE TABLE theirs AS SELECT * FROM %s",
          "ALTER TABLE %s ADD COLUMN theirs TEXT DEFAULT 'x'",
          "ALTER TABLE %s ADD COLUMN theirs GENERATED ALWAYS AS (1)",
          "ALTER TABLE %1$s RENAME COLUMN %2$s TO theirs",
          "CREATE VIEW theirs AS SELECT * FROM %s",
          "DROP TABLE %s",
          "DROP INDEX messages_by_place");

  private static final List<String> WHOLE =
      List.of(
          "VACUUM",
          "REINDEX",
          "ANALYZE",
          "PRAGMA application_id = 7",
          "PRAGMA user_version = 0",
          "PRAGMA user_version = 1",
          "PRAGMA user_version = 3",
          "PRAGMA journal_mode = DELETE",
          "PRAGMA default_cache_size = 1",
          "PRAGMA auto_vacuum = FULL",
          "UPDATE sqlite_sequence SET seq = seq + 1",
          "UPDATE sqlite_sequence SET seq = 'x'",
          "DELETE FROM sqlite_sequence");

  private final Path file;
  private final List<Path> earlier;
  private final Random random;
  private final List<String> done = new ArrayList<>();
  private boolean putBack;

  /**
   * @param earlier states of the same store
   */
  Alterations(Path file, List<Path> earlier, Random random) {
    this.file = file;
    this.earlier = earlier;
    this.random = random;
  }

  /** Whether all of it is an earlier state now. */
  boolean isPutBack() {
    return putBack;
  }

  /** What was done. */
  @Override
  public String toString() {
    return String.join("; ", done);
  }

  /** Does one thing, or a few. */
  void alter() throws IOException, SQLException {
    switch (random.nextInt(12)) {
      case 0 -> flipBytes();
      case 1 -> putBackAll();
      default -> {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
            Statement statement = connection.createStatement()) {
          statement.execute("PRAGMA ignore_check_constraints = ON");
          statement.execute("ATTACH '" + earlier() + "' AS earlier");
          int times = random.nextInt(4) == 0 ? 2 : 1;
          for (int i = 0; i < times; i++) {
            tried(statement);
          }
        }
      }
    }
  }

  private Path earlier() {
    return earlier.get(random.nextInt(earlier.size()));
  }

  /** Constraints may be in the way; then that much isn't done. */
  private void tried(Statement statement) {
    try {
      rows(statement);
    } catch (SQLException refused) {
      done.add("not possible: " + refused.getMessage());
    }
  }

  private void rows(Statement statement) throws SQLException {
    String table = pick(tables(statement));
    String column = pick(columns(statement, table));
    String row = "rowid = (SELECT rowid FROM main.%s ORDER BY random() LIMIT 1)".formatted(table);
    switch (random.nextInt(13)) {
      case 0 ->
          execute(
              statement,
              "UPDATE main.%s SET %s = %s WHERE %s"
                  .formatted(table, column, value(table, column), row));
      case 1 ->
          execute(
              statement,
              "UPDATE main.%s SET %s = %s".formatted(table, column, value(table, column)));
      case 2 -> execute(statement, "DELETE FROM main.%s WHERE %s".formatted(table, row));
      case 3 -> execute(statement, "DELETE FROM main." + table);
      case 4 -> another(statement, table, column);
      case 5 -> swap(statement, table, column);
      case 6 -> putBackRow(statement, table);
      case 7 -> putBackTable(statement, table);
      case 8 -> {
        putBackTable(statement, table);
        putBackTable(statement, "ledger");
      }
      case 9 -> anotherType(statement, table, column);
      case 10 -> execute(statement, pick(SCHEMA).formatted(table, column));
      case 11 -> execute(statement, pick(WHOLE));
      default ->
          execute(
              statement,
              "UPDATE main.%s SET rowid = rowid + %d WHERE %s"
                  .formatted(table, 1 + random.nextInt(50), row));
    }
  }

  private String value(String table, String column) {
    return switch (random.nextInt(8)) {
      case 0 -> "NULL";
      case 1 -> String.valueOf(random.nextInt());
      case 2 -> "'x" + random.nextInt() + "'";
      case 3 -> "randomblob(40)";
      case 4 -> column + " + 1";
      case 5 -> "CAST(substr(%1$s, 1, 30) || x'5a' || substr(%1$s, 32) AS BLOB)".formatted(column);
      case 6 -> "upper(" + column + ")";
      default -> "(SELECT %s FROM main.%s ORDER BY random() LIMIT 1)".formatted(column, table);
    };
  }

  /** A row like one that is there, with another key. */
  private void another(Statement statement, String table, String column) throws SQLException {
    execute(
        statement,
        "CREATE TEMP TABLE taken AS SELECT * FROM main.%s ORDER BY random() LIMIT 1"
            .formatted(table));
    execute(statement, "UPDATE taken SET %s = %s".formatted(column, value(table, column)));
    try {
      execute(statement, "INSERT INTO main.%s SELECT * FROM taken".formatted(table));
    } finally {
      statement.execute("DROP TABLE taken");
    }
  }

  /** What is sealed, in another row of this or another table. */
  private void swap(Statement statement, String table, String column) throws SQLException {
    String other = random.nextBoolean() ? table : pick(tables(statement));
    String from = other.equals(table) ? column : pick(columns(statement, other));
    execute(
        statement,
        """
        UPDATE main.%s SET %s = (SELECT %s FROM main.%s ORDER BY random() LIMIT 1)
        WHERE rowid = (SELECT min(rowid) FROM main.%s)
        """
            .formatted(table, column, from, other, table));
  }

  private void putBackRow(Statement statement, String table) throws SQLException {
    execute(
        statement,
        "INSERT OR REPLACE INTO main.%s SELECT * FROM earlier.%s ORDER BY random() LIMIT 1"
            .formatted(table, table));
  }

  private void putBackTable(Statement statement, String table) throws SQLException {
    execute(statement, "DELETE FROM main." + table);
    String columns = String.join(", ", columns(statement, table));
    execute(
        statement,
        "INSERT INTO main.%1$s (rowid, %2$s) SELECT rowid, %2$s FROM earlier.%1$s"
            .formatted(table, columns));
  }

  /** Which a table's own types would prevent: they are others meanwhile. */
  private void anotherType(Statement statement, String table, String column) throws SQLException {
    String sql;
    try (ResultSet cursor =
        statement.executeQuery("SELECT sql FROM main.sqlite_schema WHERE name = '" + table + "'")) {
      cursor.next();
      sql = cursor.getString(1);
    }
    String loose =
        sql.replace(" INTEGER NOT", " NOT")
            .replace(" TEXT", "")
            .replace(" BLOB", "")
            .replace(" NOT NULL", "");
    String type = pick(List.of("TEXT", "BLOB", "INTEGER", "REAL"));
    define(statement, table, loose);
    try {
      execute(
          statement,
          "UPDATE main.%s SET %s = CAST(%s AS %s)".formatted(table, column, column, type));
    } finally {
      define(statement, table, sql);
    }
  }

  private static void define(Statement statement, String table, String sql) throws SQLException {
    statement.execute("PRAGMA writable_schema = ON");
    statement.execute(
        "UPDATE main.sqlite_schema SET sql = '%s' WHERE name = '%s'"
            .formatted(sql.replace("'", "''"), table));
    statement.execute("PRAGMA writable_schema = RESET");
  }

  private void flipBytes() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int at = random.nextInt(bytes.length);
    int count = random.nextInt(3) == 0 ? 1 + random.nextInt(64) : 1;
    for (int i = at; i < Math.min(bytes.length, at + count); i++) {
      bytes[i] ^= (byte) (1 + random.nextInt(255));
    }
    Files.write(file, bytes);
    done.add("flipped " + count + " bytes at " + at);
  }

  private void putBackAll() throws IOException {
    Path state = earlier();
    Files.write(file, Files.readAllBytes(state));
    putBack = true;
    done.add("put back " + state.getFileName());
  }

  private void execute(Statement statement, String sql) throws SQLException {
    done.add(sql.strip());
    statement.execute(sql);
  }

  private static List<String> tables(Statement statement) throws SQLException {
    return list(
        statement,
        "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name <> 'sqlite_sequence'");
  }

  private static List<String> columns(Statement statement, String table) throws SQLException {
    return list(statement, "SELECT name FROM pragma_table_info('" + table + "', 'main')");
  }

  private static List<String> list(Statement statement, String sql) throws SQLException {
    var found = new ArrayList<String>();
    try (ResultSet cursor = statement.executeQuery(sql)) {
      while (cursor.next()) {
        found.add(cursor.getString(1));
      }
    }
    return found;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
