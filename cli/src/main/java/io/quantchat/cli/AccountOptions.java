package io.quantchat.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of every command. */
final class AccountOptions {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "show this text")
  boolean help;

  @Option(
      names = "--as",
      paramLabel = "EMAIL",
      description = "whose account, where this machine has several")
  String email;

  @Option(
      names = "--store",
      paramLabel = "FILE",
      description = "the account's store (default: one by its e-mail in your data folder)")
  Path store;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "base of the REST routes; remembered by register and login (default: what runs here)")
  String server;

  @Option(
      names = "--socket-url",
      paramLabel = "URL",
      description = "where sockets connect; needed beside --server unless that is this machine")
  String socket;

  @Option(
      names = "--secrets-from",
      paramLabel = "FILE",
      description =
          "read secrets from a file's lines, or - for standard input, instead of asking:"
              + " the store's passphrase, then the account's password where one is needed")
  String secrets;

  @Option(names = "--json", description = "print JSON, for programs")
  boolean json;

  Optional<String> email() {
    return Optional.ofNullable(email);
  }

  Optional<Path> store() {
    return Optional.ofNullable(store);
  }

  Optional<String> server() {
    return Optional.ofNullable(server);
  }

  Optional<String> socket() {
    return Optional.ofNullable(socket);
  }

  Optional<String> secrets() {
    return Optional.ofNullable(secrets);
  }
}
