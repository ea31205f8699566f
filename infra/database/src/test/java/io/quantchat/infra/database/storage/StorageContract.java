package io.quantchat.infra.database.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every storage does. */
abstract class StorageContract {

  private static final Storage.Range ALL = new Storage.Range(null, null, true);

  private Storage storage;

  abstract Storage open();

  @BeforeEach
  void createSpace() {
    storage = open();
    storage.createSpace("letters");
  }

  @AfterEach
  void closeIt() {
    storage.close();
  }

  @Test
  void whatWasPutIsThereUntilItIsDeleted() {
    put("a", "1");
    assertThat(get("a")).isEqualTo("1");
    put("a", "2");
    assertThat(get("a")).isEqualTo("2");
    delete("a");
    assertThat(get("a")).isNull();
    delete("a");
    assertThat(get("a")).isNull();
    assertThat(storage.stats().entries()).isZero();
  }

  @Test
  void keysAndValuesMayBeEmpty() {
    put("", "");
    assertThat(get("")).isEmpty();
    assertThat(keys(ALL)).containsExactly("");
  }

  @Test
  void keysAreInTheOrderOfTheirUnsignedBytes() {
    List<String> inOrder =
        List.of("", "00", "0000", "01", "7f", "7fff", "80", "8000", "ff", "ffff");
    List<String> mixed = new ArrayList<>(inOrder);
    Collections.shuffle(mixed, new Random(1));
    for (String key : mixed) {
      storage.change(
          change -> {
            change.put("letters", HexFormat.of().parseHex(key), new byte[] {1});
            return null;
          });
    }
    assertThat(hexKeys(ALL)).isEqualTo(inOrder);
    assertThat(hexKeys(new Storage.Range(null, null, false))).isEqualTo(inOrder.reversed());
  }

  @Test
  void aRangeHoldsItsBeginningAndNotItsEndInBothDirections() {
    for (String key : List.of("a", "b", "c", "d")) {
      put(key, key);
    }
    assertThat(keys(range("b", "d", true))).containsExactly("b", "c");
    assertThat(keys(range("b", "d", false))).containsExactly("c", "b");
    assertThat(keys(range(null, "b", true))).containsExactly("a");
    assertThat(keys(range("c", null, false))).containsExactly("d", "c");
    assertThat(keys(range("bb", "cc", true))).containsExactly("c");
    assertThat(keys(range("c", "c", true))).isEmpty();
    assertThat(keys(range("d", "a", true))).isEmpty();
    assertThat(keys(range("d", "a", false))).isEmpty();
  }

  @Test
  void aReaderIsShownNoMoreThanItWants() {
    for (int i = 0; i < 100; i++) {
      put("%03d".formatted(i), "x");
    }
    var seen = new ArrayList<String>();
    storage.scan(
        "letters",
        ALL,
        (key, value) -> {
          seen.add(text(key));
          return seen.size() < 3;
        });
    assertThat(seen).containsExactly("000", "001", "002");
  }

  @Test
  void aReaderMayReadAndWriteOtherEntries() {
    for (int i = 0; i < 50; i++) {
      put("%03d".formatted(i), "x");
    }
    var seen = new ArrayList<String>();
    storage.scan(
        "letters",
        ALL,
        (key, value) -> {
          seen.add(text(key));
          delete(text(key));
          return true;
        });
    assertThat(seen).hasSize(50);
    assertThat(keys(ALL)).isEmpty();
  }

