package io.quantchat.client.store;

import io.quantchat.client.model.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** One row of an answer, by its columns' names. */
final class Row {

  private final ResultSet cursor;

  Row(ResultSet cursor) {
    this.cursor = cursor;
  }

  String text(String column) {
    return read(() -> cursor.getString(column));
  }

  /** Nothing for NULL. */
  Optional<String> optionalText(String column) {
    return Optional.ofNullable(text(column));
  }

  UUID id(String column) {
    return UUID.fromString(text(column));
  }

  long number(String column) {
    return read(() -> cursor.getLong(column));
  }

  byte[] bytes(String column) {
    return read(() -> cursor.getBytes(column));
  }

  /** Nothing for NULL. */
  Optional<byte[]> optionalBytes(String column) {
    return Optional.ofNullable(bytes(column));
  }

  private static <T> T read(Reading<T> reading) {
    try {
      return reading.read();
    } catch (SQLException e) {
      throw new StoreException("The store can't be read.", e);
    }
  }

  private interface Reading<T> {
    T read() throws SQLException;
  }
}
