package io.quantchat.client.files;

import io.quantchat.client.model.Attachment;
import io.quantchat.client.model.FileException;
import io.quantchat.client.pictures.Cleaning;
import io.quantchat.client.pictures.Cleaning.Copied;
import io.quantchat.client.pictures.Preview;
import io.quantchat.client.store.FileEntry;
import io.quantchat.client.store.FileEntry.About;
import io.quantchat.client.store.FileEntry.Way;
import io.quantchat.client.store.FileStore.Sealed;
import io.quantchat.crypto.AttachedFile;
import io.quantchat.crypto.FileSealer;
import io.quantchat.crypto.PixelSize;
import io.quantchat.crypto.RefusedException;
import io.quantchat.crypto.Thumbnail;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Files that are to be sent: cleaned, and sealed beside the store. */
public final class OutgoingFiles {

  private final FileFolder folder;
  private final FileSealing sealing;

  public OutgoingFiles(FileFolder folder, SecureRandom random) {
    this.folder = folder;
    this.sealing = new FileSealing(folder, random);
  }

  /**
   * Seals files of one message. They are on the disk when this returns, and have no rows yet.
   *
   * @throws FileException where one can't be read, is too large, or has no name that can be sent
   * @throws io.quantchat.client.model.MetadataException where metadata can't be removed
   */
  public List<Sealed> seal(List<Attachment> attachments) {
    var sealed = new ArrayList<Sealed>();
    boolean done = false;
    try {
      for (Attachment attachment : attachments) {
        sealed.add(seal(attachment, Thumbnail.MOST / attachments.size()));
      }
      done = true;
      return List.copyOf(sealed);
    } finally {
      if (!done) {
        drop(sealed);
      }
    }
  }

  /** They have rows now. */
  public void settled(List<Sealed> sealed) {
    sealed.forEach(file -> folder.made(file.id()));
  }

  /** They won't have any. */
  public void drop(List<Sealed> sealed) {
    sealed.forEach(file -> sealing.drop(file.id()));
  }

  private Sealed seal(Attachment attachment, int largestThumbnail) {
    Path file = attachment.file();
    String name = nameOf(file);
    if (!Files.isRegularFile(file)) {
      throw new FileException("There is no file " + file + ".");
    }
    try (var cleaned = new Piped<Copied>(out -> copy(attachment, name, out))) {
      FileSealing.Content content = sealing.seal(new BufferedInputStream(cleaned, 64 * 1024));
      Copied copied = cleaned.result();
      Optional<Preview> preview =
          copied.type().startsWith("image/")
              ? Preview.of(file, copied, largestThumbnail)
              : Optional.empty();
      return new Sealed(
          content.id(),
          new FileEntry(
              new About(
                  name,
                  copied.type(),
                  content.size(),
                  copied.size().flatMap(OutgoingFiles::sendable),
                  preview.map(Preview::thumbnail),
                  preview.map(Preview::blurhash),
                  Optional.of(content.digest())),
              content.sealed(),
              Way.waiting()));
    } catch (IOException e) {
      throw new FileException(
          "The file " + file + " can't be read, or there is no room to keep it encrypted.", e);
    } catch (RefusedException e) {
      throw new FileException(
          "The file " + file + " is too large: at most " + (FileSealer.MOST_SIZE >> 20) + " MiB.",
          e);
    }
  }

  private static Copied copy(Attachment attachment, String name, OutputStream out)
      throws IOException {
    return attachment.keepMetadata()
        ? Cleaning.keep(attachment.file(), name, out)
        : Cleaning.clean(attachment.file(), name, out);
  }

  private static Optional<PixelSize> sendable(io.quantchat.client.pictures.PixelSize size) {
    return size.width() <= PixelSize.MOST && size.height() <= PixelSize.MOST
        ? Optional.of(new PixelSize(size.width(), size.height()))
        : Optional.empty();
  }

  private static String nameOf(Path file) {
    String name = Optional.ofNullable(file.getFileName()).map(Path::toString).orElse("");
    int size = name.getBytes(StandardCharsets.UTF_8).length;
    boolean isText = StandardCharsets.UTF_8.newEncoder().canEncode(name);
    boolean isPlain = name.codePoints().noneMatch(Character::isISOControl);
    if (size < 1 || size > AttachedFile.MOST_NAME || !isText || !isPlain) {
      throw new FileException("The file " + file + " has no name that can be sent: rename it.");
    }
    return name;
  }
}
