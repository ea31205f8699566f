package io.quantchat.infra.database.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder whose files were cut or altered: all that was answered is there, or it says so. */
final class TornFileTest {

  private static final int KILLS = Integer.getInteger("quantchat.kills", 1);

  /** So many in each file, a few of each kind; {@code -Pslow} does thousands. */
  private static final int DAMAGES = KILLS > 1 ? 40 * KILLS : 16;

  private static final int PAGE = 8192;
  private static final Storage.Range ALL = new Storage.Range(null, null, true);

  @TempDir private Path temporary;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final Map<String, byte[]> answered = new TreeMap<>();

  /** As a process that was killed leaves it, with a log; and as one does that ended. */
  private Path killed;

  private Path closed;

  @BeforeEach
  void write() {
    killed = temporary.resolve("killed");
    closed = temporary.resolve("closed");
    Path written = temporary.resolve("written");
    try (DiskStorage storage = DiskStorage.open(written)) {
      storage.createSpace("rows");
      writeRows(storage, 0, 80);
    }
    try (DiskStorage storage = DiskStorage.open(written)) {
      writeRows(storage, 60, 140);
      storage.createSpace("more");
      writeRows(storage, 130, 150);
      // While a change runs, nothing else is written.
      storage.change(change -> copiedByAnother(written, killed));
    }
    copied(written, closed);
  }

  private void writeRows(DiskStorage storage, int from, int to) {
    for (int i = from; i < to; i++) {
      String key = "key %05d".formatted(random.nextInt(to));
      boolean put = random.nextInt(4) > 0;
      byte[] value = new byte[random.nextInt(20) == 0 ? 9000 : random.nextInt(1500)];
      random.nextBytes(value);
      storage.change(
          change -> {
            if (put) {
              change.put("rows", key.getBytes(UTF_8), value);
            } else {
              change.delete("rows", key.getBytes(UTF_8));
            }
            return null;
          });
      if (put) {
        answered.put(key, value);
      } else {
        answered.remove(key);
      }
    }
  }

  @Test
  void anUntouchedCopyHoldsAll() {
    assertThat(opens(copied(killed, temporary.resolve("a")))).isTrue();
    assertThat(opens(copied(closed, temporary.resolve("b")))).isTrue();
  }

  @Test
  void aFileThatWasCutIsNoticedWhereverItEnds() throws IOException {
    for (Path state : List.of(killed, closed)) {
      for (String name : names(state)) {
        int length = (int) Files.size(state.resolve(name));
        for (int end : ends(length)) {
          requireTruth(state, name, "cut at " + end, bytes -> Arrays.copyOf(bytes, end));
        }
      }
    }
  }

  @Test
  void aByteThatWasAlteredIsNoticedWhereverItIs() throws IOException {
    for (Path state : List.of(killed, closed)) {
      for (String name : names(state)) {
        int length = (int) Files.size(state.resolve(name));
        for (int i = 0; i < DAMAGES / 4 && length > 0; i++) {
          // Half of them where a page's own order stands.
          int at = random.nextInt(length);
          int place =
              i % 2 == 0 ? at : Math.min(length - 1, at / PAGE * PAGE + random.nextInt(100));
          int bit = 1 << random.nextInt(8);
          requireTruth(
              state,
              name,
              "byte %d ^ %d".formatted(place, bit),
              bytes -> {
                bytes[place] ^= (byte) bit;
                return bytes;
              });
        }
      }
    }
  }

  @Test
  void aPageThatWasLostOrMisplacedIsNoticed() throws IOException {
    for (Path state : List.of(killed, closed)) {
      for (String name : names(state)) {
        int pages = (int) Files.size(state.resolve(name)) / PAGE;
        for (int i = 0; i < DAMAGES / 4 && pages > 1; i++) {
          int page = random.nextInt(pages);
          int other = random.nextInt(pages);
          boolean emptied = random.nextBoolean();
          requireTruth(
              state,
              name,
              emptied ? "page %d empty".formatted(page) : "page %d as %d".formatted(page, other),
              bytes -> {
                if (emptied) {
                  Arrays.fill(bytes, page * PAGE, page * PAGE + PAGE, (byte) 0);
                } else {
                  System.arraycopy(bytes, other * PAGE, bytes, page * PAGE, PAGE);
                }
                return bytes;
              });
        }
      }
    }
  }

  /** The last rows then come before those that were read. */
  @Test
  void aPageInPlaceOfItsSuccessorIsNoticed() throws IOException {
    Path folder = temporary.resolve("successive");
    answered.clear();
    try (DiskStorage storage = DiskStorage.open(folder)) {
      storage.createSpace("rows");
      for (int i = 0; i < 60; i++) {
        String key = "key %05d".formatted(i);
        var value = new byte[500];
        storage.change(
            change -> {
              change.put("rows", key.getBytes(UTF_8), value);
              return null;
            });
        answered.put(key, value);
      }
    }
    String name =
        names(folder).stream()
            .max(Comparator.comparingLong(each -> folder.resolve(each).toFile().length()))
            .orElseThrow();
    for (int page = 2; page < Files.size(folder.resolve(name)) / PAGE; page++) {
      int place = page * PAGE;
      requireTruth(
          folder,
          name,
          "page %d as the one before".formatted(page),
          bytes -> {
            System.arraycopy(bytes, place - PAGE, bytes, place, PAGE);
            return bytes;
          });
    }
  }

