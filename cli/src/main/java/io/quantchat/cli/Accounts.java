package io.quantchat.cli;

import io.quantchat.cli.AccountFile.Profile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The accounts that this machine has stores of. */
final class Accounts {

  private static final String STORE = ".db";
  private static final String PLAIN_IN_NAMES = "abcdefghijklmnopqrstuvwxyz0123456789@.+-_";

  /**
   * Bytes of a name. A file system takes 255, one that encrypts names 143, and SQLite and others
   * put some behind it.
   */
  private static final int LONGEST = 120;

  /** Bytes of a name that a store could have before there was a bound: with .db.json behind it. */
  private static final int LONGEST_THERE_WAS = 247;

  private final Path folder;

  Accounts(Path folder) {
    this.folder = folder;
  }

  /** Where an account's store is, or is to be. */
  AccountFile of(String email, AccountOptions options) {
    return new AccountFile(options.store().orElseGet(() -> storeOf(email)));
  }

  /**
   * A store that was made when names had no bound stays where it is, and so does one whose account
   * has another address by now.
   */
  private Path storeOf(String email) {
    String unbounded = inPlainCharacters(email);
    Path before = folder.resolve(unbounded + STORE);
    if (unbounded.length() <= LONGEST_THERE_WAS && Files.exists(before)) {
      return before;
    }
    Path named = folder.resolve(fileName(email));
    return Files.exists(named) ? named : renamed(email).orElse(named);
  }

  private Optional<Path> renamed(String email) {
    return all().stream()
        .filter(
            file ->
                file.profile()
                    .filter(one -> one.email().equalsIgnoreCase(email.strip()))
                    .isPresent())
        .map(AccountFile::store)
        .findFirst();
  }

  /**
   * The account that a command is about: the one that was named, or the only one.
   *
   * @throws CommandException LOGIN_REQUIRED where there is none, USAGE where there are several
   */
  AccountFile chosen(AccountOptions options) {
    if (options.store().isPresent() || options.email().isPresent()) {
      AccountFile named = of(options.email().orElse(""), options);
      if (!named.exists()) {
        throw new CommandException(
            Exit.LOGIN_REQUIRED, "There is no such store here: register or log in first.");
      }
      return named;
    }
    List<AccountFile> all = all();
    if (all.isEmpty()) {
      throw new CommandException(
          Exit.LOGIN_REQUIRED,
          "There is no account on this machine: 'quantchat register EMAIL' makes one, and"
              + " 'quantchat login EMAIL' brings one here.");
    }
    if (all.size() > 1) {
      throw new CommandException(
          Exit.USAGE,
          all.stream()
              .flatMap(file -> file.profile().stream())
              .map(Profile::email)
              .map(Printable::line)
              .collect(
                  Collectors.joining(
                      ", ", "There are several accounts here: say --as with one of ", ".")));
    }
    return all.getFirst();
  }

  /** The same; nothing where it isn't clear which one is meant. */
  Optional<AccountFile> meant(AccountOptions options) {
    try {
      return Optional.of(chosen(options));
    } catch (CommandException notClear) {
      return Optional.empty();
    }
  }

  private List<AccountFile> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(STORE))
          .sorted()
          .map(AccountFile::new)
          .filter(file -> file.profile().isPresent())
          .toList();
    } catch (IOException e) {
      throw new CommandException(Exit.FAILED, "The folder " + folder + " can't be read.", e);
    }
  }

  /** Where people's programs keep their data, by the customs of the system. */
  static Path folder(String system, Optional<String> xdgDataHome, Path home) {
    if (system.toLowerCase(Locale.ROOT).startsWith("mac")) {
      return home.resolve("Library").resolve("Application Support").resolve("QuantChat");
    }
    return xdgDataHome
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(() -> home.resolve(".local").resolve("share"))
        .resolve("quantchat");
  }

  /**
   * An e-mail as a file's name: two e-mails never have one, also where capital letters make no
   * difference; none leaves the folder, and each leaves room for what is put behind the names of
   * files beside a store.
   */
  static String fileName(String email) {
    String name = inPlainCharacters(email);
    return (name.length() <= LONGEST ? name : shortened(name)) + STORE;
  }

  private static String inPlainCharacters(String email) {
    var name = new StringBuilder();
    for (byte unit : email.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8)) {
      if (PLAIN_IN_NAMES.indexOf(unit) >= 0) {
        name.append((char) unit);
      } else {
        name.append(String.format(Locale.ROOT, "%%%02x", unit));
      }
    }
    return name.toString();
  }

  /** What people know it by, and what no other has: a tilde is in no name that isn't shortened. */
  private static String shortened(String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.US_ASCII));
      String told = "~" + HexFormat.of().formatHex(hash);
      return name.substring(0, LONGEST - told.length()) + told;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
