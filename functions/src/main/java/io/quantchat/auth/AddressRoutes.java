package io.quantchat.auth;

import io.quantchat.accounts.Account;
import io.quantchat.accounts.EmailAddress;
import io.quantchat.accounts.EmailStore;
import io.quantchat.host.Host;
import io.quantchat.http.Fields;
import io.quantchat.http.Json;
import io.quantchat.http.Problem;
import io.quantchat.http.RestRequest;
import io.quantchat.http.RestResponse;
import io.quantchat.http.RestRoutes;
import io.quantchat.limits.Limit;
import io.quantchat.limits.Limits;
import io.quantchat.tokens.Caller;
import java.util.List;
import java.util.Optional;

/** Changing the password, by the one that is known or by mail, and the address. */
final class AddressRoutes {

  private static final String NEW_PASSWORD = "new_password";
  private static final String TOKEN = "token";
  private static final String CODE = "code";
  private static final String USER_ID = "user_id";
  private static final int LONGEST_TOKEN = 128;
  private static final int LONGEST_CODE = 32;

  /** An id that no account has. */
  private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

  private final Addresses addresses;
  private final NewPasswords passwords;
  private final EmailStore emails;
  private final EmailProofStore proofs;
  private final MailWork mail;
  private final Limits limits;

  AddressRoutes(Host host, NewPasswords passwords, MailWork mail) {
    this.addresses = Addresses.of(host);
    this.passwords = passwords;
    this.emails = EmailStore.of(host);
    this.proofs = EmailProofStore.of(host);
    this.mail = mail;
    this.limits = Limits.of(host);
  }

  RestRoutes addTo(RestRoutes routes) {
    return routes
        .signedIn("POST /auth/password", this::changePassword)
        .open("POST /auth/password/forgot", this::forgot)
        .open("GET /auth/password/reset", _ -> MailedPage.RESET.answer())
        .open("POST /auth/password/reset", this::reset)
        .signedIn("POST /auth/email", this::changeEmail)
        .signedIn("POST /auth/email/verification", this::askForVerification)
        .open("GET /auth/email/verify", _ -> MailedPage.VERIFY.answer())
        .open("POST /auth/email/verify", this::verify);
  }

  private RestResponse changePassword(RestRequest request, Caller caller) {
    Fields fields = request.fields(AccountFields.LARGEST_BODY);
    String current = AccountFields.typedPassword(fields);
    String next = AccountFields.newPassword(fields, NEW_PASSWORD);
    fields.check();
    passwords.change(caller, current, next, request.source());
    mail.passwordChanged(caller.userId());
    return RestResponse.noContent();
  }

  /** The same words after the same work, whoever's address it is: the rest is done elsewhere. */
  private RestResponse forgot(RestRequest request) {
    Fields fields = request.fields(AccountFields.LARGEST_BODY);
    String email = AccountFields.typedEmail(fields);
    fields.check();
    mail.require();
    limits.charge(Limit.MAILS_OF_ADDRESS, request.source().text(), 1);
    mail.forgotten(email);
    return new RestResponse(
        202,
        Json.object()
            .put(
                "detail",
                "If there is an account with this email address, a mail to it is on its way."));
  }

  private RestResponse reset(RestRequest request) {
    Fields fields = request.fields(AccountFields.LARGEST_BODY);
    Optional<String> token = fields.optionalText(TOKEN, 1, LONGEST_TOKEN);
    Optional<String> code = fields.optionalText(CODE, 1, LONGEST_CODE);
    String email = code.isPresent() ? AccountFields.typedEmail(fields) : "";
    requireOne(fields, token, code);
    String next = AccountFields.newPassword(fields, NEW_PASSWORD);
    fields.check();
    mail.require();
    limits.charge(Limit.PROOFS, request.source().text(), 1);
    EmailProof proof =
        token
            .map(text -> proofs.byToken(EmailProof.Purpose.RESET, text))
            .orElseGet(() -> byCodeOf(email, code.orElseThrow()))
            .orElseThrow(Addresses::notGood);
    passwords.reset(proof, next);
    mail.passwordChanged(proof.userId());
    return RestResponse.noContent();
  }

