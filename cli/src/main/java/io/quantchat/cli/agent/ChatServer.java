package io.quantchat.cli.agent;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import jdk.net.ExtendedSocketOptions;

/**
 * Serves an account to other commands of the same user. Who has the store open is alone entitled to
 * its sockets: what lies at their places is left from a program that was killed.
 */
public final class ChatServer implements AutoCloseable {

  private static final int MOST_SESSIONS = 64;
  private static final long PAUSE_NANOSECONDS = 100_000_000;

  private final SocketPlace place;
  private final ServerSocketChannel channel;
  private final Object fileKey;
  private final ServedChat chat;
  private final Terms terms;
  private final UserPrincipal self;
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;
  private volatile boolean closed;

  private ChatServer(
      SocketPlace place,
      ServerSocketChannel channel,
      ServedChat chat,
      Terms terms,
      UserPrincipal self)
      throws IOException {
    this.place = place;
    this.channel = channel;
    this.fileKey = key(place);
    this.chat = chat;
    this.terms = terms;
    this.self = self;
  }

  /**
   * Serves at the first place where that can be.
   *
   * @throws IOException where it can be at none, with what is wrong with the last
   */
  public static ChatServer open(List<SocketPlace> places, ServedChat chat, Terms terms)
      throws IOException {
    return open(places, chat, terms, SocketPlace.self());
  }

  static ChatServer open(List<SocketPlace> places, ServedChat chat, Terms terms, UserPrincipal self)
      throws IOException {
    IOException reason = new IOException("This system has no place for a socket.");
    for (SocketPlace place : places) {
      try {
        place.prepare();
        Files.deleteIfExists(place.socket());
        var server = new ChatServer(place, bound(place), chat, terms, self);
        Thread.ofPlatform().daemon().name("agent").start(server::accept);
        return server;
      } catch (IOException e) {
        reason = e;
      }
    }
    throw reason;
  }

  /** The folder is its owner's alone; the permissions are for who moves the socket elsewhere. */
  private static ServerSocketChannel bound(SocketPlace place) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(place.socket()));
      Files.setPosixFilePermissions(place.socket(), PosixFilePermissions.fromString("rw-------"));
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static Object key(SocketPlace place) throws IOException {
    return Files.readAttributes(
            place.socket(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  public SocketPlace place() {
    return place;
  }

  /** Whether the socket can still be found; the system removes its folder at the logout. */
  public boolean canBeFound() {
    try {
      return Objects.equals(fileKey, key(place));
    } catch (IOException e) {
      return false;
    }
  }

  private void accept() {
    while (true) {
      try {
        serve(channel.accept());
      } catch (ClosedChannelException ended) {
        return;
      } catch (IOException e) {
        // As when this process has too many files open: some will be closed.
        LockSupport.parkNanos(PAUSE_NANOSECONDS);
      }
    }
  }

  private void serve(SocketChannel accepted) throws IOException {
    if (!isOwn(accepted, self) || sessions.size() >= MOST_SESSIONS) {
      accepted.close();
      return;
    }
    var session = new Session(new Framed(accepted), chat, terms);
    sessions.add(session);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                session.run();
              } finally {
                sessions.remove(session);
              }
            });
    // Who was let in meanwhile may have come too late for what ends all.
    if (stopped) {
      session.beginToEnd();
    }
    if (closed) {
      session.end();
    }
  }

  /** Whether it is a program of this user's that is at the other end. */
  static boolean isOwn(SocketChannel channel, UserPrincipal self) throws IOException {
    return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().equals(self);
  }

  /** Can't be found any more; who is here already may still be answered. */
  public void stop() {
    stopped = true;
    try {
      if (canBeFound()) {
        Files.deleteIfExists(place.socket());
      }
      channel.close();
    } catch (IOException e) {
      // What is left of it refuses connections, and is taken for what it is.
    }
    sessions.forEach(Session::beginToEnd);
  }

  /** Ends what is left; who waits for an answer learns that there will be none. */
  @Override
  public void close() {
    stop();
    closed = true;
    sessions.forEach(Session::end);
  }
}
