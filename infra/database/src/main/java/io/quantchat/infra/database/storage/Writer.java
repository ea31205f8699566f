package io.quantchat.infra.database.storage;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The one thread that writes. It takes all changes that wait, commits them together, which forces
 * the log to the disk once, and only then answers them; meanwhile the next ones gather.
 */
final class Writer implements AutoCloseable {

  private static final int LARGEST_GROUP = 1024;

  /** After so long with nothing to do the log is emptied: what was deleted is in it yet. */
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final DatabaseFiles files;
  private final Failures failures;
  private final Session session;
  private final AnsweredNote note;
  private final LogKeeper log;
  private final BlockingQueue<Task<?>> tasks = new LinkedBlockingQueue<>();
  private final ReentrantLock entrance = new ReentrantLock();
  private final Thread thread;

  /** Why nothing is accepted any more; null while it is. Guarded by the entrance. */
  private StorageException refusal;

  private volatile Ledger ledger;
  private volatile WriterCounts counts = WriterCounts.NONE;

  Writer(DatabaseFiles files, Session session, AnsweredNote note, LogKeeper log, Ledger ledger) {
    this.files = files;
    failures = new Failures(files.folder());
    this.session = session;
    this.note = note;
    this.log = log;
    this.ledger = ledger;
    thread = Thread.ofPlatform().name("storage writer").daemon().unstarted(this::run);
  }

  Writer started() {
    thread.start();
    return this;
  }

  /** What was last committed. */
  Ledger ledger() {
    return ledger;
  }

  WriterCounts counts() {
    return counts;
  }

  /** Waits until what is asked for is durable. */
  <T> T run(Function<Group, T> work) {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException("A change inside of another.");
    }
    var task = new Task<>(work);
    enter(task);
    return task.await();
  }

  private void enter(Task<?> task) {
    entrance.lock();
    try {
      if (refusal != null) {
        throw refusal.again();
      }
      tasks.add(task);
    } finally {
      entrance.unlock();
    }
  }

  /** Nothing more is accepted; what was accepted before is still done. */
  void refuse(StorageException why) {
    entrance.lock();
    try {
      if (refusal == null) {
        refusal = why;
      }
    } finally {
      entrance.unlock();
    }
  }

  private void run() {
    var group = new ArrayList<Task<?>>();
    boolean ended = false;
    while (!ended) {
      if (gather(group)) {
        ended = group.removeIf(task -> task == Task.END);
        commit(group);
        group.clear();
      } else {
        log.empty(session);
      }
    }
  }

  /** Waits for tasks; answers whether there are any, or nothing is to be done for a while. */
  private boolean gather(List<Task<?>> group) {
    try {
      Task<?> first =
          log.isEmpty() ? tasks.take() : tasks.poll(IDLE.toNanos(), TimeUnit.NANOSECONDS);
      if (first == null) {
        return false;
      }
      group.add(first);
      tasks.drainTo(group, LARGEST_GROUP - 1);
      return true;
    } catch (InterruptedException e) {
      // Nobody but a caller's mistake interrupts this thread, which must not end before it is told.
      return gather(group);
    }
  }

  private void commit(List<Task<?>> group) {
    if (group.isEmpty()) {
      return;
    }
    try {
      commitAll(group);
    } catch (SQLException e) {
      session.undo(e);
      StorageException failure = failures.of(e);
      if (Failures.lostTrust(e)) {
        refuse(failure);
      }
      group.forEach(task -> task.fail(failure));
    } catch (RuntimeException | Error e) {
      session.undo(e);
      StorageException failure = e instanceof StorageException known ? known : failures.unusable(e);
      group.forEach(task -> task.fail(failure));
    }
    group.forEach(Task::answer);
  }

  private void commitAll(List<Task<?>> tasks) throws SQLException {
    session.execute("BEGIN IMMEDIATE");
    var group = new Group(session, ledger, failures);
    for (Task<?> task : tasks) {
      task.run(group);
      group.requireWhole();
    }
    if (group.writes() == 0) {
      session.execute("ROLLBACK");
      counts = counts.read(tasks.size());
      return;
    }
    Ledger next = group.ledger();
    session.write(next);
    long begin = System.nanoTime();
    session.execute("COMMIT");
    counts = counts.committed(tasks.size(), System.nanoTime() - begin);
    ledger = next;
    try {
      note.write(next.sequence());
    } catch (IOException e) {
      // What is committed is committed; that nobody would miss it is counted.
      counts = counts.withUnnoted();
    }
    log.written(group.writes(), session);
  }

  /** Does what was accepted, then empties the log, so that the database is one file. */
  @Override
  public void close() throws SQLException, IOException {
    refuse(new StorageException("The storage is closed: open it again."));
    tasks.add(Task.END);
    Uninterrupted.join(thread);
    log.close();
    log.empty(session);
    session.close();
    note.close();
    DatabaseFiles.force(files.answered());
  }
}
