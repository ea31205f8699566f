package io.quantchat.auth;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.accounts.EmailAddress;
import io.quantchat.export.Export;
import io.quantchat.host.Host;
import io.quantchat.host.Times;
import io.quantchat.http.Fields;
import io.quantchat.http.Json;
import io.quantchat.http.Problem;
import io.quantchat.http.RestRequest;
import io.quantchat.http.RestResponse;
import io.quantchat.http.RestRoutes;
import io.quantchat.limits.Limit;
import io.quantchat.limits.Limits;
import io.quantchat.limits.Tries;
import io.quantchat.rehearsal.Rehearsal;
import io.quantchat.tokens.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Registering, logging in, staying logged in, logging out, opening a socket, and one's own profile.
 *
 * <p>Invoked by an operator with {@code {"roll_signing_key": true}} (not through the REST API), it
 * makes a new key that signs from then on, and answers {@code {"key_id": ...}}.
 */
public final class AuthHandler implements RequestStreamHandler {

  private static final String ROLL_SIGNING_KEY = "roll_signing_key";

  private final SigningKeys signingKeys;
  private final Accounts accounts;
  private final Sessions sessions;
  private final SocketTickets tickets;
  private final Limits limits;
  private final Tries tries;
  private final MailWork mail;
  private final Addresses addresses;
  private final Departures departures;
  private final Export export;
  private final Clock clock;
  private final RestRoutes routes;

  /** Called by Lambda. */
  public AuthHandler() {
    this(Rehearsal.onLambda(AuthHandler::new, AuthRehearsal::play));
  }

  /** The function on this host. */
  public AuthHandler(Host host) {
    this(host, new Passwords(BoundedArgon2.ofProcess(), Argon2.Cost.STANDARD, host.random()));
  }

  /** The same with passwords hashed otherwise. */
  AuthHandler(Host host, Passwords passwords) {
    this.signingKeys = SigningKeys.of(host);
    this.accounts = Accounts.of(host, passwords);
    this.sessions = Sessions.of(host, signingKeys);
    this.tickets = SocketTickets.of(host);
    this.limits = Limits.of(host);
    this.tries = Tries.of(host);
    this.mail = MailWork.of(host);
    this.addresses = Addresses.of(host);
    this.departures = Departures.of(host, accounts);
    this.export = Export.of(host);
    this.clock = host.clock();
    this.routes =
        RestRoutes.of(host)
            .open("POST /auth/register", this::register)
            .open("POST /auth/login", this::logIn)
            .open("POST /auth/refresh", limits.chargingAddress(Limit.REFRESHES, this::refresh))
            .open("POST /auth/logout", limits.chargingAddress(Limit.REFRESHES, this::logOut))
            .signedIn("GET /auth/sessions", limits.charging(Limit.READS, this::listSessions))
            .signedIn("DELETE /auth/sessions", limits.charging(Limit.READS, this::endOtherSessions))
            .signedIn(
                "DELETE /auth/sessions/{session_id}",
                limits.charging(Limit.READS, this::endSession))
            .signedIn("POST /auth/socket-ticket", limits.charging(Limit.READS, this::issueTicket))
            .byToken("GET /users/me", limits.charging(Limit.READS, this::readProfile))
            .byToken("PATCH /users/me", limits.charging(Limit.READS, this::changeProfile))
            .byToken("DELETE /users/me", this::leave)
            .byToken("GET /users/me/export", limits.charging(Limit.READS, this::export));
    new AddressRoutes(host, new NewPasswords(host, accounts, passwords, sessions), mail)
        .addTo(routes);
    // A snapshot holds no private key: who wakes from one fetches it.
    if (!host.environment().takesSnapshots()) {
      signingKeys.prime();
    }
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    JsonNode event = Json.MAPPER.readTree(in);
    if (asksToRoll(event)) {
      Json.MAPPER.writeValue(out, Json.object().put("key_id", signingKeys.roll().keyId()));
    } else if (isOwn(event) && MailWork.isFor(event)) {
      mail.run(event);
      Json.MAPPER.writeValue(out, Json.object());
    } else {
      routes.handle(event, out, context);
    }
  }

  private RestResponse register(RestRequest request) {
    Fields fields = request.fields(AccountFields.LARGEST_BODY);
    Optional<String> program = ClientName.of(fields, request);
    Registration registration = Registration.of(fields, clock.instant());
    limits.charge(Limit.REGISTRATIONS, request.source().text(), 1);
    Account account = accounts.register(registration);
    mail.registered(account);
    return RestResponse.created(loggedIn(account, program));
  }

