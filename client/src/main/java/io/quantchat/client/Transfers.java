package io.quantchat.client;

import io.quantchat.client.files.Downloads;
import io.quantchat.client.files.FileFolder;
import io.quantchat.client.files.Uploads;
import io.quantchat.client.model.FileException;
import io.quantchat.client.model.FileState;
import io.quantchat.client.model.LoginRequiredException;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.ServerRefusalException;
import io.quantchat.client.model.ServerUnreachableException;
import io.quantchat.client.store.FileStore;
import io.quantchat.client.store.FileStore.Due;
import io.quantchat.client.store.FileStore.Kept;
import io.quantchat.client.store.MessageStore;
import io.quantchat.client.wire.MediaApi;
import io.quantchat.client.wire.ObjectClient;
import io.quantchat.crypto.RefusedException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Files on their way, beside all else: up, before their message goes out; down by themselves where
 * they aren't large. One up and one down at a time, on whichever thread asks, or on one of its own
 * while that is wanted.
 */
final class Transfers implements AutoCloseable {

  /** Files up to this size are fetched when their message comes. Bytes. */
  static final long FETCHED_AT_ONCE = 16L << 20;

  private static final long WHAT_SEALING_ADDS = 64 << 10;

  /** So long a connection may carry nothing. */
  private static final Duration LONGEST_IDLE = Duration.ofSeconds(60);

  /** How often it is told how far a file is. */
  private static final Duration TOLD = Duration.ofMillis(100);

  private final FileStore store;
  private final MessageStore messages;
  private final Outgoing outgoing;
  private final Uploads uploads;
  private final Downloads downloads;
  private final Worker worker;
  private final Retries retries;
  private final QuantChatListener listener;
  private final Worker teller;
  private final ReentrantLock up = new ReentrantLock();
  private final ReentrantLock down = new ReentrantLock();
  private volatile boolean wanted;
  private volatile boolean due;
  private volatile boolean over;
  private volatile long told;

  /** What is to be done about messages whose files went up, or don't. */
  interface Outgoing {

    /** Whether a contact's program takes files. */
    boolean takesFiles(UUID contactId);

    /** All files of a message are on the server. */
    void ready();

    /** A message can't be sent. */
    void refused(UUID messageId, String reason);
  }

  /**
   * @param teller on which the listener is told
   */
  Transfers(
      FileStore store,
      MessageStore messages,
      FileFolder folder,
      MediaApi media,
      HttpClient http,
      Outgoing outgoing,
      Surroundings surroundings,
      Worker teller,
      QuantChatListener listener) {
    var objects = new ObjectClient(http, LONGEST_IDLE, () -> over);
    this.store = store;
    this.messages = messages;
    this.outgoing = outgoing;
    this.uploads = new Uploads(store, folder, media, objects, this::moved);
    this.downloads = new Downloads(store, folder, media, objects, this::moved);
    this.worker = new Worker(listener::failed);
    this.retries = new Retries(surroundings.backoff(), surroundings.random());
    this.teller = teller;
    this.listener = listener;
  }

  /** From now on, what is due is done by itself. */
  void start() {
    wanted = true;
    wake();
  }

  void stop() {
    wanted = false;
  }

  /** Something may be due. */
  void wake() {
    if (wanted && !due) {
      due = true;
      worker.run(this::run);
    }
  }

  private void run() {
    due = false;
    if (!wanted || over) {
      return;
    }
    try {
      boolean done = upload();
      if (fetch() && done) {
        retries.reset();
        return;
      }
    } catch (LoginRequiredException e) {
      // The link says so.
      return;
    }
    worker.after(retries.next(), this::wake);
  }

  /**
   * Brings to the server what is to go out.
   *
   * @return whether nothing is left that another try may help
   */
  boolean upload() {
    up.lock();
    try {
      Set<UUID> held = new HashSet<>();
      boolean done = true;
      List<Kept> files = store.toUpload();
      for (Kept file : files) {
        if (over || held.contains(file.messageId())) {
          continue;
        }
        if (!isUp(file)) {
          held.add(file.messageId());
          done = false;
        }
      }
      return done;
    } catch (ServerUnreachableException e) {
      retries.heed(e);
      return false;
    } finally {
      up.unlock();
    }
  }

  private boolean isUp(Kept file) {
    try {
      if (file.entry().way().mediaId().isEmpty() && !outgoing.takesFiles(file.contactId())) {
        outgoing.refused(file.messageId(), Sealing.NO_FILES);
        return false;
      }
      uploads.upload(file);
      if (store.areUp(file.senderId(), file.messageId())) {
        outgoing.ready();
      }
      return true;
    } catch (FileException e) {
      outgoing.refused(file.messageId(), e.getMessage());
    } catch (ServerRefusalException e) {
      if (Outbox.isForGood(e.status())) {
        outgoing.refused(file.messageId(), e.getMessage());
      } else {
        teller.run(() -> listener.failed(e));
      }
    } catch (RefusedException held) {
      // The outbox says why, for the message waits there.
    }
    return false;
  }

  /**
   * Fetches what has come and isn't large, and has the server forget what is here.
   *
   * @return whether nothing is left that another try may help
   */
  boolean fetch() {
    down.lock();
    try {
      boolean done = true;
      for (Kept file : store.due(Due.FETCH)) {
        if (!over && goesByItself(file)) {
          done &= isFetched(file);
        }
      }
      if (!over) {
        store.due(Due.DELETION).forEach(downloads::forget);
      }
      return done;
    } catch (ServerUnreachableException e) {
      retries.heed(e);
      return false;
    } finally {
      down.unlock();
    }
  }

  /** What isn't large; who isn't a contact has nothing fetched that nobody asked for. */
  private boolean goesByItself(Kept file) {
    return file.entry().sealed().size() <= FETCHED_AT_ONCE + WHAT_SEALING_ADDS
        && messages
            .find(file.senderId(), file.messageId())
            .filter(message -> message.details().containsKey(Message.STRANGER))
            .isEmpty();
  }

  private boolean isFetched(Kept file) {
    try {
      Optional<Kept> unused = downloads.fetch(file);
      return true;
    } catch (FileException | ServerRefusalException e) {
      teller.run(() -> listener.failed(e));
      return false;
    }
  }

  /**
   * Fetches a file, whatever its size.
   *
   * @throws FileException where it is nowhere any more
   */
  Kept fetched(UUID fileId) {
    down.lock();
    try {
      Kept file = store.find(fileId).orElseThrow(Transfers::deleted);
      FileState state = file.entry().way().state();
      if (state == FileState.ON_SERVER || state == FileState.FETCHING) {
        file = downloads.fetch(file).orElseThrow(Transfers::deleted);
        wake();
      }
      if (!file.entry().way().state().isHere()) {
        throw new FileException(
            "The file isn't here: " + file.entry().way().fault().orElse("it is gone") + ".");
      }
      return file;
    } finally {
      down.unlock();
    }
  }

  private static FileException deleted() {
    return new FileException("The file was deleted meanwhile.");
  }

  private void moved(Kept file, long bytes) {
    long now = System.nanoTime();
    boolean isWhole = bytes == 0 || bytes >= file.entry().sealed().size();
    if (isWhole || now - told > TOLD.toNanos()) {
      told = now;
      teller.run(
          () ->
              listener.fileMoved(
                  file.contactId(), file.messageId(), MessageFiles.moving(file, bytes)));
    }
  }

  @Override
  public void close() {
    over = true;
    worker.close();
  }
}
