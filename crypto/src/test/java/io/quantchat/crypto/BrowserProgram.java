package io.quantchat.crypto;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The browser's implementation, run by Node. It talks in lines of JSON; what it has to say of its
 * faults stands in this one's output.
 */
final class BrowserProgram implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ROOT = Path.of(System.getProperty("quantchat.root"));
  private static final Path WEB = ROOT.resolve("web");
  private static final Path BUNDLER = WEB.resolve("node_modules/rolldown/bin/cli.mjs");
  private static final int LEAST_NODE = 20;

  private final Process process;
  private final BufferedReader from;
  private final Writer to;

  private BrowserProgram(Process process) {
    this.process = process;
    this.from = process.inputReader(StandardCharsets.UTF_8);
    this.to = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** Skips the test where there is no Node, or where the browser client's packages aren't. */
  static void assumeIsThere() throws IOException, InterruptedException {
    String reason =
        !Files.exists(BUNDLER)
            ? "the packages of the browser client aren't installed: run npm ci in web"
            : nodeVersion() < LEAST_NODE ? "it takes Node " + LEAST_NODE + " or newer" : "";
    if (!reason.isEmpty()) {
      System.out.println("Java and browser: skipped, " + reason);
    }
    assumeTrue(reason.isEmpty(), reason);
  }

  /**
   * @param folder for what is built
   */
  static BrowserProgram start(Path folder, String... arguments)
      throws IOException, InterruptedException {
    var build =
        new ProcessBuilder(
                "node",
                BUNDLER.toString(),
                "src/crypto/checks/interop.ts",
                "--dir",
                folder.toString(),
                "--platform",
                "node",
                "--format",
                "esm",
                "--log-level",
                "silent")
            .directory(WEB.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (build.waitFor() != 0) {
      throw new IOException("The browser's implementation can't be built: " + said);
    }
    // So that Node takes what is built for modules.
    Files.writeString(folder.resolve("package.json"), "{\"type\":\"module\"}");
    var command = new ArrayList<>(List.of("node", folder.resolve("interop.js").toString()));
    command.addAll(List.of(arguments));
    return new BrowserProgram(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  void tell(Object line) throws IOException {
    to.write(JSON.writeValueAsString(line));
    to.write('\n');
    to.flush();
  }

  JsonNode hear() throws IOException, InterruptedException {
    String line = from.readLine();
    if (line == null) {
      throw new IOException("The browser's implementation ended with " + process.waitFor());
    }
    return JSON.readTree(line);
  }

  @Override
  public void close() {
    process.destroy();
  }

  /** Its first number; 0 where there is none. */
  private static int nodeVersion() throws InterruptedException {
    try {
      Process node = new ProcessBuilder("node", "--version").redirectErrorStream(true).start();
      String version = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean isOver = node.waitFor(1, TimeUnit.MINUTES) && node.exitValue() == 0;
      return isOver ? Integer.parseInt(version.replaceFirst("^v(\\d+)\\.(?s:.*)$", "$1")) : 0;
    } catch (IOException noNode) {
      return 0;
    }
  }
}
