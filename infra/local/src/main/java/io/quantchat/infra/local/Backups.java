package io.quantchat.infra.local;

import io.quantchat.infra.local.database.StoredTables;
import io.quantchat.infra.local.terminal.Typed;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code ./quantchat backup} and {@code ./quantchat restore}; the command's name is the first
 * argument. Exits 1 if it can't be done and 2 if its arguments can't be understood, with one
 * sentence each.
 */
public final class Backups {

  private Backups() {}

  public static void main(String[] arguments) {
    List<String> words = List.of(arguments);
    Path home = Path.of(System.getProperty(Runner.HOME_PROPERTY, ""));
    var folders = new StoredTables();
    Object command =
        words.getFirst().equals("restore")
            ? new RestoreCommand(folders, System.out, System.err)
            : new BackupCommand(home, folders, System.out, System.err);
    System.exit(Typed.of(command, System.out, System.err).run(words.subList(1, words.size())));
  }
}
