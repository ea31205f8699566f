package io.quantchat.client.files;

import io.quantchat.client.model.FileException;
import io.quantchat.client.model.FileState;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.client.store.FileEntry.Ciphertext;
import io.quantchat.client.store.FileStore;
import io.quantchat.client.store.FileStore.Kept;
import io.quantchat.client.wire.MediaApi;
import io.quantchat.client.wire.MediaApi.Part;
import io.quantchat.client.wire.MediaApi.Upload;
import io.quantchat.client.wire.ObjectClient;
import io.quantchat.crypto.FileKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Brings sealed files to the server. */
public final class Uploads {

  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int GONE = 410;

  /** So often in a row nothing of a file gets there, and it waits. */
  private static final int MOST_VAIN = 3;

  private final FileStore store;
  private final FileFolder folder;
  private final MediaApi media;
  private final ObjectClient objects;
  private final Transferred listener;

  public Uploads(
      FileStore store,
      FileFolder folder,
      MediaApi media,
      ObjectClient objects,
      Transferred listener) {
    this.store = store;
    this.folder = folder;
    this.media = media;
    this.objects = objects;
    this.listener = listener;
  }

  /**
   * Brings what is left of a file to the server.
   *
   * @throws ServerUnreachableException where not all got there; what did isn't sent again
   * @throws ServerRefusalException where the server takes no such file
   * @throws FileException where the sealed file isn't here any more
   */
  public void upload(Kept file) {
    Path sealed = folder.of(file.id());
    requireWhole(sealed, file.entry().sealed());
    Kept now = file;
    int vain = 0;
    while (true) {
      long before = now.entry().way().done();
      boolean isUp = tried(now, sealed, vain == MOST_VAIN);
      Optional<Kept> after = store.find(file.id());
      if (isUp || after.isEmpty()) {
        return;
      }
      now = after.get();
      vain = now.entry().way().done() > before ? 0 : vain + 1;
    }
  }

  /** Whether all is there. What got there counts, so a connection that was lost is made anew. */
  private boolean tried(Kept file, Path sealed, boolean isLast) {
    try {
      Optional<Upload> known = file.entry().way().mediaId().flatMap(this::renewed);
      if (isUp(file, sealed, known.isPresent() ? known.get() : begun(file))) {
        return true;
      }
    } catch (ServerUnreachableException e) {
      boolean hasMoved =
          store
              .find(file.id())
              .filter(now -> now.entry().way().done() > file.entry().way().done())
              .isPresent();
      if (!hasMoved) {
        throw e;
      }
    }
    if (isLast) {
      throw new ServerUnreachableException(
          "The server's storage doesn't take a file now: it is tried again later.");
    }
    return false;
  }

  private static void requireWhole(Path sealed, Ciphertext form) {
    try {
      if (Files.size(sealed) == form.size()) {
        return;
      }
    } catch (IOException missing) {
      // Said below.
    }
    throw new FileException("The encrypted file isn't beside the store any more: send it again.");
  }

  private Upload begun(Kept file) {
    Ciphertext form = file.entry().sealed();
    Upload upload;
    try (FileKey key = FileKey.of(form.key())) {
      upload = media.begin(form.size(), form.sha256(), key.deleteHash(), form.parts());
    }
    store.move(file.id(), way -> way.begun(upload.mediaId(), upload.until()));
    return upload;
  }

  /** New links; nothing where the server has forgotten the file, or given it up. */
  private Optional<Upload> renewed(String mediaId) {
    try {
      return Optional.of(media.renew(mediaId));
    } catch (ServerRefusalException e) {
      if (e.status() == NOT_FOUND || e.status() == GONE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Whether all is there after this. */
  private boolean isUp(Kept file, Path sealed, Upload upload) {
    long left = upload.parts().stream().mapToLong(Part::size).sum();
    long done = Math.max(0, file.entry().sealed().size() - left);
    listener.moved(file, done);
    for (Part part : upload.parts()) {
      requireWithin(part, file.entry().sealed().size());
      if (!put(file, sealed, part, done)) {
        return false;
      }
      done += part.size();
      long now = done;
      store.move(file.id(), way -> way.done(now));
    }
    if (upload.isMultipart() && !isCompleted(upload.mediaId())) {
      return false;
    }
    store
        .move(file.id(), way -> way.done(file.entry().sealed().size()).in(FileState.SENT))
        .ifPresent(sent -> listener.moved(sent, sent.entry().sealed().size()));
    return true;
  }

  private boolean put(Kept file, Path sealed, Part part, long before) {
    var moved = new AtomicLong(before);
    try {
      int status = objects.put(part, sealed, some -> listener.moved(file, moved.addAndGet(some)));
      return status >= 200 && status < 300;
    } catch (IOException e) {
      throw new FileException("The encrypted file beside the store can't be read.", e);
    }
  }

  private static void requireWithin(Part part, long size) {
    if (part.offset() < 0 || part.size() < 1 || part.offset() > size - part.size()) {
      throw new ServerUnreachableException("The server's answer makes no sense.");
    }
  }

  /** The same again changes nothing. */
  private boolean isCompleted(String mediaId) {
    try {
      media.complete(mediaId);
      return true;
    } catch (ServerRefusalException e) {
      if (e.status() == CONFLICT || e.status() == NOT_FOUND || e.status() == GONE) {
        return false;
      }
      throw e;
    }
  }
}
