package io.quantchat.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.http.Fields;
import io.quantchat.http.Json;
import io.quantchat.http.RestRequest;
import io.quantchat.http.RestResponse;
import io.quantchat.http.RestRoutes;
import io.quantchat.tokens.Caller;
import java.time.Clock;

/** Registering, logging in, staying logged in, logging out, and opening a socket. */
final class SessionRoutes {

  private final Accounts accounts;
  private final Sessions sessions;
  private final SocketTickets tickets;
  private final Clock clock;

  /** Routes that answer out of these. */
  SessionRoutes(Accounts accounts, Sessions sessions, SocketTickets tickets, Clock clock) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.tickets = tickets;
    this.clock = clock;
  }

  /** Adds the routes as the template has them. */
  void addTo(RestRoutes routes) {
    routes
        .open("POST /auth/register", this::register)
        .open("POST /auth/login", this::logIn)
        .open("POST /auth/refresh", this::refresh)
        .open("POST /auth/logout", this::logOut)
        .signedIn("POST /auth/socket-ticket", this::issueTicket);
  }

  private RestResponse register(RestRequest request) {
    Fields fields = request.fields(AccountFields.LARGEST_BODY);
    Account account = accounts.register(Registration.of(fields, clock.instant()));
    return RestResponse.created(loggedIn(account));
  }

  private RestResponse logIn(RestRequest request) {
    Fields fields = request.fields(AccountFields.LARGEST_BODY);
    String email = AccountFields.email(fields);
    String password = AccountFields.typedPassword(fields);
    fields.check();
    return RestResponse.ok(loggedIn(accounts.logIn(email, password)));
  }

  private RestResponse refresh(RestRequest request) {
    return RestResponse.ok(json(sessions.refresh(refreshToken(request))));
  }

  private RestResponse logOut(RestRequest request) {
    sessions.end(refreshToken(request));
    return RestResponse.noContent();
  }

  private RestResponse issueTicket(RestRequest request, Caller caller) {
    return RestResponse.created(
        Json.object()
            .put("ticket", tickets.issue(caller))
            .put("expires_in", SocketTickets.LIFE.toSeconds()));
  }

  private static String refreshToken(RestRequest request) {
    Fields fields = request.fields(AccountFields.LARGEST_BODY);
    String token = AccountFields.refreshToken(fields);
    fields.check();
    return token;
  }

  private ObjectNode loggedIn(Account account) {
    return json(sessions.begin(account.userId())).setAll(ProfileRoutes.json(account));
  }

  private static ObjectNode json(Sessions.Tokens tokens) {
    return Json.object()
        .put("access_token", tokens.accessToken())
        .put("token_type", "bearer")
        .put("expires_in", tokens.expiresInSeconds())
        .put("refresh_token", tokens.refreshToken());
  }
}