  @Test
  void readsLikeASortedMapWhateverIsDone() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var expected = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
    for (int step = 0; step < 300; step++) {
      int writes = 1 + random.nextInt(20);
      boolean forwards = random.nextBoolean();
      storage.change(
          change -> {
            for (int i = 0; i < writes; i++) {
              byte[] key = randomBytes(random, 3);
              if (random.nextInt(3) == 0) {
                change.delete("letters", key);
                expected.remove(key);
              } else {
                byte[] value = randomBytes(random, random.nextInt(100) == 0 ? 300_000 : 300);
                change.put("letters", key, value);
                expected.put(key, value);
              }
            }
            return null;
          });
      byte[] from = random.nextInt(4) == 0 ? null : randomBytes(random, 3);
      byte[] to = random.nextInt(4) == 0 ? null : randomBytes(random, 3);
      var range = new Storage.Range(from, to, forwards);
      var wanted = new ArrayList<String>();
      expected.forEach(
          (key, value) -> {
            boolean behindFrom = from == null || Arrays.compareUnsigned(key, from) >= 0;
            if (behindFrom && (to == null || Arrays.compareUnsigned(key, to) < 0)) {
              wanted.add(HexFormat.of().formatHex(key) + Arrays.hashCode(value));
            }
          });
      var found = new ArrayList<String>();
      storage.scan(
          "letters",
          range,
          (key, value) -> found.add(HexFormat.of().formatHex(key) + Arrays.hashCode(value)));
      assertThat(found)
          .as("seed %d, step %d", seed, step)
          .isEqualTo(forwards ? wanted : wanted.reversed());
    }
    assertThat(storage.stats().entries()).isEqualTo(expected.size());
  }

  @Test
  void aChangeSeesWhatWasThereBeforeItAndNotItsOwnWrites() {
    put("a", "1");
    String seen =
        storage.change(
            change -> {
              change.put("letters", bytes("a"), bytes("2"));
              change.put("letters", bytes("b"), bytes("2"));
              var keys = new ArrayList<String>();
              change.scan("letters", ALL, (key, value) -> keys.add(text(key)));
              return text(change.get("letters", bytes("a"))) + keys;
            });
    assertThat(seen).isEqualTo("1[a]");
    assertThat(get("a") + get("b")).isEqualTo("22");
  }

  @Test
  void theLastWriteOfAKeyInAChangeCounts() {
    storage.change(
        change -> {
          change.put("letters", bytes("a"), bytes("1"));
          change.delete("letters", bytes("a"));
          change.delete("letters", bytes("b"));
          change.put("letters", bytes("b"), bytes("1"));
          return null;
        });
    assertThat(keys(ALL)).containsExactly("b");
  }

  @Test
  void nothingIsLeftOfAChangeThatThrowsAndItsCallerIsThrownTheSame() {
    put("a", "1");
    var expected = new IllegalArgumentException("no");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(
            () ->
                storage.change(
                    change -> {
                      change.put("letters", bytes("a"), bytes("2"));
                      change.put("letters", bytes("b"), bytes("2"));
                      throw expected;
                    }))
        .isSameAs(expected);
    assertThat(keys(ALL)).containsExactly("a");
    assertThat(get("a")).isEqualTo("1");
  }

  @Test
  void anErrorInAChangeIsItsCallersToo() {
    assertThatExceptionOfType(StackOverflowError.class)
        .isThrownBy(
            () ->
                storage.change(
                    change -> {
                      throw new StackOverflowError();
                    }));
    put("a", "1");
    assertThat(get("a")).isEqualTo("1");
  }

  @Test
  void aChangeInsideOfAnotherIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> storage.change(change -> storage.change(inner -> null)));
  }

  @Test
  void noUpdateIsLostHoweverManyWriteAtOnce() throws Exception {
    int writers = 16;
    int each = 50;
    put("n", "0");
    long before = storage.stats().changes();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (int i = 0; i < writers; i++) {
        running.add(
            executor.submit(
                () -> {
                  for (int j = 0; j < each; j++) {
                    storage.change(
                        change -> {
                          int n = Integer.parseInt(text(change.get("letters", bytes("n"))));
                          change.put("letters", bytes("n"), bytes(Integer.toString(n + 1)));
                          return null;
                        });
                  }
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    assertThat(get("n")).isEqualTo(Integer.toString(writers * each));
    assertThat(storage.stats().changes()).isEqualTo(before + writers * (long) each);
  }

  @Test
  void whoHasBeenAnsweredReadsWhatItWrote() throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (int i = 0; i < 32; i++) {
        String key = "k" + i;
        running.add(
            executor.submit(
                () -> {
                  for (int j = 0; j < 20; j++) {
                    put(key, Integer.toString(j));
                    assertThat(get(key)).isEqualTo(Integer.toString(j));
                  }
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
  }

  @Test
  void spacesAreApart() {
    storage.createSpace("other");
    put("a", "1");
    assertThat(storage.get("other", bytes("a"))).isNull();
    storage.createSpace("letters");
    assertThat(get("a")).isEqualTo("1");
    assertThat(storage.spaces()).containsExactlyInAnyOrder("letters", "other");
    storage.dropSpace("letters");
    storage.dropSpace("letters");
    assertThat(storage.spaces()).containsExactly("other");
    storage.createSpace("letters");
    assertThat(get("a")).isNull();
  }

  @Test
  void aSpaceThatIsNotThereIsNamed() {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> storage.get("none", bytes("a")))
        .withMessage("There is no space none.");
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> storage.scan("none", ALL, (key, value) -> true))
        .withMessage("There is no space none.");
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(
            () ->
                storage.change(
                    change -> {
                      change.put("none", bytes("a"), bytes("1"));
                      return null;
                    }))
        .withMessage("There is no space none.");
  }

  @Test
  void whatComesAfterTheCloseIsRefused() {
    put("a", "1");
    storage.close();
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> get("a"))
        .withMessage("The storage is closed: open it again.");
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> put("a", "2"))
        .withMessage("The storage is closed: open it again.");
    storage.close();
  }

  private void put(String key, String value) {
    storage.change(
        change -> {
          change.put("letters", bytes(key), bytes(value));
          return null;
        });
  }

  private void delete(String key) {
    storage.change(
        change -> {
          change.delete("letters", bytes(key));
          return null;
        });
  }

  private String get(String key) {
    return text(storage.get("letters", bytes(key)));
  }

  private List<String> keys(Storage.Range range) {
    var keys = new ArrayList<String>();
    storage.scan("letters", range, (key, value) -> keys.add(text(key)));
    return keys;
  }

  private List<String> hexKeys(Storage.Range range) {
    var keys = new ArrayList<String>();
    storage.scan("letters", range, (key, value) -> keys.add(HexFormat.of().formatHex(key)));
    return keys;
  }

  private static Storage.Range range(String from, String to, boolean forward) {
    return new Storage.Range(
        from == null ? null : bytes(from), to == null ? null : bytes(to), forward);
  }

  private static byte[] randomBytes(Random random, int longest) {
    byte[] bytes = new byte[random.nextInt(longest + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : UTF_8.decode(ByteBuffer.wrap(bytes)).toString();
  }
}