  @Test
  void aFileThatIsMissingIsNoticed() throws IOException {
    for (Path state : List.of(killed, closed)) {
      for (String name : names(state)) {
        Path folder = copied(state, temporary.resolve("damaged"));
        Files.delete(folder.resolve(name));
        boolean opened = opens(folder);
        assertThat(opened)
            .as("%s without %s", state.getFileName(), name)
            .isEqualTo(name.endsWith("-shm") || name.endsWith("lock"));
      }
    }
  }

  @Test
  void anOlderDatabaseBesideANewerNoteIsNoticed() throws IOException {
    Path folder = copied(closed, temporary.resolve("damaged"));
    Path older = temporary.resolve("older");
    copied(folder, older);
    try (DiskStorage storage = DiskStorage.open(folder)) {
      // A row for certain: to delete one that isn't there writes nothing.
      storage.change(
          change -> {
            change.put("rows", "newer".getBytes(UTF_8), new byte[1]);
            return null;
          });
    }
    Files.copy(
        older.resolve("tables.db"),
        folder.resolve("tables.db"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThatExceptionOfType(DamagedException.class)
        .isThrownBy(() -> DiskStorage.open(folder))
        .withMessage(
            "The database in %s is damaged (1 groups of writes that were answered are missing): put"
                    .formatted(folder)
                + " a backup into an empty folder, or begin anew with another folder.");
  }

  @Test
  void aLargeDatabaseIsReadMeanwhileAndRefusedThenIfARowIsMissing() throws Exception {
    Path folder = copied(closed, temporary.resolve("damaged"));
    Path database = folder.resolve("tables.db");
    try (Session session = Session.open(folder, database, List.of())) {
      session.run("DELETE FROM s1 WHERE k = (SELECT min(k) FROM s1)");
    }
    try (DiskStorage storage = DiskStorage.open(folder, 0)) {
      assertThatExceptionOfType(DamagedException.class).isThrownBy(storage::check);
      assertThatExceptionOfType(DamagedException.class)
          .isThrownBy(() -> storage.get("rows", new byte[1]));
      assertThatExceptionOfType(DamagedException.class)
          .isThrownBy(() -> storage.change(change -> null));
    }
  }

  private interface Damage {
    byte[] done(byte[] bytes);
  }

  private void requireTruth(Path state, String name, String what, Damage damage)
      throws IOException {
    Path folder = copied(state, temporary.resolve("damaged"));
    Path file = folder.resolve(name);
    Files.write(file, damage.done(Files.readAllBytes(file)));
    Path before = copied(folder, temporary.resolve("before"));
    try {
      if (!opens(folder)) {
        requireUnchanged(before, folder);
      }
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(
          "Seed %d: %s, %s, %s.".formatted(seed, state.getFileName(), name, what), e);
    }
  }

  /** Another part of what is refused may be found yet, and put back. */
  private static void requireUnchanged(Path before, Path after) throws IOException {
    for (String name : names(before)) {
      // The index of the log is made from it, whenever somebody looks.
      if (!name.endsWith("-shm")) {
        assertThat(after.resolve(name)).hasSameBinaryContentAs(before.resolve(name));
      }
    }
  }

  /** Whether it opens, and holds all then; if not, it says that it is damaged. */
  private boolean opens(Path folder) {
    DiskStorage storage;
    try {
      storage = DiskStorage.open(folder);
    } catch (DamagedException e) {
      assertThat(e).hasMessageContaining("is damaged").hasMessageEndingWith(" another folder.");
      return false;
    } catch (StorageException e) {
      // A database's mark that was altered is nobody's mark.
      assertThat(e).hasMessageContaining("put the backup into an empty folder");
      return false;
    }
    try (storage) {
      var found = new TreeMap<String, byte[]>();
      storage.scan(
          "rows",
          ALL,
          (key, value) -> {
            found.put(new String(key, UTF_8), value);
            return true;
          });
      assertThat(found.keySet()).isEqualTo(answered.keySet());
      answered.forEach((key, value) -> assertThat(found.get(key)).isEqualTo(value));
      storage.change(
          change -> {
            change.put("more", new byte[] {1}, new byte[] {1});
            return null;
          });
      return true;
    }
  }

  /** Where files are cut: at their ends, around pages, and anywhere. */
  private List<Integer> ends(int length) {
    var ends = new ArrayList<>(List.of(0, Math.min(1, length), Math.max(0, length - 1)));
    for (int i = 0; i < DAMAGES / 8 && length > 0; i++) {
      ends.add(random.nextInt(length));
      ends.add(Math.min(length, random.nextInt(length) / PAGE * PAGE));
    }
    return ends;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** This process must not open SQLite's files itself: closing them would let go of its locks. */
  private static Path copiedByAnother(Path from, Path to) {
    try {
      Process copy = new ProcessBuilder("cp", "-R", from.toString(), to.toString()).start();
      assertThat(copy.waitFor()).isZero();
      return to;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Over whatever was there. */
  private static Path copied(Path from, Path to) {
    try {
      Files.createDirectories(to);
      for (String name : names(to)) {
        Files.delete(to.resolve(name));
      }
      for (String name : names(from)) {
        Files.copy(from.resolve(name), to.resolve(name));
      }
      return to;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
