package io.quantchat.auth;

import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.accounts.EmailStore;
import io.quantchat.accounts.Presence;
import io.quantchat.host.Host;
import io.quantchat.host.Ids;
import io.quantchat.host.Read;
import io.quantchat.host.Times;
import io.quantchat.http.Problem;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Registering and proving who one is. */
final class Accounts {

  /** An id that no account has. */
  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

  private final AccountStore store;
  private final EmailStore emails;
  private final Passwords passwords;
  private final Clock clock;
  private final SecureRandom random;

  /** Accounts in a host's tables, with passwords hashed like this. */
  static Accounts of(Host host, Passwords passwords) {
    return new Accounts(
        AccountStore.of(host), EmailStore.of(host), passwords, host.clock(), host.random());
  }

  private Accounts(
      AccountStore store,
      EmailStore emails,
      Passwords passwords,
      Clock clock,
      SecureRandom random) {
    this.store = store;
    this.emails = emails;
    this.passwords = passwords;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes an account.
   *
   * @throws Problem of kind CONFLICT if another has this address
   */
  Account register(Registration registration) {
    if (emails.isTakenAsBefore(registration.email())) {
      throw taken();
    }
    Instant now = Times.toMilliseconds(clock.instant());
    var account =
        new Account(
            Ids.random(random),
            registration.email().display(),
            registration.username(),
            registration.fullName(),
            passwords.hash(registration.password()),
            registration.publicKey(),
            registration.publicKeys(),
            Set.of(),
            Presence.NEVER_SEEN,
            now);
    try {
      store.create(account, emails.claiming(account));
      return account;
    } catch (AccountStore.EmailTakenException taken) {
      throw taken();
    }
  }

  /**
   * The account that has this address and this password. An unknown address takes as many reads and
   * as much hashing as a wrong password, and gets the same words.
   *
   * @param email in whatever spelling; or the account's id
   * @throws Problem of kind UNAUTHORIZED if there is none
   */
  Account logIn(String email, String password) {
    List<String> meant = Ids.parse(email).map(List::of).orElseGet(() -> emails.findIds(email));
    for (String userId : meant.isEmpty() ? List.of(NOBODY) : meant) {
      Optional<Account> account = logIntoOne(userId, password);
      if (account.isPresent()) {
        emails.claimCanonical(account.get());
        return account.get();
      }
    }
    throw Problem.of(Problem.Kind.UNAUTHORIZED, "The email address or the password is wrong.");
  }

  private Optional<Account> logIntoOne(String userId, String password) {
    Optional<Account> found = store.find(userId, Read.CONSISTENT);
    if (found.isEmpty()) {
      passwords.matchNobody(password);
      return Optional.empty();
    }
    Account account = found.get();
    if (!passwords.matches(password, account.passwordHash())) {
      return Optional.empty();
    }
    if (passwords.isOutdated(account.passwordHash())) {
      store.replacePasswordHash(account.userId(), account.passwordHash(), passwords.hash(password));
    }
    return found;
  }

  /**
   * One's own account.
   *
   * @throws Problem of kind UNAUTHORIZED if it is gone
   */
  Account find(String userId) {
    return store.find(userId, Read.CONSISTENT).orElseThrow(Accounts::gone);
  }

  /**
   * Changes what a person can change of the profile. An empty optional leaves a field as it is.
   *
   * @param publicKey the outer optional: whether to change it; the inner one: the new key, or none
   * @return the account as it is now
   * @throws Problem of kind UNAUTHORIZED if it is gone
   */
  Account change(
      String userId,
      Optional<String> username,
      Optional<String> fullName,
      Optional<Optional<String>> publicKey) {
    return store.changeProfile(userId, username, fullName, publicKey).orElseThrow(Accounts::gone);
  }

  private static Problem taken() {
    return Problem.of(
        Problem.Kind.CONFLICT,
        "There is already an account with this email address. Log in instead.");
  }

  private static Problem gone() {
    return Problem.of(Problem.Kind.UNAUTHORIZED, "This account is no more: register again.");
  }
}
