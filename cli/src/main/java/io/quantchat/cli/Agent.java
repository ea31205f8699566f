package io.quantchat.cli;

import io.quantchat.cli.agent.ChatServer;
import io.quantchat.cli.agent.Lease;
import io.quantchat.cli.agent.ServedChat;
import io.quantchat.cli.agent.Terms;
import io.quantchat.client.QuantChat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Holds an account open until its time is over, it is told to end, its socket can't be found any
 * more (the system has removed its folder at the user's logout), or its store is gone.
 */
final class Agent implements AutoCloseable {

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Path store;
  private final Object storeKey;
  private final Lease lease;
  private final ServedChat chat;
  private final ChatServer server;
  private final CountDownLatch told = new CountDownLatch(1);
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Opens the account and serves it.
   *
   * @param nanoseconds as of {@link System#nanoTime}
   * @throws IOException where there is no place for a socket
   */
  Agent(AgentRequest request, char[] passphrase, Clock clock, LongSupplier nanoseconds)
      throws IOException {
    this.store = request.store();
    this.lease = new Lease(clock, nanoseconds, request.length());
    this.chat =
        new ServedChat(listener -> QuantChat.open(request.servers(), store, passphrase, listener));
    try {
      this.storeKey = key(store);
      this.server =
          ChatServer.open(
              Agents.places(store),
              chat,
              new Terms(Optional.of(lease), Optional.of(told::countDown)));
    } catch (IOException | RuntimeException e) {
      chat.close();
      throw e;
    }
    chat.start();
  }

  private static Object key(Path store) throws IOException {
    return Files.readAttributes(store, BasicFileAttributes.class).fileKey();
  }

  Instant until() {
    return lease.until();
  }

  /** Waits until it is to end. */
  void await() {
    try {
      boolean over = isOver();
      while (!over) {
        over = told.await(LOOK.toMillis(), TimeUnit.MILLISECONDS) || isOver();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until somebody who asks has it end; it does so where it is asked too late. */
  void awaitWord() throws InterruptedException {
    told.await();
  }

  /** Whether it is to end. */
  boolean isOver() {
    return told.getCount() == 0 || lease.isOver() || !server.canBeFound() || !isStoreThere();
  }

  private boolean isStoreThere() {
    try {
      return Objects.equals(storeKey, key(store));
    } catch (IOException e) {
      return false;
    }
  }

  /** The store is let go of before anybody hears that this has ended. */
  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      server.stop();
      chat.close();
      server.close();
    }
  }
}
