package io.quantchat.cli;

import io.quantchat.cli.agent.RemoteChat;
import io.quantchat.cli.agent.SocketPlace;
import io.quantchat.client.QuantChatListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the programs that hold accounts open: agents, and chats. */
final class Agents {

  /** Where the system keeps users' running things, whether or not it says so. */
  private static final Path RUN_USER = Path.of("/run/user");

  private static final Path PROCESS = Path.of("/proc/self");

  private Agents() {}

  /** Where the socket of a store's account may be. */
  static List<SocketPlace> places(Path store) {
    return SocketPlace.of(store, runtime(), temporary());
  }

  /** Where the sockets of accounts in a folder may be, and of those that were named. */
  static List<SocketPlace> places(Path accounts, List<Path> stores) {
    return SocketPlace.all(accounts, stores, runtime(), temporary());
  }

  private static Optional<Path> runtime() {
    return Optional.ofNullable(System.getenv("XDG_RUNTIME_DIR"))
        .map(Path::of)
        .or(Agents::ofThisUser)
        .filter(folder -> folder.isAbsolute() && Files.isDirectory(folder));
  }

  /** A program that wasn't started from a session, as by cron, isn't told. */
  private static Optional<Path> ofThisUser() {
    try {
      return Files.isDirectory(RUN_USER)
          ? Optional.of(RUN_USER.resolve(Files.getAttribute(PROCESS, "unix:uid").toString()))
          : Optional.empty();
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** The program that holds an account open, if one does and can be asked. */
  static Optional<RemoteChat> holder(Path store, QuantChatListener listener) {
    return RemoteChat.find(places(store), listener);
  }

  /** Two builds may not mean the same. */
  static void requireSameBuild(RemoteChat holder) {
    if (!holder.isSameBuild()) {
      throw new CommandException(
          Exit.FAILED,
          "Another build of this program has the account open: " + howToClose(holder) + ".");
    }
  }

  static String howToClose(RemoteChat holder) {
    return holder.isAgent() ? "run 'quantchat lock' first" : "leave the open chat first";
  }

  /** Has an agent let go of a store that this command is to open itself. */
  static void letGo(Shell shell, Path store) {
    try (RemoteChat holder = holder(store, new QuantChatListener() {}).orElse(null)) {
      if (holder == null) {
        return;
      }
      if (!holder.lock()) {
        throw new CommandException(
            Exit.FAILED, "The account is in use: " + howToClose(holder) + ".");
      }
      shell.note("The account was unlocked, and is locked now: 'quantchat unlock' is for later.");
    }
  }
}
