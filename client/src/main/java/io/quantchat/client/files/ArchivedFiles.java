package io.quantchat.client.files;

import io.quantchat.client.model.FileException;
import io.quantchat.client.model.FileNames;
import io.quantchat.client.model.FileState;
import io.quantchat.client.store.FileEntry;
import io.quantchat.client.store.FileEntry.About;
import io.quantchat.client.store.FileEntry.Way;
import io.quantchat.client.store.FileStore.Kept;
import io.quantchat.client.store.FileStore.Sealed;
import io.quantchat.crypto.RefusedException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Files beside an export. The text says of each its SHA-256, and its name in the folder begins with
 * that: what has another hash isn't taken for it.
 */
public final class ArchivedFiles {

  private static final String NAME = "name";
  private static final String TYPE = "type";
  private static final String SIZE = "size";
  private static final String SHA256 = "sha256";

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern TYPE_FORM = Pattern.compile("[\\w.+-]{1,60}/[\\w.+-]{1,60}");
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_TAIL = 120;
  private static final int MOST = 10;

  private final FileFolder folder;
  private final FileSealing sealing;

  public ArchivedFiles(FileFolder folder, SecureRandom random) {
    this.folder = folder;
    this.sealing = new FileSealing(folder, random);
  }

  /** What an export says of a message's files. */
  public static List<Map<String, Object>> said(List<Kept> files) {
    return files.stream().map(file -> said(file.entry().about())).toList();
  }

  private static Map<String, Object> said(About about) {
    var said = new LinkedHashMap<String, Object>();
    said.put(NAME, about.name());
    said.put(TYPE, about.type());
    said.put(SIZE, about.size());
    about.digest().ifPresent(digest -> said.put(SHA256, digest));
    return said;
  }

  /**
   * Writes those of a message's files that are here into a folder, which it makes. What is there
   * already has the same content, and stays.
   */
  public void write(List<Kept> files, Path to) {
    for (Kept file : files) {
      Optional<String> digest = file.entry().about().digest();
      if (digest.isPresent() && file.entry().way().state().isHere()) {
        make(to);
        Path written = to.resolve(nameOf(digest.get(), file.entry().about().name()));
        if (!Files.exists(written, LinkOption.NOFOLLOW_LINKS)) {
          new SavedFile(written).write(folder.of(file.id()), file.entry());
        }
      }
    }
  }

  private static void make(Path to) {
    try {
      if (!Files.isDirectory(to)) {
        FileAttribute<?>[] owners =
            to.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                  PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        Files.createDirectory(to, owners);
      }
    } catch (IOException e) {
      throw new FileException("The folder " + to + " can't be made.", e);
    }
  }

  private static String nameOf(String digest, String name) {
    return FileNames.danger(name).isEmpty() && name.length() <= LONGEST_TAIL
        ? digest + "-" + name
        : digest;
  }

  /**
   * Seals the files of an imported message.
   *
   * @param claimed what the export says of them, a JSON value
   * @param from the folder beside the export
   * @return the files, those that aren't there as gone; none where the export says nothing sensible
   */
  public List<Sealed> read(Object claimed, Path from) {
    var sealed = new ArrayList<Sealed>();
    boolean done = false;
    try {
      if (claimed instanceof List<?> files && files.size() <= MOST) {
        for (Object file : files) {
          claim(file).ifPresent(about -> sealed.add(read(about, from)));
        }
      }
      done = true;
      return sealed;
    } finally {
      if (!done) {
        sealed.forEach(file -> sealing.drop(file.id()));
      }
    }
  }

  /** They have rows now. */
  public void settled(List<Sealed> sealed) {
    sealed.forEach(file -> folder.made(file.id()));
  }

  private static Optional<About> claim(Object file) {
    boolean isSensible =
        file instanceof Map<?, ?> map
            && map.get(NAME) instanceof String name
            && !name.isEmpty()
            && name.length() <= LONGEST_NAME
            && map.get(TYPE) instanceof String type
            && TYPE_FORM.matcher(type).matches()
            && map.get(SIZE) instanceof Number size
            && size.longValue() >= 0
            && (map.get(SHA256) == null
                || (map.get(SHA256) instanceof String digest && HASH.matcher(digest).matches()));
    if (!isSensible) {
      return Optional.empty();
    }
    Map<?, ?> map = (Map<?, ?>) file;
    return Optional.of(
        new About(
            (String) map.get(NAME),
            (String) map.get(TYPE),
            ((Number) map.get(SIZE)).longValue(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.ofNullable((String) map.get(SHA256))));
  }

  private Sealed read(About about, Path from) {
    Optional<Path> there = about.digest().flatMap(digest -> find(digest, from));
    if (there.isEmpty()) {
      return gone(about, "it wasn't in the folder beside the export");
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(there.get()))) {
      FileSealing.Content content = sealing.seal(in);
      if (about.digest().filter(content.digest()::equals).isEmpty()
          || content.size() != about.size()) {
        sealing.drop(content.id());
        return gone(about, "what was in the folder beside the export is another file");
      }
      return new Sealed(
          content.id(), new FileEntry(about, content.sealed(), Way.waiting().in(FileState.HERE)));
    } catch (IOException | RefusedException e) {
      return gone(about, "it couldn't be read beside the export");
    }
  }

  private Sealed gone(About about, String why) {
    return new Sealed(
        sealing.newId(),
        new FileEntry(
            about,
            new FileEntry.Ciphertext(new byte[32], 0, new byte[32], List.of()),
            Way.waiting().gone(why)));
  }

  /** A file whose name begins with its hash, as an export names it. */
  private static Optional<Path> find(String digest, Path from) {
    try (DirectoryStream<Path> there =
        Files.newDirectoryStream(from, path -> path.getFileName().toString().startsWith(digest))) {
      for (Path path : there) {
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          return Optional.of(path);
        }
      }
      return Optional.empty();
    } catch (NoSuchFileException noFolder) {
      return Optional.empty();
    } catch (IOException e) {
      throw new FileException("The folder " + from + " can't be read.", e);
    }
  }
}
