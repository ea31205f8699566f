package io.quantchat.auth;

import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.accounts.EmailAddress;
import io.quantchat.accounts.EmailStore;
import io.quantchat.accounts.EmailStore.Holder;
import io.quantchat.host.Host;
import io.quantchat.host.Read;
import io.quantchat.host.Transaction;
import io.quantchat.http.Problem;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Which account has which address. Each move is one transaction: the address's row, the account
 * that gets it, and the one that loses it, which keeps its id, its contacts and its sessions, logs
 * in by its id, and can be given another address.
 */
final class Addresses {

  /** Others may write at the same rows in the same moment. */
  private static final int TRIES = 5;

  /**
   * An account that has moved to an address.
   *
   * @param left the address that it had and no longer has, if there is one
   */
  record Moved(Account account, Optional<EmailAddress> left) {}

  /** A transaction for what was read just now, and what has come of it once it is through. */
  private record Move(Transaction writes, Moved result) {}

  private final DynamoDbClient dynamoDb;
  private final AccountStore accounts;
  private final EmailStore emails;
  private final EmailProofStore proofs;
  private final Clock clock;

  /** Addresses in a host's tables. */
  static Addresses of(Host host) {
    return new Addresses(
        host.dynamoDb(),
        AccountStore.of(host),
        EmailStore.of(host),
        EmailProofStore.of(host),
        host.clock());
  }

  private Addresses(
      DynamoDbClient dynamoDb,
      AccountStore accounts,
      EmailStore emails,
      EmailProofStore proofs,
      Clock clock) {
    this.dynamoDb = dynamoDb;
    this.accounts = accounts;
    this.emails = emails;
    this.proofs = proofs;
    this.clock = clock;
  }

  /** Whether an account has verified the address that it shows. */
  boolean isVerified(Account account) {
    return EmailAddress.parse(account.email())
        .flatMap(emails::holderOf)
        .filter(holder -> holder.isVerified() && holder.userId().equals(account.userId()))
        .isPresent();
  }

  /** Whether somebody else has verified an address. */
  boolean isVerifiedByAnother(EmailAddress address, String userId) {
    return emails
        .holderOf(address)
        .filter(holder -> holder.isVerified() && !holder.userId().equals(userId))
        .isPresent();
  }

  /**
   * Gives an account another address, on its holder's word.
   *
   * @throws Problem of kind CONFLICT if it is another's; UNAUTHORIZED if the account is gone
   */
  Moved change(String userId, EmailAddress next) {
    return move(
        () -> {
          Account account = existing(userId);
          Optional<Holder> holder = emails.holderOf(next);
          if (holder.filter(one -> !one.userId().equals(userId)).isPresent()) {
            throw taken();
          }
          var writes = leaving(account, next);
          if (emails.canonicalHolderOf(next).isEmpty()) {
            writes.add(emails.claiming(next, userId));
          }
          return new Move(writes, moved(account, next));
        });
  }

  /**
   * Gives an address to the account that has shown that it is its own, whoever had claimed it.
   *
   * @throws Problem of kind CONFLICT if another has verified it; INVALID if the proof has been used
   */
  Moved verify(EmailProof proof) {
    EmailAddress address = EmailAddress.parse(proof.address()).orElseThrow();
    String userId = proof.userId();
    return move(
        () -> {
          if (proofs.awaited(proof.purpose(), userId).isEmpty()) {
            throw notGood();
          }
          Account account = existing(userId);
          Optional<Holder> holder = emails.canonicalHolderOf(address);
          if (isVerifiedByAnother(address, userId)) {
            throw taken();
          }
          var writes = leaving(account, address);
          writes.add(emails.verifying(address, userId, holder, clock.instant()));
          writes.add(proofs.using(proof));
          holder
              .map(Holder::userId)
              .filter(other -> !other.equals(userId))
              .flatMap(other -> accounts.find(other, Read.CONSISTENT))
              .filter(other -> isSame(other.email(), address))
              .ifPresent(other -> lose(other, writes));
          return new Move(writes, moved(account, address));
        });
  }

  /** What an account writes to leave its address for another. */
  private Transaction leaving(Account account, EmailAddress next) {
    var writes = new Transaction();
    writes.add(accounts.moving(account.userId(), account.email(), next.display()));
    // What was mailed to the address before is good no longer.
    writes.add(proofs.forgetting(EmailProof.Purpose.RESET, account.userId()));
    if (!isSame(account.email(), next)) {
      writes.addAll(emails.releasing(account, Optional.of(next)));
    }
    return writes;
  }

  private void lose(Account other, Transaction writes) {
    writes.add(accounts.moving(other.userId(), other.email(), ""));
    writes.add(proofs.forgetting(EmailProof.Purpose.RESET, other.userId()));
  }

  private static Moved moved(Account account, EmailAddress next) {
    return new Moved(
        account, EmailAddress.parse(account.email()).filter(left -> !isSame(left.display(), next)));
  }

  private static boolean isSame(String email, EmailAddress address) {
    return EmailAddress.parse(email)
        .filter(other -> other.canonical().equals(address.canonical()))
        .isPresent();
  }

  private Moved move(Supplier<Move> planned) {
    for (int i = 0; i < TRIES; i++) {
      Move move = planned.get();
      if (move.writes().commitUnlessOvertaken(dynamoDb)) {
        return move.result();
      }
    }
    throw Problem.of(Problem.Kind.UNAVAILABLE, "Others were changing the same at once. Try again.");
  }

  private Account existing(String userId) {
    return accounts.find(userId, Read.CONSISTENT).orElseThrow(Accounts::gone);
  }

  static Problem taken() {
    return Problem.of(
        Problem.Kind.CONFLICT, "There is already an account with this email address.");
  }

  /** The words for whatever doesn't prove anything: wrong, used, too old, or of a mail before. */
  static Problem notGood() {
    return Problem.invalid(
        "token",
        "or the code is wrong, has been used, is too old, or of a mail that isn't the newest: ask"
            + " for another mail");
  }
}
