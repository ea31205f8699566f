package io.quantchat.client.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.model.DamagedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Looks for what was deleted in all files of a store, as somebody does who has the disk. */
public final class Carver {

  /** So many bytes at a place that is a multiple of it: what remains is seldom whole. */
  private static final int PIECE = Long.BYTES;

  private Carver() {}

  /**
   * What is in a column, by its row's name. The store is closed, or settled.
   *
   * @param name an SQL expression
   */
  public static Map<String, byte[]> sealed(Path store, String name, String column, String from) {
    var found = new LinkedHashMap<String, byte[]>();
    try {
      // A copy, for the store itself may be open.
      Path copy = Files.createTempFile(store.getParent(), "carved", ".copy");
      Files.write(copy, Files.readAllBytes(store));
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
          Statement statement = connection.createStatement();
          ResultSet cursor =
              statement.executeQuery("SELECT %s, %s FROM %s".formatted(name, column, from))) {
        while (cursor.next()) {
          found.put(cursor.getString(1), cursor.getBytes(2));
        }
      }
      for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
        Files.deleteIfExists(Path.of(copy + suffix));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  /** The files of a store: itself, its log, journals, whatever else has its name. */
  public static List<Path> files(Path store) {
    try (Stream<Path> all = Files.list(store.getParent())) {
      String name = store.getFileName().toString();
      return all.filter(file -> file.getFileName().toString().startsWith(name))
          .filter(Files::isRegularFile)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The secrets of which a part is in one of the files. */
  public static List<String> remains(Path store, Map<String, byte[]> secrets) {
    var pieces = new HashMap<Long, String>();
    secrets.forEach(
        (name, secret) -> {
          for (int at = 0; at + PIECE <= secret.length; at += PIECE) {
            pieces.put(ByteBuffer.wrap(secret).getLong(at), name);
          }
        });
    var found = new ArrayList<String>();
    for (Path file : files(store)) {
      ByteBuffer bytes = ByteBuffer.wrap(read(file));
      for (int at = 0; at + PIECE <= bytes.limit(); at++) {
        String name = pieces.get(bytes.getLong(at));
        if (name != null) {
          found.add(name + " in " + file.getFileName() + " at " + at);
        }
      }
    }
    return found;
  }

  /** Which of the places something opens at, with the key of the store, anywhere in the files. */
  static Set<String> opening(Path store, RowCipher cipher, Map<String, byte[]> places) {
    var opened = new HashSet<String>();
    for (Path file : files(store)) {
      byte[] bytes = read(file);
      places.forEach(
          (place, secret) -> {
            for (int at = 0; at + secret.length <= bytes.length; at++) {
              // What begins with zeros is no nonce; most of a file is zeros.
              boolean blank = bytes[at] == 0 && bytes[at + 1] == 0;
              if (!blank && opens(cipher, place, bytes, at, at + secret.length)) {
                opened.add(place);
              }
            }
          });
    }
    return opened;
  }

  private static boolean opens(RowCipher cipher, String place, byte[] bytes, int from, int to) {
    try {
      cipher.open(place, Arrays.copyOfRange(bytes, from, to));
      return true;
    } catch (DamagedException e) {
      return false;
    }
  }

  /** The key of a store that is closed. */
  static RowCipher key(Path store, String passphrase) {
    try (Database database = Database.open(store)) {
      return new Vault(database, new SecureRandom())
          .unlock(passphrase.toCharArray(), Schema.VERSION)
          .cipher(new SecureRandom());
    }
  }

  /** None of it is anywhere. */
  public static void assertGone(Path store, Map<String, byte[]> secrets) {
    assertThat(secrets).isNotEmpty();
    assertThat(remains(store, secrets)).isEmpty();
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
