package io.quantchat.cli.agent;

import io.quantchat.client.json.Json;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * One command that uses the account from its own program. Who doesn't read what it is told is cut
 * off: it holds up nobody.
 */
final class Session {

  static final String ID = "id";
  static final String CALL = "call";
  static final String ARGUMENTS = "arguments";
  static final String RESULT = "result";
  static final String FAILURE = "failure";
  static final String EVENT = "event";

  /** Bytes of events that wait to be read. */
  static final long MOST_UNREAD = 16L << 20;

  private static final int MOST_AT_ONCE = 32;
  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(2);
  private static final byte[] END = {};

  private final Framed frames;
  private final ServedChat chat;
  private final Terms terms;
  private final ChatListener listener = listener();
  private final Semaphore atOnce = new Semaphore(MOST_AT_ONCE);
  private final LinkedBlockingQueue<byte[]> toWrite = new LinkedBlockingQueue<>();
  private final AtomicLong unread = new AtomicLong();
  private volatile boolean ending;
  private final Thread writing;

  Session(Framed frames, ServedChat chat, Terms terms) {
    this.frames = frames;
    this.chat = chat;
    this.terms = terms;
    // It may be ended before it has run.
    this.writing = Thread.ofVirtual().start(this::write);
  }

  /** Serves until the other side goes, or is cut off. */
  void run() {
    try {
      boolean isSameBuild = greet();
      while (true) {
        Map<String, Object> frame = frames.read(Framed.LARGEST);
        atOnce.acquire();
        Thread.ofVirtual().start(() -> take(frame, isSameBuild));
      }
    } catch (IOException gone) {
      // Whether it has ended or says what is no frame: there is nobody to answer.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      cut();
    }
  }

  private boolean greet() throws IOException {
    var hello = new Hello(Build.name(), terms.end().isPresent(), terms.lease().map(Lease::until));
    toWrite.add(Framed.encoded(hello.toMap()));
    return Hello.from(frames.read(Framed.LARGEST_HELLO)).build().equals(hello.build());
  }

  private void take(Map<String, Object> frame, boolean isSameBuild) {
    try {
      answer(frame, () -> done(frame, isSameBuild));
    } finally {
      atOnce.release();
    }
  }

  private void answer(Map<String, Object> frame, Supplier<Object> work) {
    byte[] answer;
    try {
      answer = answer(frame, RESULT, work.get());
    } catch (RuntimeException | Error e) {
      if (ending) {
        // It fails because this program ends: who asked is to ask another.
        return;
      }
      answer = answer(frame, FAILURE, WireFailures.write(e));
    }
    toWrite.add(answer);
    if (Hello.LOCK.equals(frame.get(CALL))) {
      terms.end().ifPresent(Runnable::run);
    }
  }

  private static byte[] answer(Map<String, Object> frame, String how, Object what) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put(ID, frame.get(ID) instanceof Number id ? id : null);
    answer.put(how, what);
    return Framed.encoded(answer);
  }

  private Object done(Map<String, Object> frame, boolean isSameBuild) {
    String name = Json.string(frame, CALL).orElse("");
    if (name.equals(Hello.LOCK)) {
      return terms.end().isPresent();
    }
    if (terms.areOver()) {
      terms.end().ifPresent(Runnable::run);
      throw new AgentLostException();
    }
    if (isSameBuild && name.equals(Hello.LISTEN)) {
      chat.add(listener);
      return null;
    }
    Method method = isSameBuild ? Operations.CALLS.get(name) : null;
    if (method == null) {
      throw new IllegalArgumentException("There is no such call");
    }
    try {
      Object result = chat.call(method, listener, arguments(method, frame));
      return WireValues.write(result, method.getGenericReturnType());
    } finally {
      if (method.getName().equals("logout")) {
        terms.end().ifPresent(Runnable::run);
      }
    }
  }

  static Object[] arguments(Method method, Map<String, Object> frame) {
    Type[] types = method.getGenericParameterTypes();
    if (!(frame.get(ARGUMENTS) instanceof List<?> written) || written.size() != types.length) {
      throw new IllegalArgumentException("There are more or fewer arguments");
    }
    var arguments = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      arguments[i] = WireValues.read(written.get(i), types[i]);
    }
    return arguments;
  }

  static List<Object> written(Method method, Object... arguments) {
    Type[] types = method.getGenericParameterTypes();
    var written = new ArrayList<Object>();
    for (int i = 0; i < types.length; i++) {
      written.add(WireValues.write(arguments[i], types[i]));
    }
    return written;
  }

  private ChatListener listener() {
    return (ChatListener)
        Proxy.newProxyInstance(
            ChatListener.class.getClassLoader(),
            new Class<?>[] {ChatListener.class},
            (proxy, method, arguments) -> {
              if (method.getDeclaringClass() == Object.class) {
                return Operations.ofObject(proxy, method, arguments);
              }
              tell(method, Operations.orNone(arguments));
              return null;
            });
  }

  private void tell(Method event, Object... arguments) {
    var frame = new LinkedHashMap<String, Object>();
    frame.put(EVENT, Operations.name(event));
    frame.put(ARGUMENTS, written(event, arguments));
    byte[] bytes = Framed.encoded(frame);
    if (unread.addAndGet(bytes.length) > MOST_UNREAD) {
      cut();
    } else {
      toWrite.add(bytes);
    }
  }

  private void write() {
    try {
      for (byte[] frame = toWrite.take(); frame.length > 0; frame = toWrite.take()) {
        frames.write(frame);
        written(frame.length);
      }
    } catch (IOException gone) {
      // The reading thread sees it, too.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      frames.close();
    }
  }

  /** Answers aren't counted before they are written, so it doesn't go below nothing. */
  private void written(int length) {
    unread.updateAndGet(size -> Math.max(0, size - length));
  }

  /** From now on what fails isn't answered: another program can do it. */
  void beginToEnd() {
    ending = true;
  }

  /** Says what is to be said yet, and ends. */
  void end() {
    chat.remove(listener);
    toWrite.add(END);
    try {
      boolean unused = writing.join(LONGEST_FAREWELL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    frames.close();
  }

  private void cut() {
    chat.remove(listener);
    toWrite.add(END);
    frames.close();
  }
}
