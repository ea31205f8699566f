package io.quantchat.host;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A process that does what Lambda's does around a snapshot: it builds a function as Lambda does,
 * runs the hooks before, waits on standard input until it is woken, runs the hooks after, and
 * answers one event.
 */
final class RestoredFunction {

  /** What it prints, in a line of its own, when a snapshot could be taken. */
  static final String READY = "ready for a snapshot";

  private RestoredFunction() {}

  /**
   * @param arguments the function's class, and the event
   */
  public static void main(String[] arguments) throws Exception {
    var function =
        Class.forName(arguments[0])
            .asSubclass(RequestStreamHandler.class)
            .getConstructor()
            .newInstance();
    for (Snapshots hook : Snapshots.hooks()) {
      hook.beforeCheckpoint(null);
    }
    // What Lambda's logger has said is no whole line.
    System.out.println();
    System.out.println(READY);
    System.in.read();
    for (Snapshots hook : Snapshots.hooks()) {
      hook.afterRestore(null);
    }
    var out = new ByteArrayOutputStream();
    try {
      byte[] event = arguments[1].getBytes(StandardCharsets.UTF_8);
      function.handleRequest(new ByteArrayInputStream(event), out, null);
      System.out.println(out.toString(StandardCharsets.UTF_8));
    } catch (RuntimeException thrown) {
      System.out.println(thrown.getMessage());
    }
  }
}
