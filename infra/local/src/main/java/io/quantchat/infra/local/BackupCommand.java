package io.quantchat.infra.local;

import io.quantchat.infra.local.backup.BackupFailure;
import io.quantchat.infra.local.backup.BackupFile;
import io.quantchat.infra.local.backup.BackupSource;
import io.quantchat.infra.local.backup.FolderBackups;
import io.quantchat.infra.local.backup.RunningSource;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./quantchat backup}: one file with all that the tables hold. */
@Command(
    name = "./quantchat backup",
    description = "Write what the tables hold into a file, whether or not the backend runs.",
    separator = " ")
final class BackupCommand implements Callable<Integer> {

  private final Path home;
  private final FolderBackups folders;
  private final PrintStream said;
  private final PrintStream refused;

  @Parameters(paramLabel = "FILE", description = "the new file, readable by you alone")
  private Path file;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "the folder of the tables (default data in " + DataFolder.STATE + ")")
  private Path data;

  @Option(names = "--force", description = "replace the file if it is there")
  private boolean force;

  /**
   * @param home the project's folder
   */
  BackupCommand(Path home, FolderBackups folders, PrintStream said, PrintStream refused) {
    this.home = home;
    this.folders = folders;
    this.said = said;
    this.refused = refused;
  }

  @Override
  public Integer call() {
    Path folder = (data == null ? DataFolder.ofProject(home) : data).toAbsolutePath();
    Path target = file.toAbsolutePath().normalize();
    try {
      if (!Files.isDirectory(folder)) {
        throw new BackupFailure(
            "There is no data folder %s: name it with --data.".formatted(folder));
      }
      var backup = new BackupFile(target, force);
      Optional<BackupSource> running = RunningSource.in(folder);
      if (running.isPresent()) {
        backup.write(running.get());
      } else {
        write(backup, folder);
      }
      said.println("The backup is in " + target + ".");
      return 0;
    } catch (BackupFailure | StartFailure e) {
      refused.println(e.getMessage());
      return 1;
    }
  }

  private void write(BackupFile backup, Path folder) throws BackupFailure, StartFailure {
    try (DataFolder held = DataFolder.take(folder)) {
      if (!Files.isDirectory(held.tables())) {
        throw new BackupFailure("There are no tables in %s.".formatted(folder));
      }
      backup.write(BackupSource.of(copy -> folders.backUp(held.tables(), copy), folder));
    }
  }
}
