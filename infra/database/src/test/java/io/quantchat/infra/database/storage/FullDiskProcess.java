package io.quantchat.infra.database.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that writes until the disk is full, makes room, and goes on. */
public final class FullDiskProcess {

  private static final String SPACE = "rows";

  private FullDiskProcess() {}

  /**
   * Says what has happened, in one line.
   *
   * @param arguments a small disk's folder
   */
  public static void main(String[] arguments) throws IOException {
    Path disk = Path.of(arguments[0]);
    Path filler = Files.write(disk.resolve("filler"), new byte[1 << 20]);
    Path folder = disk.resolve("data");
    int answered = 0;
    int more = 0;
    String failure;
    try (DiskStorage storage = DiskStorage.open(folder)) {
      storage.createSpace(SPACE);
      failure = null;
      while (failure == null) {
        try {
          put(storage, answered);
          answered++;
        } catch (StorageException e) {
          failure = e.getMessage();
        }
      }
      requireAll(storage, answered);
      Files.delete(filler);
      for (; more < 20; more++) {
        put(storage, answered + more);
      }
      requireAll(storage, answered + more);
      storage.check();
    }
    try (DiskStorage storage = DiskStorage.open(folder)) {
      requireAll(storage, answered + more);
    }
    System.out.println(answered + more + " are there; once it was: " + failure);
  }

  private static void put(Storage storage, int i) {
    storage.change(
        change -> {
          change.put(SPACE, key(i), new byte[3000]);
          return null;
        });
  }

  private static void requireAll(Storage storage, int count) {
    for (int i = 0; i < count; i++) {
      if (storage.get(SPACE, key(i)) == null) {
        throw new AssertionError("%d of %d is missing.".formatted(i, count));
      }
    }
    if (storage.stats().entries() != count) {
      throw new AssertionError("There are %s, not %d.".formatted(storage.stats(), count));
    }
  }

  private static byte[] key(int i) {
    return "key %06d".formatted(i).getBytes(UTF_8);
  }
}
