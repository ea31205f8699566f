package io.quantchat.client;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The browser's client, run by Node: brings an account file, and writes its own. */
final class BrowserRewriting {

  private static final Path WEB = Path.of(System.getProperty("quantchat.root"), "web");
  private static final Path BUNDLER = WEB.resolve("node_modules/rolldown/bin/cli.mjs");
  private static final int LEAST_NODE = 20;

  private final Path program;

  private BrowserRewriting(Path program) {
    this.program = program;
  }

  /** Skips the test where there is no Node, or where the browser client's packages aren't. */
  static void assumeIsThere() throws IOException, InterruptedException {
    String reason =
        !Files.exists(BUNDLER)
            ? "the packages of the browser client aren't installed: run npm ci in web"
            : hasNode() ? "" : "it takes Node " + LEAST_NODE + " or newer";
    if (!reason.isEmpty()) {
      System.out.println("Account files of Java and browser: skipped, " + reason);
    }
    assumeTrue(reason.isEmpty(), reason);
  }

  /**
   * @param folder for what is built
   */
  static BrowserRewriting build(Path folder) throws IOException, InterruptedException {
    ran(
        List.of(
            "node",
            BUNDLER.toString(),
            "src/engine/accountFile/checks/interop.ts",
            "--dir",
            folder.toString(),
            "--platform",
            "node",
            "--format",
            "esm",
            "--log-level",
            "silent"));
    // So that Node takes what is built for modules.
    Files.writeString(folder.resolve("package.json"), "{\"type\":\"module\"}");
    return new BrowserRewriting(folder.resolve("interop.js"));
  }

  void run(Path from, Path to, String passphrase) throws IOException, InterruptedException {
    ran(List.of("node", program.toString(), from.toString(), to.toString(), passphrase));
  }

  private static void ran(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(WEB.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("The browser's client failed: " + said);
    }
  }

  private static boolean hasNode() throws InterruptedException {
    try {
      Process node = new ProcessBuilder("node", "--version").redirectErrorStream(true).start();
      String version = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String first = version.replaceFirst("^v(\\d+)\\.(?s:.*)$", "$1");
      return node.waitFor() == 0 && Integer.parseInt(first) >= LEAST_NODE;
    } catch (IOException noNode) {
      return false;
    }
  }
}
