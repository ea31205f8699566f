package io.quantchat.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Ann and Ben, each with an account, keys and a program. */
record TwoPeople(Path folder, Person ann, Person ben) implements AutoCloseable {

  static TwoPeople registered(TestRelay relay) {
    try {
      Path folder = Files.createTempDirectory("two-people");
      return new TwoPeople(
          folder, Person.registered(relay, folder, "ann"), Person.registered(relay, folder, "ben"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    ann.close();
    ben.close();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
