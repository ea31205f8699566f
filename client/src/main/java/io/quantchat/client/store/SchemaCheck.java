package io.quantchat.client.store;

import io.quantchat.client.model.DamagedException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.sqlite.JDBC;

/**
 * Whether a file has the tables and indexes that this program makes, and nothing besides: a trigger
 * or a view of somebody else's would change what a statement does.
 */
final class SchemaCheck {

  static final String ALTERED =
      "The store was altered by something other than this program: go back to a copy of it.";

  private static final String ENCODING = "UTF-8";

  private SchemaCheck() {}

  /**
   * @return whether there is nothing in the file yet
   */
  static boolean isEmpty(Statement statement) throws SQLException {
    return objects(statement).isEmpty();
  }

  /**
   * @param version 1, or that of this program
   * @throws DamagedException where the file has others
   */
  static void check(Statement statement, long version) throws SQLException {
    List<String> found = objects(statement);
    boolean known =
        version == Schema.VERSION
            ? found.equals(Known.NEW) || found.equals(Known.MIGRATED)
            : version == 1 && found.equals(Known.V1);
    // Both stand in the file's header: how its texts compare, and what becomes of freed pages.
    boolean plain =
        ENCODING.equals(text(statement, "PRAGMA encoding"))
            && "0".equals(text(statement, "PRAGMA auto_vacuum"));
    if (!known || !plain) {
      throw new DamagedException(ALTERED);
    }
  }

  static long versionOf(Statement statement) throws SQLException {
    return Long.parseLong(text(statement, "PRAGMA user_version"));
  }

  private static String text(Statement statement, String pragma) throws SQLException {
    try (ResultSet cursor = statement.executeQuery(pragma)) {
      cursor.next();
      return cursor.getString(1);
    }
  }

  @SafeVarargs
  private static List<String> madeBy(List<String>... statements) {
    try (Connection connection = new JDBC().connect(JDBC.PREFIX + ":memory:", new Properties());
        Statement statement = connection.createStatement()) {
      for (List<String> part : statements) {
        for (String sql : part) {
          statement.execute(sql);
        }
      }
      return objects(statement);
    } catch (SQLException e) {
      throw new IllegalStateException("The store's tables can't be made.", e);
    }
  }

  private static List<String> objects(Statement statement) throws SQLException {
    var objects = new ArrayList<String>();
    try (ResultSet cursor =
        statement.executeQuery(
            """
            SELECT quote(type) || quote(name) || quote(tbl_name) || quote(sql) AS object
            FROM main.sqlite_schema ORDER BY object
            """)) {
      while (cursor.next()) {
        objects.add(cursor.getString(1));
      }
    }
    return objects;
  }

  /** What there is in a file, as SQLite itself writes it down. */
  private static final class Known {

    static final List<String> NEW = madeBy(Schema.TABLES);
    static final List<String> MIGRATED = madeBy(FormerSchema.V1, Schema.FROM_V1);
    static final List<String> V1 = madeBy(FormerSchema.V1);
  }
}
