package io.quantchat.infra.local;

import io.quantchat.infra.local.backup.FolderBackups;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./quantchat restore}: tables of a backup, in a folder that has none. */
@Command(
    name = "./quantchat restore",
    description = "Make a backup the tables of a folder that has none, for `up --data` to run on.",
    separator = " ")
final class RestoreCommand implements Callable<Integer> {

  private final FolderBackups folders;
  private final PrintStream said;
  private final PrintStream refused;

  @Parameters(paramLabel = "FILE", description = "the backup")
  private Path file;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      required = true,
      description = "the folder, which is made if it is missing")
  private Path data;

  RestoreCommand(FolderBackups folders, PrintStream said, PrintStream refused) {
    this.folders = folders;
    this.said = said;
    this.refused = refused;
  }

  @Override
  public Integer call() {
    if (!Files.isRegularFile(file)) {
      refused.printf("There is no backup %s.%n", file);
      return 1;
    }
    try (DataFolder held = DataFolder.take(data)) {
      folders.restore(file.toAbsolutePath(), held.tables());
      said.printf("The backup's tables are in %s: ./quantchat up --data %s%n", data, data);
      return 0;
    } catch (StartFailure | IOException e) {
      refused.println(e.getMessage());
      return 1;
    }
  }
}
