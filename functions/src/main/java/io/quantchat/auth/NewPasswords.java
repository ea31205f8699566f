package io.quantchat.auth;

import io.quantchat.accounts.Account;
import io.quantchat.accounts.EmailAddress;
import io.quantchat.accounts.EmailStore;
import io.quantchat.host.Host;
import io.quantchat.host.Transaction;
import io.quantchat.http.Problem;
import io.quantchat.http.SourceAddress;
import io.quantchat.limits.Tries;
import io.quantchat.tokens.Caller;
import java.time.Clock;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Choosing another password. With it, whatever was asked for with the one before is void: mails
 * that are waited for, and all other sessions. Those are ended before and after: whoever is killed
 * in between has at most left what began in the same moment.
 */
final class NewPasswords {

  /**
   * Somebody who has shown that they know an account's password.
   *
   * @param hash the password's
   */
  record Proved(Account account, String hash) {

    /** Never the hash. */
    @Override
    public String toString() {
      return account.toString();
    }
  }

  private final DynamoDbClient dynamoDb;
  private final Accounts accounts;
  private final CredentialStore credentials;
  private final EmailStore emails;
  private final EmailProofStore proofs;
  private final Passwords passwords;
  private final Sessions sessions;
  private final Tries tries;
  private final Clock clock;

  NewPasswords(Host host, Accounts accounts, Passwords passwords, Sessions sessions) {
    this.dynamoDb = host.dynamoDb();
    this.accounts = accounts;
    this.credentials = CredentialStore.of(host);
    this.emails = EmailStore.of(host);
    this.proofs = EmailProofStore.of(host);
    this.passwords = passwords;
    this.sessions = sessions;
    this.tries = Tries.of(host);
    this.clock = host.clock();
  }

  /** One's own account. */
  Account find(String userId) {
    return accounts.find(userId);
  }

  /**
   * Checks the password of somebody who is signed in.
   *
   * @throws Problem of kind FORBIDDEN if it is wrong
   */
  Proved prove(String userId, String password, SourceAddress from) {
    Account account =
        tries.make(
            userId,
            from,
            () -> accounts.logIntoOne(userId, password).orElseThrow(NewPasswords::wrong));
    String hash = credentials.findHash(userId).orElseThrow(Accounts::gone);
    return new Proved(account, hash);
  }

  /** Whether the password is the one that was proved. */
  boolean isStill(Proved proved) {
    return credentials
        .findHash(proved.account().userId())
        .filter(proved.hash()::equals)
        .isPresent();
  }

  /**
   * Changes the password by the one that is known. The caller's session goes on, all others end.
   *
   * @throws Problem of kind FORBIDDEN if that is wrong, also where it was changed meanwhile
   */
  void change(Caller caller, String current, String next, SourceAddress from) {
    Proved proved = prove(caller.userId(), current, from);
    // Read after the password was looked at, it may be a newer one's.
    if (!passwords.matches(current, proved.hash())) {
      throw wrong();
    }
    String hash = passwords.hash(next);
    sessions.endOthers(caller);
    var writes = new Transaction();
    writes.add(credentials.changing(caller.userId(), proved.hash(), hash));
    writes.add(proofs.forgetting(EmailProof.Purpose.VERIFY, caller.userId()));
    writes.add(proofs.forgetting(EmailProof.Purpose.RESET, caller.userId()));
    if (writes.commit(dynamoDb).isPresent()) {
      throw wrong();
    }
    sessions.endOthers(caller);
  }

  /**
   * Changes the password of whoever reads the account's mail, which so is verified, too. All
   * sessions end.
   *
   * @throws Problem of kind INVALID if the proof has been used meanwhile
   */
  void reset(EmailProof proof, String next) {
    String userId = proof.userId();
    Account account = accounts.find(userId);
    String hash = passwords.hash(next);
    sessions.endAll(userId);
    var writes = new Transaction();
    writes.add(proofs.using(proof));
    writes.addAll(credentials.setting(userId, hash));
    writes.add(proofs.forgetting(EmailProof.Purpose.VERIFY, userId));
    EmailAddress.parse(account.email())
        .flatMap(
            address ->
                emails
                    .canonicalHolderOf(address)
                    .filter(holder -> holder.userId().equals(userId))
                    .map(
                        holder ->
                            emails.verifying(
                                address, userId, Optional.of(holder), clock.instant())))
        .ifPresent(writes::add);
    if (writes.commit(dynamoDb).isPresent()) {
      throw Addresses.notGood();
    }
    sessions.endAll(userId);
  }

  static Problem wrong() {
    return Problem.of(Problem.Kind.FORBIDDEN, "The password is wrong.");
  }
}
