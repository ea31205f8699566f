package io.quantchat.cli;

import io.quantchat.client.Servers;
import io.quantchat.client.disk.OwnersAlone;
import io.quantchat.client.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store, and beside it a small file that says whose it is and where its server is. That file is
 * written when there is an account in the store; it holds no secret.
 */
record AccountFile(Path store) {

  private static final String SUFFIX = ".json";
  private static final String FILES = ".files";
  private static final String EMAIL = "email";
  private static final String REST = "rest_url";
  private static final String SOCKET = "socket_url";

  /** Whose store it is, and where its server is; nothing where no account is in it yet. */
  Optional<Profile> profile() {
    try {
      Map<String, Object> said =
          Json.read(Files.readString(beside())).flatMap(Json::object).orElse(Map.of());
      Optional<String> rest = Json.string(said, REST);
      Optional<String> socket = Json.string(said, SOCKET);
      return rest.isPresent() && socket.isPresent()
          ? Json.string(said, EMAIL)
              .map(
                  email ->
                      new Profile(
                          email, new Servers(URI.create(rest.get()), URI.create(socket.get()))))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The same of a store that an account must be in.
   *
   * @throws CommandException where none is in it yet
   */
  Profile owner() {
    return profile()
        .orElseThrow(
            () ->
                new CommandException(
                    Exit.LOGIN_REQUIRED,
                    "It isn't known whose store this is: log in with it once."));
  }

  void keep(Profile profile) {
    var said = new LinkedHashMap<String, Object>();
    said.put(EMAIL, profile.email());
    said.put(REST, profile.servers().rest().toString());
    said.put(SOCKET, profile.servers().socket().toString());
    Path folder = store.toAbsolutePath().getParent();
    try {
      Path written = Files.createTempFile(folder, ".profile", SUFFIX, OwnersAlone.file(store));
      Files.write(written, Json.write(said));
      Files.move(written, beside(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new CommandException(
          Exit.FAILED, "Nothing can be written into the folder " + folder + ".", e);
    }
  }

  /** Makes the folder that it lies in, for its owner alone. */
  void makeFolder() {
    Path folder = store.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder, OwnersAlone.folder(store));
    } catch (IOException e) {
      throw new CommandException(Exit.FAILED, "The folder " + folder + " can't be made.", e);
    }
  }

  boolean exists() {
    return Files.exists(store);
  }

  /** The store with what SQLite keeps beside it, and what is kept beside it here. */
  void deleteAll() {
    try {
      for (String suffix : List.of("-wal", "-shm", "")) {
        Files.deleteIfExists(store.resolveSibling(store.getFileName() + suffix));
      }
      Files.deleteIfExists(beside());
      deleteFiles();
    } catch (IOException e) {
      throw new CommandException(
          Exit.FAILED, "The account is deleted. Delete its store " + store + " yourself.", e);
    }
  }

  /** The encrypted files of messages, in their folder. */
  private void deleteFiles() throws IOException {
    Path folder = store.resolveSibling(store.getFileName() + FILES);
    if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  /** Of a store that this command made, and that no account came into. */
  void delete() {
    try {
      Files.deleteIfExists(store);
    } catch (IOException e) {
      throw new CommandException(Exit.FAILED, "Delete the empty store " + store + ".", e);
    }
  }

  /** The small file. */
  Path beside() {
    return store.resolveSibling(store.getFileName() + SUFFIX);
  }

  /** Whose store it is, and where its server is. */
  record Profile(String email, Servers servers) {}
}