  private RestResponse logIn(RestRequest request) {
    Fields fields = request.fields(AccountFields.LARGEST_BODY);
    String email = AccountFields.typedEmail(fields);
    String password = AccountFields.typedPassword(fields);
    Optional<String> program = ClientName.of(fields, request);
    fields.check();
    // However it is spelled, it is the same account that is guessed at.
    String guessed = EmailAddress.keysOf(email).stream().findFirst().orElse(email);
    Account account = tries.make(guessed, request.source(), () -> accounts.logIn(email, password));
    ObjectNode answer = loggedIn(account, program);
    sessions.endSuperfluous(account.userId());
    return RestResponse.ok(answer);
  }

  private ObjectNode loggedIn(Account account, Optional<String> program) {
    return sessions.begin(account.userId(), program).toJson().setAll(account.toJson());
  }

  private RestResponse refresh(RestRequest request) {
    return RestResponse.ok(
        sessions.refresh(refreshToken(request), ClientName.of(request)).toJson());
  }

  private RestResponse logOut(RestRequest request) {
    sessions.end(refreshToken(request));
    return RestResponse.noContent();
  }

  private static String refreshToken(RestRequest request) {
    Fields fields = request.fields(AccountFields.LARGEST_BODY);
    String token = AccountFields.refreshToken(fields);
    fields.check();
    return token;
  }

  private RestResponse listSessions(RestRequest request, Caller caller) {
    return RestResponse.ok(Json.object().set("sessions", sessions.list(caller)));
  }

  private RestResponse endSession(RestRequest request, Caller caller) {
    sessions.end(caller, request.pathId("session_id"));
    return RestResponse.noContent();
  }

  private RestResponse endOtherSessions(RestRequest request, Caller caller) {
    sessions.endOthers(caller);
    return RestResponse.noContent();
  }

  private RestResponse issueTicket(RestRequest request, Caller caller) {
    return RestResponse.created(
        Json.object()
            .put("ticket", tickets.issue(caller))
            .put("expires_in", SocketTickets.LIFE.toSeconds()));
  }

  private RestResponse readProfile(RestRequest request, Caller caller) {
    return profile(accounts.find(caller.userId()));
  }

  /** A {@code null} removes the key; a name can't be removed, so {@code null} leaves it. */
  private RestResponse changeProfile(RestRequest request, Caller caller) {
    Fields fields = request.fields(AccountFields.LARGEST_BODY);
    refuseElsewhere(fields, AccountFields.EMAIL, "POST /auth/email");
    refuseElsewhere(fields, AccountFields.PASSWORD, "POST /auth/password");
    Optional<String> username = AccountFields.username(fields);
    Optional<String> fullName = AccountFields.fullName(fields);
    Optional<String> publicKey = AccountFields.publicKey(fields);
    fields.check();
    return profile(
        accounts.change(
            caller.userId(),
            username,
            fullName,
            fields.mentions(AccountFields.PUBLIC_KEY) ? Optional.of(publicKey) : Optional.empty()));
  }

  private RestResponse export(RestRequest request, Caller caller) {
    limits.charge(Limit.EXPORTS, caller.userId(), 1);
    Account account = accounts.find(caller.userId());
    Optional<String> cursor = request.queryParameter("cursor");
    if (cursor.isPresent()) {
      return RestResponse.ok(export.next(account.userId(), cursor.get()));
    }
    ObjectNode first = export.first(account);
    first.set("sessions", sessions.held(caller));
    return RestResponse.ok(first);
  }

  /**
   * Answered once the account is gone for everybody; what else is left of it goes in the minutes
   * after. The same again gets the same answer, for as long as there are tokens to ask with.
   */
  private RestResponse leave(RestRequest request, Caller caller) {
    Fields fields = request.fields(AccountFields.LARGEST_BODY);
    Optional<String> password =
        fields.value("password").isPresent()
            ? Optional.of(AccountFields.typedPassword(fields))
            : Optional.empty();
    fields.check();
    Instant leftAt = departures.leave(caller, password, request.source());
    return new RestResponse(
        202, Json.object().put("user_id", caller.userId()).put("left_at", Times.format(leftAt)));
  }

  private static void refuseElsewhere(Fields fields, String field, String route) {
    if (fields.mentions(field)) {
      throw Problem.of(
          Problem.Kind.MALFORMED,
          "%s isn't changed here, and nothing is: send it to %s.".formatted(field, route));
    }
  }

  private RestResponse profile(Account account) {
    ObjectNode json = account.toJson().put("created_at", Times.format(account.createdAt()));
    if (mail.isOn()) {
      json.put("email_verified", addresses.isVerified(account));
    }
    return RestResponse.ok(json);
  }

  /** Whatever comes through the REST API has a method and a resource, which no caller can omit. */
  private static boolean asksToRoll(JsonNode event) {
    return event.path(ROLL_SIGNING_KEY).isBoolean()
        && event.path(ROLL_SIGNING_KEY).booleanValue()
        && isOwn(event);
  }

  private static boolean isOwn(JsonNode event) {
    return !event.has("httpMethod") && !event.has("resource") && !event.has("requestContext");
  }
}
