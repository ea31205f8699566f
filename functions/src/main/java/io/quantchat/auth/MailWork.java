package io.quantchat.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.accounts.EmailAddress;
import io.quantchat.accounts.EmailStore;
import io.quantchat.host.Background;
import io.quantchat.host.Host;
import io.quantchat.host.Metrics;
import io.quantchat.host.Read;
import io.quantchat.http.Json;
import io.quantchat.http.Problem;
import io.quantchat.limits.Limit;
import io.quantchat.limits.Limits;
import io.quantchat.mail.Letters;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Mail to owners of accounts. Whether a forgotten password's account exists is found out by another
 * invocation, in the background, so that the request takes its time and has its answer without
 * anybody knowing; and who registers waits for no mail.
 *
 * <p>In the background things may happen twice: then two mails go out, and the newer one is good.
 */
final class MailWork {

  private static final String EVENT = "mail";
  private static final String KIND = "kind";
  private static final String USER_ID = "user_id";
  private static final String EMAIL = "email";

  /** What is done in the background. */
  private enum Kind {
    REGISTERED,
    FORGOTTEN,
    PASSWORD_CHANGED,
    ADDRESS_CHANGED
  }

  private final Optional<Letters> letters;
  private final AccountStore accounts;
  private final EmailStore emails;
  private final EmailProofStore proofs;
  private final Limits limits;
  private final Supplier<Background> background;
  private final Metrics metrics;
  private final SecureRandom random;

  /** Mail of a host. */
  static MailWork of(Host host) {
    return new MailWork(host, Letters.of(host));
  }

  private MailWork(Host host, Optional<Letters> letters) {
    this.letters = letters;
    this.accounts = AccountStore.of(host);
    this.emails = EmailStore.of(host);
    this.proofs = EmailProofStore.of(host);
    this.limits = Limits.of(host);
    this.background = host.background();
    this.metrics = Metrics.of(host);
    this.random = host.random();
  }

  /** Whether this server sends mail at all. */
  boolean isOn() {
    return letters.isPresent();
  }

  /**
   * Goes on only where this server sends mail.
   *
   * @throws Problem of kind CONFLICT where it doesn't
   */
  Letters require() {
    return letters.orElseThrow(
        () ->
            Problem.of(
                Problem.Kind.CONFLICT,
                "This server sends no mail, so that addresses count as their holders' word, and"
                    + " nobody gets a new password by mail. Ask whoever runs it."));
  }

  /** Has a new account's address verified. */
  void registered(Account account) {
    leave(Kind.REGISTERED, USER_ID, account.userId());
  }

  /**
   * Has whoever reads mail at an address choose a new password, if there is an account of it.
   *
   * @param typed in whatever spelling
   */
  void forgotten(String typed) {
    require();
    background.get().begin(event(Kind.FORGOTTEN, EMAIL, typed));
  }

  /** Tells that a password was changed. */
  void passwordChanged(String userId) {
    leave(Kind.PASSWORD_CHANGED, USER_ID, userId);
  }

  /** Tells an address that it is no longer its account's. */
  void addressChanged(EmailAddress left) {
    leave(Kind.ADDRESS_CHANGED, EMAIL, left.display());
  }

  /** What it is about is done already, and stays so if the mail can't be sent: that is counted. */
  private void leave(Kind kind, String name, String value) {
    if (!isOn()) {
      return;
    }
    try {
      background.get().begin(event(kind, name, value));
    } catch (RuntimeException notBegun) {
      metrics.count(Metrics.Metric.FAILURES, 1);
    }
  }

  private static ObjectNode event(Kind kind, String name, String value) {
    ObjectNode event = Json.object();
    event.putObject(EVENT).put(KIND, kind.name()).put(name, value);
    return event;
  }

  /** Whether an event is one of those that were begun here. */
  static boolean isFor(JsonNode event) {
    return event.path(EVENT).isObject();
  }

  /** Does what was begun. */
  void run(JsonNode event) {
    JsonNode work = event.path(EVENT);
    switch (Kind.valueOf(work.path(KIND).asText())) {
      case REGISTERED -> existing(work).ifPresent(this::verifyOwn);
      case FORGOTTEN -> reset(work.path(EMAIL).asText());
      case PASSWORD_CHANGED ->
          existing(work)
              .flatMap(MailWork::addressOf)
              .ifPresent(to -> tell(to, Letters::passwordChanged));
      case ADDRESS_CHANGED ->
          EmailAddress.parse(work.path(EMAIL).asText())
              .ifPresent(to -> tell(to, Letters::addressChanged));
    }
  }

  private Optional<Account> existing(JsonNode work) {
    return accounts.find(work.path(USER_ID).asText(), Read.CONSISTENT);
  }

  private static Optional<EmailAddress> addressOf(Account account) {
    return EmailAddress.parse(account.email());
  }

  private void tell(EmailAddress to, BiConsumer<Letters, EmailAddress> letter) {
    letters.ifPresent(by -> letter.accept(by, to));
  }

  private void verifyOwn(Account account) {
    addressOf(account).filter(to -> mayMail("verify", to)).ifPresent(to -> verify(account, to));
  }

  /** Mails to an address what proves that it is an account's. */
  void verify(Account account, EmailAddress address) {
    ProofSecrets secrets = ProofSecrets.random(account.userId(), random);
    proofs.await(EmailProof.Purpose.VERIFY, account.userId(), address.display(), secrets);
    require()
        .verification(address, secrets.token(), secrets.code(), EmailProof.Purpose.VERIFY.life());
  }

  /** To the address that the account has, and never to one that only looks like it. */
  private void reset(String typed) {
    for (String userId : emails.findIds(typed)) {
      Optional<Account> account = accounts.find(userId, Read.CONSISTENT);
      Optional<EmailAddress> to =
          account.flatMap(MailWork::addressOf).filter(a -> isHeld(a, userId));
      if (to.isPresent()) {
        if (mayMail("reset", to.get())) {
          reset(userId, to.get());
        }
        return;
      }
    }
  }

  private void reset(String userId, EmailAddress to) {
    ProofSecrets secrets = ProofSecrets.random(userId, random);
    proofs.await(EmailProof.Purpose.RESET, userId, to.display(), secrets);
    require().reset(to, secrets.token(), secrets.code(), EmailProof.Purpose.RESET.life());
  }

  private boolean isHeld(EmailAddress address, String userId) {
    return emails.holderOf(address).filter(one -> one.userId().equals(userId)).isPresent();
  }

  /** Mails of one purpose don't use up what another needs. */
  boolean mayMail(String purpose, EmailAddress to) {
    return limits.allows(Limit.MAILS_TO_RECIPIENT, purpose + " " + to.canonical(), 1);
  }
}
