package io.quantchat.infra.demo;

import io.quantchat.client.QuantChatListener;
import io.quantchat.client.model.Message;
import io.quantchat.client.model.MessageFile;
import io.quantchat.client.model.Quarantined;
import io.quantchat.crypto.RefusedException;
import io.quantchat.infra.demo.Told.Trouble;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Takes in what a program tells, in whatever order, until somebody asks for it. */
final class Eyes implements QuantChatListener {

  private final List<Told> untaken = new ArrayList<>();

  /** The first thing told that is like this, once it is there; it isn't given again. */
  <T extends Told> T await(Class<T> kind, Predicate<T> like) throws Difference {
    long deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    synchronized (untaken) {
      while (true) {
        Optional<T> found = take(kind, like);
        if (found.isPresent()) {
          return found.get();
        }
        Optional<Trouble> trouble = take(Trouble.class, any -> true);
        if (trouble.isPresent()) {
          throw new Difference(kind.getSimpleName(), trouble.get().what());
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          throw new Difference(
              kind.getSimpleName(), "nothing within " + Patience.LONGEST.toMinutes() + " minutes");
        }
        pause(left);
      }
    }
  }

  private void pause(long nanoseconds) {
    try {
      TimeUnit.NANOSECONDS.timedWait(untaken, nanoseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for an event", e);
    }
  }

  private <T extends Told> Optional<T> take(Class<T> kind, Predicate<T> like) {
    for (Iterator<Told> each = untaken.iterator(); each.hasNext(); ) {
      Told told = each.next();
      if (kind.isInstance(told) && like.test(kind.cast(told))) {
        each.remove();
        return Optional.of(kind.cast(told));
      }
    }
    return Optional.empty();
  }

  private void add(Told told) {
    synchronized (untaken) {
      untaken.add(told);
      untaken.notifyAll();
    }
  }

  @Override
  public void received(Message message) {
    add(new Told.Received(message));
  }

  @Override
  public void moved(Message message) {
    add(new Told.Moved(message));
  }

  @Override
  public void fileMoved(UUID contactId, UUID messageId, MessageFile file) {
    add(new Told.FileMoved(messageId, file));
  }

  @Override
  public void refused(Quarantined message) {
    add(new Told.Refused(message));
  }

  @Override
  public void typing(UUID contactId, boolean typing) {
    add(new Told.Typing(contactId, typing));
  }

  @Override
  public void presence(UUID contactId, boolean online) {
    add(new Told.Presence(contactId, online));
  }

  @Override
  public void connection(boolean open) {
    add(new Told.Connection(open));
  }

  @Override
  public void held(Message message, RefusedException reason) {
    add(new Trouble("a message that is held back: " + reason.getMessage()));
  }

  @Override
  public void identityChanged(UUID contactId) {
    add(new Trouble("a changed identity"));
  }

  @Override
  public void loginRequired() {
    add(new Trouble("the session's end"));
  }

  @Override
  public void failed(Throwable failure) {
    add(new Trouble("a failure: " + failure));
  }
}
