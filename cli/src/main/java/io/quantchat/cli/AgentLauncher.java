package io.quantchat.cli;

import io.quantchat.cli.agent.WireFailures;
import io.quantchat.client.json.Json;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts an agent: in a session of its own where the system has {@code setsid}, away from the
 * terminal, with nothing that would write its memory into a file. It is told all that it needs
 * through a pipe.
 */
final class AgentLauncher {

  /** System property: the file with classes that are ready to use, which the JVM may read. */
  private static final String CACHE_PROPERTY = "quantchat.cache";

  private static final String OWN_PROPERTIES = "quantchat.";

  /** No core file; what the shell is given after it is run in its place. */
  private static final List<String> WITHOUT_CORE =
      List.of("/bin/sh", "-c", "ulimit -c 0; exec \"$@\"", "agent");

  /** The last ones keep what is in memory from files, and from debuggers that attach. */
  private static final List<String> OPTIONS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "-Xms8m",
          "-XX:MinHeapFreeRatio=10",
          "-XX:MaxHeapFreeRatio=20",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:-HeapDumpOnOutOfMemoryError",
          "-XX:-CreateCoredumpOnCrash",
          "-XX:ErrorFile=/dev/null",
          "-XX:+DisableAttachMechanism");

  /** Bytes; what is as long isn't copied into the buffer of a process's stream. */
  private static final int BUFFER = 8192;

  /** Of a char in UTF-8. */
  private static final int MOST_BYTES = 3;

  private AgentLauncher() {}

  /**
   * Starts one and waits until it holds the account.
   *
   * @return until when
   * @throws RuntimeException what keeps it from opening the store
   */
  static Instant start(AgentRequest request, char[] passphrase) {
    try {
      Process process =
          new ProcessBuilder(command())
              .directory(new File("/"))
              .redirectError(Redirect.DISCARD)
              .start();
      tell(process, request, passphrase);
      try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
        String said = reader.readLine();
        // It closes its streams then, this one last: from now on it has none of this program's.
        int unused = reader.read();
        return answered(said == null ? "" : said);
      }
    } catch (IOException e) {
      throw new CommandException(Exit.FAILED, "The agent can't be started.", e);
    }
  }

  /** The passphrase goes past the stream's own buffer, which nobody wipes. */
  private static void tell(Process process, AgentRequest request, char[] passphrase) {
    byte[] secret = line(passphrase);
    try (OutputStream in = process.getOutputStream()) {
      in.write((request.line() + "\n").getBytes(StandardCharsets.UTF_8));
      in.flush();
      in.write(secret);
    } catch (IOException e) {
      // It has ended already; why, it has said, or its silence does.
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /** A secret in UTF-8 and the end of its line, filled up with more of those. */
  private static byte[] line(char[] secret) {
    var line = new byte[Math.max(BUFFER, MOST_BYTES * secret.length + 1)];
    Arrays.fill(line, (byte) '\n');
    CoderResult unused =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .encode(CharBuffer.wrap(secret), ByteBuffer.wrap(line), true);
    return line;
  }

  private static Instant answered(String line) {
    Map<String, Object> said = Json.read(line).flatMap(Json::object).orElse(Map.of());
    Optional<Instant> until = Json.string(said, AgentProcess.UNTIL).map(Instant::parse);
    if (until.isPresent()) {
      return until.get();
    }
    RuntimeException failure =
        Json.object(said.get(AgentProcess.FAILURE))
            .map(WireFailures::read)
            .orElseGet(
                () ->
                    new CommandException(
                        Exit.FAILED, "The agent has ended before it could open the store."));
    throw failure;
  }

  private static List<String> command() {
    var command = new ArrayList<String>();
    setsid().ifPresent(command::add);
    command.addAll(WITHOUT_CORE);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    Optional.ofNullable(System.getProperty(CACHE_PROPERTY))
        .ifPresent(
            cache ->
                command.addAll(
                    List.of("-XX:AOTCache=" + cache, "-XX:+VerifySharedSpaces", "-Xlog:disable")));
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(OWN_PROPERTIES))
        .map(name -> "-D" + name + "=" + System.getProperty(name))
        .forEach(command::add);
    command.add("-cp");
    command.add(classPath());
    command.add(AgentProcess.class.getName());
    return command;
  }

  /** Independent of the folder that it is started in. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Optional<String> setsid() {
    return Stream.of(
            Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "setsid"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }
}
