package io.quantchat.auth;

import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.accounts.EmailAddress;
import io.quantchat.accounts.EmailStore;
import io.quantchat.accounts.Presence;
import io.quantchat.host.Host;
import io.quantchat.host.Ids;
import io.quantchat.host.Parallel;
import io.quantchat.host.Read;
import io.quantchat.host.Times;
import io.quantchat.http.Problem;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Registering and proving who one is. */
final class Accounts {

  /** An id that no account has. */
  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

  private final AccountStore store;
  private final CredentialStore credentials;
  private final EmailStore emails;
  private final Passwords passwords;
  private final Clock clock;
  private final SecureRandom random;
  private final boolean hidesUnverified;

  /** Accounts in a host's tables, with passwords hashed like this. */
  static Accounts of(Host host, Passwords passwords) {
    return new Accounts(
        AccountStore.of(host),
        CredentialStore.of(host),
        EmailStore.of(host),
        passwords,
        host.clock(),
        host.random(),
        EmailStore.hidesUnverified(host));
  }

  private Accounts(
      AccountStore store,
      CredentialStore credentials,
      EmailStore emails,
      Passwords passwords,
      Clock clock,
      SecureRandom random,
      boolean hidesUnverified) {
    this.store = store;
    this.credentials = credentials;
    this.emails = emails;
    this.passwords = passwords;
    this.clock = clock;
    this.random = random;
    this.hidesUnverified = hidesUnverified;
  }

  /**
   * Makes an account.
   *
   * @throws Problem of kind CONFLICT if another has this address
   */
  Account register(Registration registration) {
    EmailAddress address = registration.email();
    if (emails.isTakenAsBefore(address) && isTaken(address)) {
      throw taken();
    }
    Instant now = Times.toMilliseconds(clock.instant());
    var account =
        new Account(
            Ids.random(random),
            registration.email().display(),
            registration.username(),
            registration.fullName(),
            registration.publicKey(),
            registration.publicKeys(),
            Set.of(),
            Presence.NEVER_SEEN,
            now);
    TransactWriteItem password =
        credentials.creating(account.userId(), passwords.hash(registration.password()));
    try {
      store.create(account, emails.claiming(account), password);
    } catch (AccountStore.EmailTakenException another) {
      if (isTaken(address)) {
        throw taken();
      }
      store.createWithoutAddress(account, password);
    }
    return account;
  }

  /**
   * Whether an address that somebody has is theirs to keep: where addresses count once they are
   * verified, one that isn't gives way to whoever verifies it, so others may register with it, too.
   */
  private boolean isTaken(EmailAddress address) {
    return !hidesUnverified
        || emails.holderOf(address).filter(EmailStore.Holder::isVerified).isPresent();
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

  /** The account of this id, if that is its password. */
  Optional<Account> logIntoOne(String userId, String password) {
    var kept = Parallel.start(() -> credentials.findHash(userId));
    Optional<AccountStore.WithEarlierHash> found = store.findWithEarlierHash(userId);
    Optional<String> hash = Parallel.await(kept);
    Optional<String> earlierHash = found.flatMap(AccountStore.WithEarlierHash::passwordHash);
    if (found.isPresent() && hash.isEmpty() && earlierHash.isEmpty()) {
      // Another login has moved it between the two reads.
      hash = credentials.findHash(userId);
    }
    if (found.isEmpty() || (hash.isEmpty() && earlierHash.isEmpty())) {
      passwords.matchNobody(password);
      return Optional.empty();
    }
    String known = hash.or(() -> earlierHash).orElseThrow();
    if (!passwords.matches(password, known)) {
      return Optional.empty();
    }
    String next = passwords.isOutdated(known) ? passwords.hash(password) : known;
    if (hash.isEmpty()) {
      credentials.move(userId, known, next);
    } else if (!next.equals(known)) {
      credentials.replace(userId, known, next);
    }
    return found.map(AccountStore.WithEarlierHash::account);
  }

  /**
   * Checks that who asks knows the password of an account.
   *
   * @return the account
   * @throws Problem of kind FORBIDDEN if it is another
   */
  Account prove(Account account, String password) {
    return logIntoOne(account.userId(), password).orElseThrow(NewPasswords::wrong);
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

  static Problem gone() {
    return Problem.of(Problem.Kind.UNAUTHORIZED, "This account is no more: register again.");
  }
}
