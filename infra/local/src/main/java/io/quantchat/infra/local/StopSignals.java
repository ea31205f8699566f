package io.quantchat.infra.local;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * SIGINT and SIGTERM: the first of them lets the process end in order, the second at once. Left to
 * itself, the JVM ends in order too, but lets no second signal hurry it.
 *
 * <p>The JDK's class for signals has no public place; where it isn't, the JVM is left to itself.
 */
final class StopSignals {

  static final int SIGINT = 2;
  static final int SIGTERM = 15;

  /** What is added to a signal's number makes the exit code of whoever ends by it. */
  static final int EXIT_CODE = 128;

  private StopSignals() {}

  /**
   * From now on they are heard.
   *
   * @param first told the first one's number, on a thread of its own
   * @param second told that of each later one
   */
  static void hear(IntConsumer first, IntConsumer second) {
    var heard = new AtomicInteger();
    IntConsumer each = number -> (heard.getAndIncrement() == 0 ? first : second).accept(number);
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Method number = signal.getMethod("getNumber");
      Method handle = signal.getMethod("handle", signal, handler);
      Object told =
          Proxy.newProxyInstance(
              StopSignals.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getDeclaringClass().equals(Object.class)) {
                  return method.invoke(each, arguments);
                }
                each.accept((int) number.invoke(arguments[0]));
                return null;
              });
      for (String name : new String[] {"INT", "TERM"}) {
        handle.invoke(null, signal.getConstructor(String.class).newInstance(name), told);
      }
    } catch (ReflectiveOperationException absent) {
      // As the JVM does it, then.
    }
  }
}
