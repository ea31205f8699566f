package io.quantchat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantchat.client.json.Json;
import io.quantchat.infra.local.RunningInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Somebody takes all that the server holds along, and leaves, with a real relay. */
@ExtendWith(RelayExtension.class)
class AccountCommandTest {

  private static Terminal terminal;
  private static String ben;

  @TempDir static Path folder;

  @BeforeAll
  static void somebodyStays(RunningInstance relay) {
    terminal = new Terminal(folder);
    relay.write(terminal.running());
    ben = registered(newEmail("ben"));
  }

  private static String newEmail(String name) {
    return name + "-" + UUID.randomUUID() + "@example.org";
  }

  private static String registered(String email) {
    terminal.makeCheapStore(email);
    terminal.answering(Terminal.PASSPHRASE, Terminal.PASSWORD, Terminal.PASSWORD);
    assertThat(terminal.run("register", email)).isZero();
    return email;
  }

  private static int as(String email, List<String> secrets, String... arguments) {
    terminal.answering(secrets.toArray(String[]::new));
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--as", email));
    return terminal.run(all.toArray(String[]::new));
  }

  @Test
  void whatTheServerHoldsIsWrittenIntoAFileAndTheAccountGoes() throws IOException {
    String ann = registered(newEmail("ann"));
    List<String> passphrase = List.of(Terminal.PASSPHRASE);
    assertThat(as(ann, passphrase, "contacts", "add", ben)).isZero();
    assertThat(as(ben, passphrase, "contacts", "add", ann)).isZero();
    assertThat(as(ben, passphrase, "send", ann, "until then")).isZero();
    Path file = folder.resolve("held.json");

    assertThat(as(ann, passphrase, "account", "export", file.toString())).isZero();

    Map<String, Object> held =
        Json.read(Files.readString(file)).flatMap(Json::object).orElseThrow();
    assertThat(Json.object(held.get("profile")).orElseThrow()).containsEntry("email", ann);
    assertThat(Json.objects(held.get("contacts"))).hasSize(1);
    assertThat(Json.objects(held.get("messages"))).hasSize(1);
    assertThat(held).doesNotContainKey("next_cursor").containsKeys("bundle", "prekey_batches");

    assertThat(as(ann, List.of(), "account", "delete")).isEqualTo(Exit.USAGE.code());
    assertThat(terminal.noted()).contains("say --yes", ann, "its store stays");
    assertThat(terminal.noted().lines()).hasSize(6);
    assertThat(as(ann, passphrase, "contacts")).isZero();

    List<String> wrong = List.of(Terminal.PASSPHRASE, "not the password");
    assertThat(as(ann, wrong, "account", "delete", "--yes")).isNotZero();
    assertThat(terminal.noted()).contains("password");
    assertThat(as(ann, passphrase, "contacts")).isZero();

    List<String> both = List.of(Terminal.PASSPHRASE, Terminal.PASSWORD);
    assertThat(as(ann, both, "account", "delete", "--yes")).isZero();
    assertThat(terminal.printed()).contains("is deleted", "stays");
    assertThat(as(ann, passphrase, "contacts")).isEqualTo(Exit.LOGIN_REQUIRED.code());
    assertThat(as(ben, passphrase, "contacts", "--json")).isZero();
    assertThat(terminal.printed()).doesNotContain(ann);
    String again = registered(newEmail("other"));
    assertThat(as(again, passphrase, "contacts", "add", ann)).isNotZero();
  }

  @Test
  void theStoreGoesWithTheAccountIfOneSaysSoAndTheAddressIsFree() {
    String ann = registered(newEmail("ann"));
    Path store = terminal.accounts().resolve(Accounts.fileName(ann));
    List<String> both = List.of(Terminal.PASSPHRASE, Terminal.PASSWORD);

    assertThat(as(ann, both, "account", "delete", "--yes", "--with-store", "--json")).isZero();

    assertThat(terminal.printed()).contains("\"deleted\":true", "\"store\":null");
    assertThat(store).doesNotExist();
    assertThat(registered(ann)).isEqualTo(ann);
  }
}
