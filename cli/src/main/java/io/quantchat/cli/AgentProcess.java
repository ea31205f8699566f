package io.quantchat.cli;

import io.quantchat.cli.agent.WireFailures;
import io.quantchat.client.json.Json;
import io.quantchat.client.model.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An agent, as a program of its own. It reads what it is to hold, and the passphrase, from its
 * standard input, says there in one line that it holds it or why it can't, and closes both.
 */
public final class AgentProcess {

  /** Members of the line that it says. */
  static final String UNTIL = "until";

  static final String FAILURE = "failure";

  private AgentProcess() {}

  public static void main(String[] arguments) throws IOException {
    UnpackedSqlite.use();
    // A logout or a shutdown of the system ends it by SIGHUP or SIGTERM.
    Optional<Agent> started =
        start(
            System.in,
            System.out,
            agent -> Runtime.getRuntime().addShutdownHook(new Thread(agent::close)));
    System.in.close();
    System.out.close();
    if (started.isPresent()) {
      Agent agent = started.get();
      agent.await();
      agent.close();
    }
    System.exit(Exit.DONE.code());
  }

  /**
   * An agent; nothing where there can be none, or nobody is there any more to hear of it.
   *
   * @param before gets it before anybody hears of it
   */
  static Optional<Agent> start(InputStream in, PrintStream out, Consumer<Agent> before)
      throws IOException {
    Optional<String> line = StandardInput.line(in);
    char[] passphrase = SecretLine.read(in);
    try {
      var agent =
          new Agent(
              AgentRequest.from(line.orElse("")), passphrase, Clock.systemUTC(), System::nanoTime);
      before.accept(agent);
      say(out, Map.of(UNTIL, agent.until().toString()));
      if (out.checkError()) {
        agent.close();
        return Optional.empty();
      }
      return Optional.of(agent);
    } catch (IOException e) {
      say(out, Map.of(FAILURE, WireFailures.write(new StoreException(e.getMessage()))));
      return Optional.empty();
    } catch (RuntimeException e) {
      say(out, Map.of(FAILURE, WireFailures.write(e)));
      return Optional.empty();
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  private static void say(PrintStream out, Map<String, ?> what) {
    out.write(Json.write(what), 0, Json.write(what).length);
    out.write("\n".getBytes(StandardCharsets.UTF_8), 0, 1);
    out.flush();
  }
}
