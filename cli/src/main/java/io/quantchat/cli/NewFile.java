package io.quantchat.cli;

import io.quantchat.client.disk.WholeFile;
import io.quantchat.client.model.FileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A {@link WholeFile} that somebody asks for. */
record NewFile(Path file) {

  /**
   * Writes it.
   *
   * @throws CommandException FAILED where there is something of that name, or it can't be written;
   *     then there is no file
   */
  void write(byte[] content) {
    write(out -> out.write(content));
  }

  /** The same of what is too much for the memory. */
  void write(WholeFile.Content content) {
    asked(whole -> whole.write(content));
  }

  /** The folder beside it, with the files of an export's messages. */
  static Path filesBeside(Path export) {
    Path whole = export.toAbsolutePath();
    return whole.resolveSibling(whole.getFileName() + ".files");
  }

  /**
   * @throws CommandException FAILED where there is something of that name
   */
  void requireFree() {
    asked(WholeFile::requireFree);
  }

  private void asked(Consumer<WholeFile> what) {
    try {
      what.accept(new WholeFile(file));
    } catch (FileException e) {
      throw new CommandException(Exit.FAILED, e.getMessage(), e.getCause());
    }
  }
}
