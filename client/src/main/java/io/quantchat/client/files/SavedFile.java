package io.quantchat.client.files;

import io.quantchat.client.disk.WholeFile;
import io.quantchat.client.model.FileException;
import io.quantchat.client.store.FileEntry;
import io.quantchat.crypto.RefusedException;
import java.nio.file.Path;

/** A file of a message, as a person saves it. */
public record SavedFile(Path file) {

  /**
   * Writes what a sealed file holds; it gets its name when the end was authenticated.
   *
   * @throws FileException where there is something of that name, or it can't be written
   */
  public void write(Path sealed, FileEntry entry) {
    try {
      new WholeFile(file).write(out -> Opening.open(sealed, entry, out));
    } catch (RefusedException e) {
      throw new FileException(
          "The encrypted file beside the store was altered: nothing of it was saved.", e);
    }
  }
}
