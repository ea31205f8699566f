package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.infra.local.RunningInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Somebody goes on at another machine, with a real relay. */
@ExtendWith(RelayExtension.class)
class AccountFileCommandTest {

  private static final String OF_FILE = "a passphrase of a file";

  @TempDir Path folder;

  private Terminal machine(RunningInstance relay, String name) throws IOException {
    var terminal = new Terminal(Files.createDirectory(folder.resolve(name)));
    relay.write(terminal.running());
    return terminal;
  }

  private static String registered(Terminal terminal, String name) {
    String email = name + "-" + UUID.randomUUID() + "@example.org";
    terminal.makeCheapStore(email);
    terminal.answering(Terminal.PASSPHRASE, Terminal.PASSWORD, Terminal.PASSWORD);
    assertThat(terminal.run("register", email)).isZero();
    return email;
  }

  private static int passing(Terminal terminal, String... arguments) {
    terminal.answering(Terminal.PASSPHRASE);
    return terminal.run(arguments);
  }

  @Test
  void anAccountGoesOnElsewhereAsTheSame(RunningInstance relay) throws IOException {
    Terminal old = machine(relay, "old");
    Terminal other = machine(relay, "other");
    Terminal next = machine(relay, "next");
    String ann = registered(old, "ann");
    String ben = registered(other, "ben");
    assertThat(passing(old, "contacts", "add", ben)).isZero();
    assertThat(passing(other, "contacts", "add", ann)).isZero();
    assertThat(passing(old, "send", ben, "from the old machine")).isZero();
    assertThat(passing(other, "inbox")).isZero();
    Path file = folder.resolve("ann.account");

    old.answering(Terminal.PASSPHRASE, OF_FILE, OF_FILE);
    assertThat(old.run("account", "save", file.toString())).isZero();
    assertThat(old.printed()).contains("Wrote the account file of " + ann);
    assertThat(passing(old, "account", "save", file.toString())).isEqualTo(Exit.FAILED.code());
    assertThat(old.noted()).contains("There is a file");

    next.answering(Terminal.PASSPHRASE, Terminal.PASSPHRASE, Terminal.PASSWORD, "another one");
    assertThat(next.run("login", ann, "--account-file", file.toString()))
        .isEqualTo(Exit.FAILED.code());
    assertThat(next.noted()).contains("The passphrase is another one");
    assertThat(next.accounts().resolve(Accounts.fileName(ann))).doesNotExist();

    next.answering(Terminal.PASSPHRASE, Terminal.PASSPHRASE, Terminal.PASSWORD, OF_FILE);
    assertThat(next.run("login", ann, "--account-file", file.toString())).isZero();
    assertThat(next.printed()).contains("Brought 1 messages", "Logged in " + ann);
    assertThat(passing(next, "send", ben, "from the next machine")).isZero();
    assertThat(passing(other, "inbox")).isZero();
    assertThat(other.printed()).contains("from the next machine");
    assertThat(other.noted()).doesNotContain("identity");

    next.answering(Terminal.PASSPHRASE, OF_FILE);
    assertThat(next.run("account", "bring", file.toString(), "--json")).isZero();
    assertThat(next.printed()).contains("\"added\":0", "\"here\":1");
    other.answering(Terminal.PASSPHRASE, OF_FILE);
    assertThat(other.run("account", "bring", file.toString())).isEqualTo(Exit.FAILED.code());
    assertThat(other.noted()).contains("another account's, " + ann);
  }
}
