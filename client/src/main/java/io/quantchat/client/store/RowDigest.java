package io.quantchat.client.store;

import io.quantchat.client.model.StoreException;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.sqlite.Function;

/**
 * The SQL function that adds a row to the sum, or takes it out: {@code ledger_row(1 or -1, table,
 * value, ...)}. Of each row HMAC-SHA256 is taken over the table's name and every value, with its
 * type and length.
 */
final class RowDigest extends Function {

  static final String NAME = "ledger_row";

  static final String ALGORITHM = "HmacSHA256";
  private static final int INTEGER = 1;
  private static final int REAL = 2;
  private static final int TEXT = 3;
  private static final int BLOB = 4;

  private final Mac mac;
  private final RowSum sum;
  private byte[] row = new byte[512];
  private int size;

  RowDigest(SecretKey key, RowSum sum) {
    this.sum = sum;
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
    } catch (GeneralSecurityException e) {
      throw new StoreException("This Java has no HMAC-SHA256.", e);
    }
  }

  void addTo(Connection connection) throws SQLException {
    Function.create(connection, NAME, this);
  }

  @Override
  protected void xFunc() throws SQLException {
    size = 0;
    for (int i = 1; i < args(); i++) {
      take(i);
    }
    mac.update(row, 0, size);
    byte[] digest = mac.doFinal();
    if (value_int(0) > 0) {
      sum.add(digest);
    } else {
      sum.subtract(digest);
    }
  }

  private void take(int argument) throws SQLException {
    int type = value_type(argument);
    switch (type) {
      case INTEGER -> number(type, value_long(argument));
      case REAL -> number(type, Double.doubleToRawLongBits(value_double(argument)));
      // A text's bytes as they are: not every sequence of bytes is a text.
      case TEXT, BLOB -> bytes(type, value_blob(argument));
      default -> room(1)[size++] = (byte) type;
    }
  }

  private void number(int type, long value) {
    byte[] to = room(1 + Long.BYTES);
    to[size++] = (byte) type;
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      to[size++] = (byte) (value >>> shift);
    }
  }

  private void bytes(int type, byte[] nullable) {
    byte[] value = nullable == null ? new byte[0] : nullable;
    number(type, value.length);
    System.arraycopy(value, 0, room(value.length), size, value.length);
    size += value.length;
  }

  private byte[] room(int more) {
    if (row.length - size < more) {
      row = Arrays.copyOf(row, Math.max(2 * row.length, size + more));
    }
    return row;
  }
}
