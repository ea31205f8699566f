package io.quantchat.cli.agent;

import io.quantchat.client.QuantChatListener;
import io.quantchat.client.json.Json;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An account that another program holds. One thread reads, one tells the listener; any may call,
 * the listener too.
 */
public final class RemoteChat implements AutoCloseable {

  /** Who is alive says hello at once. */
  private static final Duration LONGEST_HELLO = Duration.ofSeconds(10);

  /** So many events that the listener hasn't taken yet are a screen that stands still. */
  private static final int MOST_UNTOLD = 100_000;

  private static final Map<String, Object> LOST = Map.of();

  private final Framed frames;
  private final QuantChatListener listener;
  private final CompletableFuture<Hello> hello = new CompletableFuture<>();
  private final Map<Long, Pending> pending = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();
  private final ReentrantLock writing = new ReentrantLock();
  private final LinkedBlockingQueue<Runnable> toTell = new LinkedBlockingQueue<>();
  private final Thread telling;
  private final AtomicBoolean lost = new AtomicBoolean();
  private volatile boolean closed;

  /** Who waits for an answer, and whether events that came before it are to be told first. */
  private record Pending(CompletableFuture<Map<String, Object>> answer, boolean afterEvents) {}

  private RemoteChat(Framed frames, QuantChatListener listener) {
    this.frames = frames;
    this.listener = listener;
    this.telling = Thread.ofPlatform().daemon().name("agent-events").unstarted(this::tell);
  }

  /**
   * Looks who holds an account.
   *
   * @return nothing where nobody is at any of the places
   * @throws AgentLostException where somebody is, and says nothing
   */
  public static Optional<RemoteChat> find(List<SocketPlace> places, QuantChatListener listener) {
    return places.stream()
        .filter(SocketPlace::isThere)
        .flatMap(place -> at(place, listener).stream())
        .findFirst();
  }

