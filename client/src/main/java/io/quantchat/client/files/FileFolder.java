package io.quantchat.client.files;

import io.quantchat.client.disk.OwnersAlone;
import io.quantchat.client.model.FileException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The folder of an account's sealed files, for their owner alone: each by its id. */
public final class FileFolder {

  private static final String SUFFIX = ".files";
  private static final String PARTIAL = ".part";

  private final Path folder;

  /** Files that have no row yet. */
  private final Set<UUID> inTheMaking = ConcurrentHashMap.newKeySet();

  /**
   * @param store the store's file; the folder is beside it
   */
  public FileFolder(Path store) {
    this.folder = besides(store);
  }

  /** Where a store's files are. */
  public static Path besides(Path store) {
    Path file = store.toAbsolutePath();
    return file.resolveSibling(file.getFileName() + SUFFIX);
  }

  /** Where a sealed file is, or will be. */
  public Path of(UUID fileId) {
    return folder.resolve(fileId.toString());
  }

  /** Where a part of it is, until all is there. */
  Path partialOf(UUID fileId) {
    return folder.resolve(fileId + PARTIAL);
  }

  /** Makes an empty file, for its owner alone. */
  Path create(UUID fileId) throws IOException {
    inTheMaking.add(fileId);
    make();
    return Files.createFile(of(fileId), OwnersAlone.file(folder));
  }

  /** Makes the place for a part of a file, where there is none. */
  Path createPartial(UUID fileId) throws IOException {
    make();
    Path partial = partialOf(fileId);
    if (!Files.exists(partial)) {
      Files.createFile(partial, OwnersAlone.file(folder));
    }
    return partial;
  }

  /** It has a row now, or never will. */
  void made(UUID fileId) {
    inTheMaking.remove(fileId);
  }

  private void make() throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, OwnersAlone.folder(folder));
    }
  }

  /** How much of a file there is, in bytes, until all is there. */
  public long sizeOfPartial(UUID fileId) {
    try {
      return Files.size(partialOf(fileId));
    } catch (IOException nothingYet) {
      return 0;
    }
  }

  void delete(UUID fileId) {
    try {
      Files.deleteIfExists(of(fileId));
      Files.deleteIfExists(partialOf(fileId));
    } catch (IOException e) {
      throw new FileException("A file beside the store can't be deleted: " + folder, e);
    }
  }

  /** Deletes what isn't of these. */
  public void sweep(Set<UUID> known) {
    try (DirectoryStream<Path> there = Files.newDirectoryStream(folder)) {
      for (Path path : there) {
        String name = path.getFileName().toString();
        String id =
            name.endsWith(PARTIAL) ? name.substring(0, name.length() - PARTIAL.length()) : name;
        if (isOfNobody(id, known)) {
          Files.deleteIfExists(path);
        }
      }
    } catch (NoSuchFileException nothing) {
      // There never was a file.
    } catch (IOException e) {
      throw new FileException("The folder beside the store can't be swept: " + folder, e);
    }
  }

  private boolean isOfNobody(String name, Set<UUID> known) {
    try {
      UUID id = UUID.fromString(name);
      return !known.contains(id) && !inTheMaking.contains(id);
    } catch (IllegalArgumentException notOurs) {
      return false;
    }
  }
}
