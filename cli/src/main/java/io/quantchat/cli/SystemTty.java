package io.quantchat.cli;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The terminal that started this process, by POSIX's own means: {@code test} and {@code stty}. */
final class SystemTty implements Tty {

  private static final File TERMINAL = new File("/dev/tty");

  @Override
  public boolean is(int stream) {
    try {
      Process test = new ProcessBuilder("test", "-t", Integer.toString(stream)).inheritIO().start();
      return test.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public char[] ask(String prompt) {
    try (InputStream in = new FileInputStream(TERMINAL);
        OutputStream out = new FileOutputStream(TERMINAL)) {
      return ask(prompt, in, out);
    } catch (IOException e) {
      throw noTerminal();
    }
  }

  /** The echo comes back whatever ends this: the shutdown hook is for Ctrl-C. */
  private static char[] ask(String prompt, InputStream in, OutputStream out) throws IOException {
    String before = stty("-g").strip();
    var restoring = new Thread(() -> restore(before));
    Runtime.getRuntime().addShutdownHook(restoring);
    try {
      stty("-echo");
      out.write(prompt.getBytes(StandardCharsets.UTF_8));
      char[] secret = SecretLine.read(in);
      out.write('\n');
      return secret;
    } finally {
      restore(before);
      Runtime.getRuntime().removeShutdownHook(restoring);
    }
  }

  private static void restore(String settings) {
    try {
      stty(settings);
    } catch (IOException e) {
      System.err.println("The terminal may not show what you type: enter 'stty sane'.");
    }
  }

  private static String stty(String argument) throws IOException {
    Process stty =
        new ProcessBuilder(List.of("stty", argument))
            .redirectInput(TERMINAL)
            .redirectError(Redirect.DISCARD)
            .start();
    String said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    try {
      if (stty.waitFor() == 0) {
        return said;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IOException("The terminal can't be set");
  }

  private static CommandException noTerminal() {
    return new CommandException(
        Exit.USAGE,
        "There is no terminal to ask for a secret: give a file of lines, or - for standard input,"
            + " with --secrets-from.");
  }
}
