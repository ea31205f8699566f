package io.quantchat.auth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.host.Times;
import io.quantchat.http.Fields;
import io.quantchat.http.Json;
import io.quantchat.http.Problem;
import io.quantchat.http.RestRequest;
import io.quantchat.http.RestResponse;
import io.quantchat.http.RestRoutes;
import io.quantchat.tokens.Caller;
import java.util.Optional;

/** One's own profile. */
final class ProfileRoutes {

  private final AccountStore accounts;

  /** Routes that answer out of this. */
  ProfileRoutes(AccountStore accounts) {
    this.accounts = accounts;
  }

  /** Adds the routes as the template has them. */
  void addTo(RestRoutes routes) {
    routes.signedIn("GET /users/me", this::read).signedIn("PATCH /users/me", this::change);
  }

  private RestResponse read(RestRequest request, Caller caller) {
    return answer(accounts.find(caller.userId(), true));
  }

  /** A {@code null} removes the key; a name can't be removed, so {@code null} leaves it. */
  private RestResponse change(RestRequest request, Caller caller) {
    Fields fields = request.fields(AccountFields.LARGEST_BODY);
    Optional<String> username = AccountFields.username(fields);
    Optional<String> fullName = AccountFields.fullName(fields);
    Optional<String> publicKey = AccountFields.publicKey(fields);
    fields.check();
    return answer(
        accounts.changeProfile(
            caller.userId(),
            username,
            fullName,
            fields.mentions(AccountFields.PUBLIC_KEY) ? Optional.of(publicKey) : Optional.empty()));
  }

  private static RestResponse answer(Optional<Account> account) {
    return RestResponse.ok(
        account
            .map(found -> json(found).put("created_at", Times.format(found.createdAt())))
            .orElseThrow(
                () ->
                    Problem.of(
                        Problem.Kind.UNAUTHORIZED, "This account is no more: register again.")));
  }

  /** What an account's owner sees of it. */
  static ObjectNode json(Account account) {
    ArrayNode keys = Json.array();
    account.allPublicKeys().forEach(key -> keys.add(key.toJson()));
    return Json.object()
        .put("user_id", account.userId())
        .put(AccountFields.EMAIL, account.email())
        .put(AccountFields.USERNAME, account.username())
        .put(AccountFields.FULL_NAME, account.fullName())
        .put(AccountFields.PUBLIC_KEY, account.publicKey().orElse(null))
        .set(AccountFields.PUBLIC_KEYS, keys);
  }
}
