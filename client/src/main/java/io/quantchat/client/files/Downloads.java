package io.quantchat.client.files;

import io.quantchat.client.model.FileException;
import io.quantchat.client.model.FileState;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.client.store.FileEntry;
import io.quantchat.client.store.FileEntry.About;
import io.quantchat.client.store.FileStore;
import io.quantchat.client.store.FileStore.Kept;
import io.quantchat.client.wire.MediaApi;
import io.quantchat.client.wire.MediaApi.Download;
import io.quantchat.client.wire.ObjectClient;
import io.quantchat.crypto.FileKey;
import io.quantchat.crypto.RefusedException;
import io.quantchat.crypto.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Fetches sealed files from the server, and has it forget them. */
public final class Downloads {

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int MOST_VAIN = 3;

  private static final String FORGOTTEN = "the server has it no more: ask for it again";
  private static final String WRONG = "what the server has isn't what was sent: ask for it again";

  private final FileStore store;
  private final FileFolder folder;
  private final MediaApi media;
  private final ObjectClient objects;
  private final Transferred listener;

  public Downloads(
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
   * Fetches what isn't here yet of a file, and verifies it.
   *
   * @return the file as it is then: HERE or GONE; nothing where it was deleted meanwhile
   * @throws ServerUnreachableException where not all has come; what did isn't fetched again
   * @throws FileException where it can't be kept here
   */
  public Optional<Kept> fetch(Kept file) {
    try {
      Path partial = folder.createPartial(file.id());
      Optional<Kept> begun = store.move(file.id(), way -> way.in(FileState.FETCHING));
      if (begun.isEmpty()) {
        folder.delete(file.id());
        return Optional.empty();
      }
      if (!isFetched(begun.get(), partial)) {
        folder.delete(file.id());
        return told(store.move(file.id(), way -> way.gone(FORGOTTEN)));
      }
      return told(kept(begun.get(), partial));
    } catch (IOException e) {
      throw new FileException(
          "A file can't be kept beside the store: make room, and try again.", e);
    }
  }

  private Optional<Kept> told(Optional<Kept> file) {
    file.ifPresent(
        now ->
            listener.moved(
                now, now.entry().way().state().isHere() ? now.entry().sealed().size() : 0));
    return file;
  }

  /** Whether all of it is in the partial file; false where the server has it no more. */
  private boolean isFetched(Kept file, Path partial) throws IOException {
    long whole = file.entry().sealed().size();
    int vain = 0;
    while (Files.size(partial) != whole) {
      if (Files.size(partial) > whole) {
        Files.write(partial, new byte[0]);
      }
      long before = Files.size(partial);
      Optional<Download> link = link(file);
      if (link.isEmpty()) {
        return false;
      }
      listener.moved(file, before);
      int status = get(file, partial, link.get(), before);
      vain = Files.size(partial) > before ? 0 : vain + 1;
      if (status == NOT_FOUND) {
        return false;
      }
      if (vain == MOST_VAIN) {
        throw new ServerUnreachableException(
            "The server's storage doesn't hand a file over now: it is tried again later.");
      }
    }
    return true;
  }

  private Optional<Download> link(Kept file) {
    try {
      Download link = media.download(file.entry().way().mediaId().orElseThrow());
      return Optional.of(link);
    } catch (ServerRefusalException e) {
      if (e.status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private int get(Kept file, Path partial, Download link, long from) throws IOException {
    var moved = new AtomicLong(from);
    try {
      return objects.get(
          link.url(),
          from,
          file.entry().sealed().size(),
          begin -> {
            moved.set(begin);
            return from(partial, begin);
          },
          some -> listener.moved(file, moved.addAndGet(some)));
    } catch (ServerUnreachableException e) {
      if (Files.size(partial) > from) {
        // It carries, if not for long: from there on, at once.
        return FORBIDDEN;
      }
      throw e;
    }
  }

  private static OutputStream from(Path partial, long begin) throws IOException {
    FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE);
    channel.truncate(begin);
    channel.position(begin);
    return Channels.newOutputStream(channel);
  }

  /** It is here once its hash and all of its segments are right. */
  private Optional<Kept> kept(Kept file, Path partial) throws IOException {
    Optional<String> digest = Opening.verify(partial, file.entry());
    if (digest.isEmpty()) {
      folder.delete(file.id());
      return store.move(file.id(), way -> way.gone(WRONG));
    }
    try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(partial, folder.of(file.id()), StandardCopyOption.REPLACE_EXISTING);
    Optional<Kept> here =
        store.change(
            file.id(),
            entry ->
                new FileEntry(
                    digested(entry.about(), digest.get()),
                    entry.sealed(),
                    entry.way().in(FileState.HERE).deletionDue(true)));
    if (here.isEmpty()) {
      folder.delete(file.id());
    }
    return here;
  }

  private static About digested(About about, String digest) {
    return new About(
        about.name(),
        about.type(),
        about.size(),
        about.pixels(),
        about.thumbnail(),
        about.blurhash(),
        Optional.of(digest));
  }

  /** Has the server forget a file that is here. */
  public void forget(Kept file) {
    try (FileKey key = FileKey.of(file.entry().sealed().key());
        Secret secret = key.deleteSecret()) {
      media.delete(file.entry().way().mediaId().orElseThrow(), secret.bytes());
    } catch (ServerRefusalException | RefusedException forgotten) {
      // It is forgotten already, or will be after its time.
    }
    store.move(file.id(), way -> way.deletionDue(false));
  }
}
