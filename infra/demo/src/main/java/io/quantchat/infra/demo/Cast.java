package io.quantchat.infra.demo;

import io.quantchat.client.QuantChat;
import io.quantchat.client.Servers;
import io.quantchat.client.model.Message;
import io.quantchat.client.store.Argon2Cost;
import io.quantchat.client.store.LocalStore;
import io.quantchat.crypto.FileKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
        QuantChat.open(servers, storeOf(name), secrets.passphrase().toCharArray(), eyes);
    Person person = new Person(name, secrets, program, eyes);
    people.add(person);
    return person;
  }

  /**
   * A file on somebody's disk.
   *
   * @param name of their own choice
   */
  Path fileOf(Person owner, String name) {
    try {
      return Files.createDirectories(folder.resolve(owner.name())).resolve(name);
    } catch (IOException e) {
      throw new UncheckedIOException("The demo needs room in " + folder, e);
    }
  }

  /** The key of the one file of a message, as only programs of the two have it. */
  FileKey keyOf(Person sender, Message message) {
    Path copy = folder.resolve(sender.name() + "-copy.db");
    copyStore(storeOf(sender.name()), copy);
    try (LocalStore store =
        LocalStore.open(
            copy, sender.secrets().passphrase().toCharArray(), Argon2Cost.RECOMMENDED, random)) {
      return FileKey.of(
          store.files().of(message.senderId(), message.id()).getFirst().entry().sealed().key());
    }
  }

  /** Theirs is in use: what is copied while it changes is copied again. */
  private static void copyStore(Path store, Path copy) {
    Path log = besides(store);
    try {
      List<Object> before;
      do {
        before = state(store, log);
        Files.copy(store, copy, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(log, besides(copy), StandardCopyOption.REPLACE_EXISTING);
      } while (!before.equals(state(store, log)));
    } catch (IOException e) {
      throw new UncheckedIOException("Can't copy " + store, e);
    }
  }

  /** SQLite's log of what isn't in the file yet. */
  private static Path besides(Path store) {
    return store.resolveSibling(store.getFileName() + "-wal");
  }

  private static List<Object> state(Path store, Path log) throws IOException {
    return List.of(
        Files.size(store),
        Files.getLastModifiedTime(store),
        Files.size(log),
        Files.getLastModifiedTime(log));
  }

  private Path storeOf(String name) {
    return folder.resolve(name + ".db");
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
