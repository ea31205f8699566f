package io.quantchat.auth;

import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.accounts.EmailAddress;
import io.quantchat.accounts.EmailStore;
import io.quantchat.host.Host;
import io.quantchat.host.Read;
import io.quantchat.host.Times;
import io.quantchat.http.Problem;
import io.quantchat.http.SourceAddress;
import io.quantchat.keys.BundleStore;
import io.quantchat.leaving.Departure;
import io.quantchat.leaving.LeavingStore;
import io.quantchat.limits.Tries;
import io.quantchat.push.Closings;
import io.quantchat.push.ConnectionStore;
import io.quantchat.tokens.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Leaving: one transaction deletes an account, its keys with it, lets go of its address, and says
 * so to everybody who asks. What else there is of it, a worker deletes.
 */
final class Departures {

  /** Each failed try means that the account was changed in the same moment, by its owner. */
  private static final int MOST_TRIES = 5;

  /** How long after a login its session proves as much as the password does. */
  static final Duration FRESH = Duration.ofMinutes(5);

  private final AccountStore accounts;
  private final Accounts passwords;
  private final EmailStore emails;
  private final CredentialStore credentials;
  private final BundleStore bundles;
  private final LiveSessionStore sessions;
  private final ConnectionStore connections;
  private final LeavingStore departures;
  private final Closings closings;
  private final Tries tries;
  private final Clock clock;

  /** Departures from a host's tables, of who proves to these accounts that it is theirs. */
  static Departures of(Host host, Accounts passwords) {
    return new Departures(
        AccountStore.of(host),
        passwords,
        EmailStore.of(host),
        CredentialStore.of(host),
        BundleStore.of(host),
        LiveSessionStore.of(host),
        ConnectionStore.of(host),
        LeavingStore.of(host),
        Closings.of(host),
        Tries.of(host),
        host.clock());
  }

  private Departures(
      AccountStore accounts,
      Accounts passwords,
      EmailStore emails,
      CredentialStore credentials,
      BundleStore bundles,
      LiveSessionStore sessions,
      ConnectionStore connections,
      LeavingStore departures,
      Closings closings,
      Tries tries,
      Clock clock) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.emails = emails;
    this.credentials = credentials;
    this.bundles = bundles;
    this.sessions = sessions;
    this.closings = closings;
    this.tries = tries;
    this.connections = connections;
    this.departures = departures;
    this.clock = clock;
  }

  /**
   * Lets an account leave. The second time it has left already, and nothing is to be proved.
   *
   * @param password may be left out for a while after a login; a wrong one counts as at a login
   * @param from where the request comes from
   * @return when it left
   * @throws Problem UNAUTHORIZED if there is no such account, FORBIDDEN if it isn't proved that it
   *     is the caller's
   */
  Instant leave(Caller caller, Optional<String> password, SourceAddress from) {
    String userId = caller.userId();
    boolean proved = false;
    for (int i = 0; i < MOST_TRIES; i++) {
      Optional<Account> found = accounts.find(userId, Read.CONSISTENT);
      if (found.isEmpty()) {
        return departures.leftAt(userId, Read.CONSISTENT).orElseThrow(Accounts::gone);
      }
      if (!proved) {
        prove(found.get(), caller, password, from);
        proved = true;
      }
      Instant now = Times.toMilliseconds(clock.instant());
      if (isCommitted(found.get(), now)) {
        hangUp(userId);
        return now;
      }
    }
    throw Problem.of(
        Problem.Kind.UNAVAILABLE, "Your account is being changed by other requests: try again.");
  }

  private void prove(
      Account account, Caller caller, Optional<String> password, SourceAddress from) {
    if (password.isPresent()) {
      String guessed =
          EmailAddress.keysOf(account.email()).stream().findFirst().orElse(account.email());
      var _ = tries.make(guessed, from, () -> passwords.prove(account, password.get()));
      return;
    }
    Instant since = clock.instant().minus(FRESH);
    boolean isFresh =
        LiveSessionStore.of(caller, sessions.find(caller.userId()))
            .filter(session -> session.createdAt().isAfter(since))
            .isPresent();
    if (!isFresh) {
      throw Problem.of(Problem.Kind.FORBIDDEN, "Send your password, or log in again before this.");
    }
  }

  private void hangUp(String userId) {
    try {
      closings.close(connections.openOf(userId, Read.CONSISTENT));
    } catch (SdkException unavailable) {
      // It has left, and the answer must say so; the worker closes them within a minute.
      return;
    }
  }

  private boolean isCommitted(Account account, Instant now) {
    String userId = account.userId();
    var departure =
        new Departure(userId, now, emails.formsOf(account), account.blocked(), Optional.empty());
    return departures.begin(
        departure,
        emails.releasing(account),
        accounts.deleting(account),
        credentials.deleting(userId),
        bundles.deleting(userId),
        connections.noting(userId, now));
  }
}
