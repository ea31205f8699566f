package io.quantchat.infra.demo.attacks;

import io.quantchat.infra.database.storage.SqliteLibrary;
import io.quantchat.infra.local.OwnBackend;
import io.quantchat.infra.local.RunningInstance;
import io.quantchat.infra.local.terminal.Typed;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./quantchat attack}: plays attacks and exits 0 if the relay withstood each. */
@Command(
    name = "./quantchat attack",
    description = "Play what strangers try against a relay, with accounts that are thrown away.",
    separator = " ")
public final class Attacks implements Callable<Integer> {

  private static final int NOT_PLAYED = 2;

  @Spec private CommandSpec spec;

  private final PrintStream out;
  private URI restUrl;

  Attacks(PrintStream out) {
    this.out = out;
  }

  /**
   * Exits 0 if all were withstood, 1 if one wasn't, 2 if the arguments can't be read or not all
   * could be played.
   */
  public static void main(String[] arguments) {
    SqliteLibrary.load();
    PrintStream out = new PrintStream(System.out, true, System.out.charset());
    System.exit(Typed.of(new Attacks(out), out, out).run(List.of(arguments)));
  }

  @Option(
      names = "--url",
      paramLabel = "REST_URL",
      description =
          "attack this instance, such as http://localhost:8080/api/v1; else the one that runs here,"
              + " else one of its own")
  void restUrl(String typed) {
    try {
      restUrl = URI.create(typed.replaceFirst("/+$", ""));
    } catch (IllegalArgumentException noUrl) {
      throw Typed.unusable(spec, "--url needs a whole URL, with http:// or https://.");
    }
    if (restUrl.getHost() == null) {
      throw Typed.unusable(spec, "--url needs a whole URL, with http:// or https://.");
    }
  }

  @Override
  public Integer call() throws Exception {
    if (restUrl != null) {
      String scheme = "https".equals(restUrl.getScheme()) ? "wss" : "ws";
      return play(restUrl, URI.create(scheme + "://" + restUrl.getAuthority() + "/ws"));
    }
    Optional<RunningInstance> running = RunningInstance.read(RunningInstance.file());
    if (running.isPresent()) {
      return play(running.get().restUrl(), running.get().socketUrl());
    }
    out.println("Nothing runs here: starting an instance for these attacks alone.");
    try (OwnBackend own = OwnBackend.startWithLimits()) {
      return play(own.restUrl(), own.socketUrl());
    }
  }

  int play(URI rest, URI socket) throws InterruptedException {
    out.printf("Attacks on %s%n", rest);
    int broken = 0;
    int number = 0;
    try (Attacker attacker = new Attacker(rest, socket)) {
      for (Attack attack : all(attacker)) {
        number++;
        Attack.Outcome outcome = outcome(attack);
        broken += outcome.held() ? 0 : 1;
        out.printf(
            "%2d %-6s %s: %s: %s%n",
            number,
            outcome.held() ? "held" : "BROKEN",
            attack.name(),
            outcome.tried(),
            outcome.got());
      }
    } catch (Attacker.NoMoreAccounts refused) {
      out.printf(
          "Stopped at the attack %d: %s, which is right after so many, such as those of an earlier"
              + " run. Play them again then, or on a fresh instance.%n",
          number, refused.getMessage());
      return NOT_PLAYED;
    }
    out.println(
        broken == 0
            ? "All %d were withstood.".formatted(number)
            : "%d of %d were not withstood.".formatted(broken, number));
    return broken == 0 ? 0 : 1;
  }

  /** Nobody knows whether an attack was withstood that couldn't be played. */
  private static Attack.Outcome outcome(Attack attack) throws InterruptedException {
    try {
      return attack.play().play();
    } catch (InterruptedException | Attacker.NoMoreAccounts stopped) {
      throw stopped;
    } catch (IOException e) {
      return new Attack.Outcome("could not be played", "the connection broke", false);
    } catch (Exception e) {
      return new Attack.Outcome("could not be played", String.valueOf(e.getMessage()), false);
    }
  }

  /** The last keeps this address from making accounts for a while. */
  private static List<Attack> all(Attacker attacker) {
    var accounts = new AccountAttacks(attacker);
    var messages = new MessageAttacks(attacker);
    var wire = new WireAttacks(attacker);
    return List.of(
        new Attack("Guess a password", accounts::guessPasswords),
        new Attack("Take an address over by its look", accounts::spellAnAddressOtherwise),
        new Attack("End a session by its access token", accounts::buildARefreshToken),
        new Attack("Go on after logout", accounts::useTokensAfterLogout),
        new Attack("Go on after deletion", accounts::useTokensAfterDeletion),
        new Attack("Drain prekeys", messages::drainPrekeys),
        new Attack("Read what others write", messages::readOthersMessages),
        new Attack("Fill an inbox", messages::fillAnInbox),
        new Attack("Notice a block", messages::noticeABlock),
        new Attack("Break it with odd JSON", wire::sendOddJson),
        new Attack("Send too much, too slowly", wire::sendTooMuchTooSlowly),
        new Attack("Find out who has an account", accounts::findAccounts),
        new Attack("Flood sockets", wire::floodSockets),
        new Attack("Register in bulk", accounts::registerInBulk));
  }
}
