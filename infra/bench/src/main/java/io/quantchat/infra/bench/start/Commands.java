package io.quantchat.infra.bench.start;

import io.quantchat.infra.bench.checkout.Checkout;
import io.quantchat.infra.bench.start.Beginning.Sent;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a person types to write to another, on a checkout and in a data folder of its own. */
final class Commands {

  private static final String ANN = "ann@example.org";
  private static final String BOB = "bob@example.org";

  /** Bash's own watch, which counts the processor time of all that a command starts. */
  private static final String TIMED =
      "TIMEFORMAT='%3R %3U %3S'; { time \"$0\" \"$@\" >>\"$LOG\" 2>&1; } 2>\"$TIMES\"";

  private final Checkout checkout;
  private final URI restUrl;
  private final Path folder;

  /**
   * @param folder where the accounts' stores are made
   */
  Commands(Checkout checkout, URI restUrl, Path folder) throws IOException {
    this.checkout = checkout;
    this.restUrl = restUrl;
    this.folder = folder;
    Files.writeString(
        folder.resolve("secrets"), "the store's passphrase\nthe account's password\n");
  }

  /** Two accounts, one of which has the other for a contact. */
  void prepare() throws IOException {
    type("register", ANN, "--server", restUrl.toString());
    type("register", BOB, "--server", restUrl.toString());
    type("contacts", "add", BOB, "--as", ANN);
  }

  /** One message from one to the other. */
  Sent send() throws IOException {
    return type("send", BOB, "hello", "--as", ANN);
  }

  private Sent type(String... words) throws IOException {
    Path times = folder.resolve("times");
    Path log = folder.resolve("log");
    List<String> command = new ArrayList<>(List.of("bash", "-c", TIMED));
    command.add(checkout.script().toString());
    command.addAll(List.of(words));
    command.addAll(List.of("--secrets-from", folder.resolve("secrets").toString()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(checkout.folder().toFile());
    builder.environment().put("XDG_DATA_HOME", folder.resolve("data").toString());
    builder.environment().put("LOG", log.toString());
    builder.environment().put("TIMES", times.toString());
    builder.environment().put("LC_NUMERIC", "C");
    try {
      if (builder.start().waitFor() != 0) {
        throw new IOException(
            "%s: %s did not work: %s"
                .formatted(checkout.name(), String.join(" ", words), Files.readString(log)));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a command ran", interrupted);
    }
    String[] seconds = Files.readString(times).strip().split(" ", -1);
    return new Sent(
        Double.parseDouble(seconds[0]) * 1000,
        (Double.parseDouble(seconds[1]) + Double.parseDouble(seconds[2])) * 1000);
  }
}