  private Optional<EmailProof> byCodeOf(String email, String code) {
    List<String> meant = emails.findIds(email);
    return (meant.isEmpty() ? List.of(NOBODY) : meant)
        .stream()
            .flatMap(id -> proofs.byCode(EmailProof.Purpose.RESET, id, code).stream())
            .findFirst();
  }

  private RestResponse changeEmail(RestRequest request, Caller caller) {
    Fields fields = request.fields(AccountFields.LARGEST_BODY);
    Optional<EmailAddress> wanted = AccountFields.newEmail(fields);
    String password = AccountFields.typedPassword(fields);
    fields.check();
    EmailAddress next = wanted.orElseThrow();
    NewPasswords.Proved proved = passwords.prove(caller.userId(), password, request.source());
    if (!mail.isOn()) {
      addresses.change(caller.userId(), next);
      return RestResponse.ok(Json.object().put("email", next.display()));
    }
    limits.charge(Limit.MAILS_OF_ADDRESS, request.source().text(), 1);
    if (addresses.isVerifiedByAnother(next, caller.userId())) {
      throw Addresses.taken();
    }
    sendVerification(proved.account(), next);
    // Whoever chose another password meanwhile doesn't want what was asked with the one before.
    if (!passwords.isStill(proved)) {
      proofs.forget(EmailProof.Purpose.VERIFY, caller.userId());
      throw NewPasswords.wrong();
    }
    return pending(proved.account(), next);
  }

  private RestResponse askForVerification(RestRequest request, Caller caller) {
    mail.require();
    limits.charge(Limit.MAILS_OF_ADDRESS, request.source().text(), 1);
    Account account = passwords.find(caller.userId());
    EmailAddress next =
        proofs
            .awaited(EmailProof.Purpose.VERIFY, caller.userId())
            .or(() -> Optional.of(account.email()))
            .flatMap(EmailAddress::parse)
            .orElseThrow(AddressRoutes::noAddress);
    sendVerification(account, next);
    return pending(account, next);
  }

  private void sendVerification(Account account, EmailAddress to) {
    if (!mail.mayMail("verify", to)) {
      throw Problem.of(
          Problem.Kind.CONFLICT,
          "Several mails went to this address in the last hour: look for them, or try later.");
    }
    mail.verify(account, to);
  }

  private static RestResponse pending(Account account, EmailAddress next) {
    return new RestResponse(
        202, Json.object().put("email", account.email()).put("pending_email", next.display()));
  }

  private RestResponse verify(RestRequest request) {
    Fields fields = request.fields(AccountFields.LARGEST_BODY);
    Optional<String> token = fields.optionalText(TOKEN, 1, LONGEST_TOKEN);
    Optional<String> code = fields.optionalText(CODE, 1, LONGEST_CODE);
    String userId = code.isPresent() ? fields.id(USER_ID) : NOBODY;
    requireOne(fields, token, code);
    fields.check();
    mail.require();
    limits.charge(Limit.PROOFS, request.source().text(), 1);
    EmailProof proof =
        token
            .map(text -> proofs.byToken(EmailProof.Purpose.VERIFY, text))
            .orElseGet(() -> proofs.byCode(EmailProof.Purpose.VERIFY, userId, code.orElseThrow()))
            .orElseThrow(Addresses::notGood);
    Addresses.Moved moved = addresses.verify(proof);
    moved.left().ifPresent(mail::addressChanged);
    return RestResponse.ok(
        Json.object()
            .put(USER_ID, proof.userId())
            .put("email", proof.address())
            .put("email_verified", true));
  }

  private static void requireOne(Fields fields, Optional<String> token, Optional<String> code) {
    if (token.isPresent() == code.isPresent() && fields.accepts(TOKEN) && fields.accepts(CODE)) {
      fields.reject(TOKEN, "send either token or code, exactly one of them");
    }
  }

  private static Problem noAddress() {
    return Problem.of(
        Problem.Kind.CONFLICT, "This account has no address: give it one with POST /auth/email.");
  }
}
