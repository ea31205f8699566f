package io.quantchat.mail;

import io.quantchat.accounts.EmailAddress;
import io.quantchat.host.Environment.Variable;
import io.quantchat.host.Host;
import io.quantchat.host.Mail;
import io.quantchat.host.MailTransport;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Mails to owners of accounts, from the address that the operator has said. A link has its token in
 * the fragment, which no browser sends to a server: it is in no server's log.
 */
public final class Letters {

  private final String from;
  private final Optional<String> link;
  private final Supplier<MailTransport> transport;

  /** The mails of a host; nothing where its operator has it send none. */
  public static Optional<Letters> of(Host host) {
    return host.environment()
        .find(Variable.MAIL_FROM)
        .map(from -> new Letters(from, host.environment().find(Variable.MAIL_LINK), host.mail()));
  }

  private Letters(String from, Optional<String> link, Supplier<MailTransport> transport) {
    this.from = from;
    this.link = link.map(page -> page.replaceFirst("/+$", ""));
    this.transport = transport;
  }

  /** What proves that its reader reads mail at an address. */
  public void verification(EmailAddress to, String token, String code, Duration good) {
    send(
        to,
        "Confirm your e-mail address",
        """
        An account of this server says that this e-mail address is its own.

        If it is yours, %s
        If you don't know of any account, do nothing. Nobody gets
        anything with this address unless you confirm it.
        """
            .formatted(ways("/auth/email/verify", token, code, good)));
  }

  /** What lets its reader choose another password. */
  public void reset(EmailAddress to, String token, String code, Duration good) {
    send(
        to,
        "Choose a new password",
        """
        Somebody asked for a new password for the account with this e-mail
        address.

        If that was you, %s
        If it wasn't, do nothing: your password stays as it is.
        """
            .formatted(ways("/auth/password/reset", token, code, good)));
  }

  /** Tells that the password was changed. */
  public void passwordChanged(EmailAddress to) {
    send(
        to,
        "Your password was changed",
        """
        The password of the account with this e-mail address was changed just
        now.

        If it wasn't you, ask for a new one at once, as for a password that
        is forgotten.
        """);
  }

  /** Tells that an account has another address from now on. */
  public void addressChanged(EmailAddress to) {
    send(
        to,
        "Your e-mail address was changed",
        """
        The account that had this e-mail address has another one from now on.

        If it wasn't you, somebody else has its password: write to whoever
        runs this server.
        """);
  }

  private String ways(String page, String token, String code, Duration good) {
    String byCode =
        """
        %s this code where you are asked for it:

            %s

        It is good once, for %s; only the newest mail's is good.
        """;
    return link.map(
            base ->
                "open this page:\n\n    %s%s#token=%s\n\n".formatted(base, page, token)
                    + byCode.formatted("Or type", code, words(good)))
        .orElseGet(() -> byCode.formatted("type", code, words(good)));
  }

  private static String words(Duration good) {
    return good.toHours() > 0 ? good.toHours() + " hours" : good.toMinutes() + " minutes";
  }

  private void send(EmailAddress to, String subject, String text) {
    transport.get().submit(from, new Mail(to.mailbox(), subject, text));
  }
}