  private static Optional<RemoteChat> at(SocketPlace place, QuantChatListener listener) {
    try {
      SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(place.socket()));
      if (!ChatServer.isOwn(channel, SocketPlace.self())) {
        channel.close();
        return Optional.empty();
      }
      return new RemoteChat(new Framed(channel), listener).greeted();
    } catch (IOException nobody) {
      // The socket is left from a program that was killed, or that is just ending.
      return Optional.empty();
    }
  }

  private Optional<RemoteChat> greeted() throws IOException {
    frames.write(Framed.encoded(new Hello(Build.name(), false, Optional.empty()).toMap()));
    Thread.ofPlatform().daemon().name("agent-answers").start(this::read);
    telling.start();
    try {
      Hello unused = hello.get(LONGEST_HELLO.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.of(this);
    } catch (ExecutionException ended) {
      close();
      return Optional.empty();
    } catch (TimeoutException e) {
      close();
      throw new AgentLostException(
          "The program that holds the account open doesn't answer: end it, and try again.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      return Optional.empty();
    }
  }

  private Hello hello() {
    return hello.join();
  }

  /** Whether it is of the same build, and so can be worked with. */
  public boolean isSameBuild() {
    return hello().build().equals(Build.name());
  }

  /** Whether it is an agent, and no open chat. */
  public boolean isAgent() {
    return hello().isAgent();
  }

  /** When it ends by itself. */
  public Optional<Instant> until() {
    return hello().until();
  }

  /**
   * Has the agent end, and waits until it has let go of the store.
   *
   * @return false where it isn't one that can be ended
   */
  public boolean lock() {
    Object done = call(Hello.LOCK, List.of(), false).get(Session.RESULT);
    if (!Boolean.TRUE.equals(done)) {
      return false;
    }
    closed = true;
    try {
      return telling.join(LONGEST_HELLO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The account, from now on with what happens. */
  public Chat chat() {
    Map<String, Object> unused = call(Hello.LISTEN, List.of(), false);
    return (Chat)
        Proxy.newProxyInstance(
            Chat.class.getClassLoader(),
            new Class<?>[] {Chat.class},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == Object.class) {
                return Operations.ofObject(proxy, method, arguments);
              }
              if (method.getName().equals("close")) {
                close();
                return null;
              }
              return call(method, Operations.orNone(arguments));
            });
  }

  private Object call(Method method, Object... arguments) {
    Map<String, Object> answer =
        call(
            Operations.name(method),
            Session.written(method, arguments),
            method.isAnnotationPresent(AfterEvents.class));
    return WireValues.read(answer.get(Session.RESULT), method.getGenericReturnType());
  }

  /** What the listener's own thread asks is answered at once: it can't tell meanwhile. */
  private Map<String, Object> call(String name, List<Object> arguments, boolean afterEvents) {
    long id = lastId.incrementAndGet();
    var answer = new CompletableFuture<Map<String, Object>>();
    pending.put(id, new Pending(answer, afterEvents && Thread.currentThread() != telling));
    var frame = new LinkedHashMap<String, Object>();
    frame.put(Session.ID, id);
    frame.put(Session.CALL, name);
    frame.put(Session.ARGUMENTS, arguments);
    write(Framed.encoded(frame));
    if (lost.get()) {
      answer.complete(LOST);
    }
    Map<String, Object> answered = answer.join();
    pending.remove(id);
    if (answered.equals(LOST)) {
      throw new AgentLostException();
    }
    Optional<Map<String, Object>> failure = Json.object(answered.get(Session.FAILURE));
    if (failure.isPresent()) {
      throw WireFailures.read(failure.get());
    }
    return answered;
  }

  private void write(byte[] frame) {
    if (frame.length > Framed.LARGEST) {
      throw new IllegalArgumentException("That is too much for one request: split it.");
    }
    writing.lock();
    try {
      frames.write(frame);
    } catch (IOException e) {
      lose();
    } finally {
      writing.unlock();
    }
  }

  private void read() {
    try {
      hello.complete(Hello.from(frames.read(Framed.LARGEST_HELLO)));
      while (true) {
        take(frames.read(Framed.LARGEST));
      }
    } catch (IOException | RuntimeException e) {
      hello.completeExceptionally(e);
      lose();
    }
  }

  private void take(Map<String, Object> frame) throws IOException {
    Optional<String> event = Json.string(frame, Session.EVENT);
    if (event.isPresent()) {
      Method method = Operations.EVENTS.get(event.get());
      if (method != null && method.getDeclaringClass().isInstance(listener)) {
        Object[] arguments = Session.arguments(method, frame);
        toTell.add(() -> Operations.invoke(method, listener, arguments));
      }
      if (toTell.size() > MOST_UNTOLD) {
        throw new IOException("What happens can't be told as fast as it does");
      }
      return;
    }
    Pending asked = frame.get(Session.ID) instanceof Number id ? pending.get(id.longValue()) : null;
    if (asked != null && asked.afterEvents()) {
      toTell.add(() -> asked.answer().complete(frame));
    } else if (asked != null) {
      asked.answer().complete(frame);
    }
  }

  /** Who waits for an answer learns that none will come, and the listener that nothing will. */
  private void lose() {
    if (lost.getAndSet(true)) {
      return;
    }
    boolean told = closed || !pending.isEmpty() || hello.isCompletedExceptionally();
    pending.values().forEach(each -> each.answer().complete(LOST));
    if (!told) {
      toTell.add(() -> listener.failed(new AgentLostException()));
    }
    toTell.add(() -> Thread.currentThread().interrupt());
    frames.close();
  }

  private void tell() {
    try {
      while (true) {
        guarded(toTell.take());
      }
    } catch (InterruptedException ended) {
      // There is nothing more to tell.
    }
  }

  private void guarded(Runnable telling) {
    try {
      telling.run();
    } catch (AgentLostException lostMeanwhile) {
      // Of which the listener is told once.
    } catch (RuntimeException | Error e) {
      listener.failed(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    frames.close();
    lose();
  }
}
