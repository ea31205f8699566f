package io.quantchat.auth;

import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.accounts.Presence;
import io.quantchat.host.Ids;
import io.quantchat.host.Times;
import io.quantchat.http.Problem;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Registering and proving who one is. */
final class Accounts {

  /** An id that no account has. */
  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

  private static final Presence NEVER_SEEN =
      new Presence(0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private final AccountStore store;
  private final Passwords passwords;
  private final Clock clock;
  private final SecureRandom random;

  /** Accounts in this store. */
  Accounts(AccountStore store, Passwords passwords, Clock clock, SecureRandom random) {
    this.store = store;
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
    Instant now = Times.toMilliseconds(clock.instant());
    var account =
        new Account(
            Ids.random(random),
            registration.email(),
            registration.username(),
            registration.fullName(),
            passwords.hash(registration.password()),
            registration.publicKey(),
            registration.publicKeys(),
            Set.of(),
            NEVER_SEEN,
            now);
    try {
      store.create(account);
      return account;
    } catch (AccountStore.EmailTakenException taken) {
      throw Problem.of(
          Problem.Kind.CONFLICT,
          "There is already an account with this email address. Log in instead.");
    }
  }

  /**
   * The account that has this address and this password. An unknown address takes as many reads and
   * as much hashing as a wrong password, and gets the same words.
   *
   * @param email trimmed, lower case
   * @throws Problem of kind UNAUTHORIZED if there is none
   */
  Account logIn(String email, String password) {
    String userId = store.findIdByEmail(email).orElse(NOBODY);
    Optional<Account> found = store.find(userId, true);
    if (found.isEmpty()) {
      passwords.matchNobody(password);
      throw wrong();
    }
    Account account = found.get();
    if (!passwords.matches(password, account.passwordHash())) {
      throw wrong();
    }
    if (passwords.isOutdated(account.passwordHash())) {
      store.replacePasswordHash(account.userId(), account.passwordHash(), passwords.hash(password));
    }
    return account;
  }

  private static Problem wrong() {
    return Problem.of(Problem.Kind.UNAUTHORIZED, "The email address or the password is wrong.");
  }
}
