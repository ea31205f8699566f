package io.quantchat.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Somebody who stays, with an account, keys and a program, while others come and go. */
record Resident(Path folder, Person person) implements AutoCloseable {

  static Resident registered(TestRelay relay) {
    try {
      Path folder = Files.createTempDirectory("resident");
      return new Resident(folder, Person.registered(relay, folder, "resident"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Person withNewProgram() {
    person.close();
    person.forgetEvents();
    person.start(step -> {});
    return person;
  }

  @Override
  public void close() throws IOException {
    person.close();
    try (var files = Files.list(folder)) {
      for (Path file : List.copyOf(files.toList())) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
