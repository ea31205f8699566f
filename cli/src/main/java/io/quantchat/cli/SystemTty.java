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
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The terminal that started this process, by POSIX's own means: {@code test} and {@code stty}. */
final class SystemTty implements Tty {

  private static final File TERMINAL = new File("/dev/tty");

  /** Nothing where the standard input is no terminal; else how it is set, and without echo then. */
  private static final List<String> HIDE =
      List.of("sh", "-c", "test -t 0 && stty -g 2>/dev/null && stty -echo 2>/dev/null");

  private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("[0-9]{1,5} ([0-9]{1,5})");

  /** How the terminal was set before typing was hidden; nothing where it isn't. */
  private final AtomicReference<String> shown = new AtomicReference<>();

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
  public OptionalInt columns() {
    try {
      Matcher size = ROWS_AND_COLUMNS.matcher(stty("size").strip());
      return size.matches() ? OptionalInt.of(Integer.parseInt(size.group(1))) : OptionalInt.empty();
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  /** The terminal is set back whatever ends the program: the shutdown hook is for signals. */
  @Override
  public void hideTyping() {
    try {
      Process hide =
          new ProcessBuilder(HIDE)
              .redirectInput(Redirect.INHERIT)
              .redirectError(Redirect.DISCARD)
              .start();
      String before = said(hide).strip();
      if (!before.isEmpty() && shown.compareAndSet(null, before)) {
        Runtime.getRuntime().addShutdownHook(new Thread(this::showTyping));
      }
    } catch (IOException notHidden) {
      // What can't be asked for without echo is refused where it is asked for.
    }
  }

  @Override
  public void showTyping() {
    String before = shown.getAndSet(null);
    if (before != null) {
      restore(before);
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

  private char[] ask(String prompt, InputStream in, OutputStream out) throws IOException {
    return shown.get() == null ? askHidden(prompt, in, out) : answer(prompt, in, out);
  }

  /** The echo comes back whatever ends this: the shutdown hook is for Ctrl-C. */
  private static char[] askHidden(String prompt, InputStream in, OutputStream out)
      throws IOException {
    String before = stty("-g").strip();
    var restoring = new Thread(() -> restore(before));
    Runtime.getRuntime().addShutdownHook(restoring);
    try {
      stty("-echo");
      return answer(prompt, in, out);
    } finally {
      restore(before);
      Runtime.getRuntime().removeShutdownHook(restoring);
    }
  }

  private static char[] answer(String prompt, InputStream in, OutputStream out) throws IOException {
    out.write(prompt.getBytes(StandardCharsets.UTF_8));
    char[] secret = SecretLine.read(in);
    out.write('\n');
    return secret;
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
    String said = said(stty);
    if (stty.exitValue() != 0) {
      throw new IOException("The terminal can't be set");
    }
    return said;
  }

  private static String said(Process process) throws IOException {
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    try {
      int unused = process.waitFor();
      return said;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  private static CommandException noTerminal() {
    return new CommandException(
        Exit.USAGE,
        "There is no terminal to ask for a secret: give a file of lines, or - for standard input,"
            + " with --secrets-from.");
  }
}
