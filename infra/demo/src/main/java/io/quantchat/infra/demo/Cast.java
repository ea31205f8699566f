package io.quantchat.infra.demo;

import io.quantchat.client.QuantChat;
import io.quantchat.client.Servers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Who plays: each has a program and a store of their own, which vanishes with the play. */
final class Cast implements AutoCloseable {

  private final Servers servers;
  private final SecureRandom random;
  private final Path folder;
  private final List<Person> people = new ArrayList<>();

  Cast(Servers servers, SecureRandom random) {
    this.servers = servers;
    this.random = random;
    try {
      this.folder = Files.createTempDirectory("quantchat-demo");
    } catch (IOException e) {
      throw new UncheckedIOException("The demo needs a temporary folder, and can't make one", e);
    }
    // A play that is broken off leaves nothing behind, either.
    Runtime.getRuntime().addShutdownHook(new Thread(this::removeStores));
  }

  /** Somebody new, without an account yet. */
  Person join(String name) {
    Secrets secrets = Secrets.of(name, random);
    Eyes eyes = new Eyes();
    QuantChat program =
        QuantChat.open(
            servers, folder.resolve(name + ".db"), secrets.passphrase().toCharArray(), eyes);
    Person person = new Person(name, secrets, program, eyes);
    people.add(person);
    return person;
  }

  @Override
  public void close() {
    people.forEach(person -> person.program().close());
    removeStores();
  }

  private void removeStores() {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Can't remove " + folder, e);
    }
  }
}
