package io.quantchat.infra.database.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** A program that writes and says what was answered, until it is killed. */
public final class WriterProcess {

  static final String SPACE = "rows";
  private static final int WRITERS = 8;

  private WriterProcess() {}

  /** Starts it; what it says comes out of it. */
  static Process start(Path folder, int round) throws IOException {
    return new ProcessBuilder(command(WriterProcess.class, folder.toString(), "" + round))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** What starts a class of this class path. */
  static List<String> command(Class<?> program, String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
    String library = System.getProperty("quantchat.sqlite");
    if (library != null) {
      command.add(1, "-Dquantchat.sqlite=" + library);
    }
    command.add(program.getName());
    command.addAll(List.of(arguments));
    return command;
  }

  /** The value that belongs to a key. */
  static byte[] value(String key) {
    byte[] value = new byte[1 + Math.floorMod(key.hashCode(), 2000)];
    new Random(key.hashCode()).nextBytes(value);
    return value;
  }

  /**
   * @param arguments the folder, and a number that makes this one's keys differ
   */
  public static void main(String[] arguments) {
    var out = new PrintStream(System.out, true, UTF_8);
    DiskStorage storage = DiskStorage.open(Path.of(arguments[0]));
    storage.createSpace(SPACE);
    storage.createSpace("counts");
    for (int writer = 0; writer < WRITERS; writer++) {
      String name = arguments[1] + "." + writer;
      Thread.ofVirtual().start(() -> write(storage, name, out));
    }
    while (true) {
      // Virtual threads keep no process alive, and this one ends by being killed.
      LockSupport.park();
    }
  }

  /** Each second key is deleted again. */
  private static void write(DiskStorage storage, String name, PrintStream out) {
    for (int i = 0; ; i++) {
      String key = name + "." + i;
      storage.change(
          change -> {
            change.put(SPACE, key.getBytes(UTF_8), value(key));
            byte[] count = change.get("counts", name.getBytes(UTF_8));
            long next = count == null ? 1 : ByteBuffer.wrap(count).getLong() + 1;
            byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(next).array();
            change.put("counts", name.getBytes(UTF_8), bytes);
            return null;
          });
      out.println("put " + key);
      if (i % 2 == 1) {
        storage.change(
            change -> {
              change.delete(SPACE, key.getBytes(UTF_8));
              return null;
            });
        out.println("deleted " + key);
      }
    }
  }
}
