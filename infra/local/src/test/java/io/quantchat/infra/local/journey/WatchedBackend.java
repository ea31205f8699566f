package io.quantchat.infra.local.journey;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantchat.infra.local.OwnBackend;
import io.quantchat.infra.local.contract.ContractCheck;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A backend in this process, its mail, and who has left it: one for all the classes that look at
 * what its tables hold before and after. They must not do so at once, and say that with {@link
 * #ROWS}.
 */
final class WatchedBackend implements AutoCloseable {

  /** The lock of the tables' rows. */
  static final String ROWS = "the rows of the watched backend";

  private final Mails mails = new Mails();
  private final OwnBackend backend = OwnBackend.start(UnaryOperator.identity(), mails);
  private final Api api = new Api(backend.restUrl(), backend.socketUrl(), new ContractCheck());
  private final Accounts accounts = new Accounts(api);
  private final Set<String> departed = ConcurrentHashMap.newKeySet();

  /** Gives it to those who ask for it; it ends after the last. */
  static final class Shared implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType().equals(WatchedBackend.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(WatchedBackend.class))
          .computeIfAbsent(
              WatchedBackend.class, first -> new WatchedBackend(), WatchedBackend.class);
    }
  }

  OwnBackend own() {
    return backend;
  }

  Api api() {
    return api;
  }

  Accounts accounts() {
    return accounts;
  }

  Mails mails() {
    return mails;
  }

  /** An address that nobody else has. */
  static String newAddress() {
    return UUID.randomUUID() + "@example.com";
  }

  /** Somebody new. What the server does behind that answer is done when this returns. */
  Accounts.User register() throws Exception {
    Accounts.User user = accounts.register(newAddress(), Accounts.PASSWORD);
    mails.next(user.email(), Mails.Kind.VERIFY);
    return user;
  }

  /** Has somebody leave who logged in just now. */
  JsonNode depart(Accounts.User user) throws Exception {
    departed(user);
    return api.call("DELETE", "/users/me", "/users/me", user.token(), Optional.of("{}"))
        .expect(202);
  }

  /** Notes that somebody is about to leave: from now on a worker deletes rows, when it likes. */
  void departed(Accounts.User user) {
    departed.add(user.id());
  }

  /** The rows that change only where somebody changes them: all that name nobody who has left. */
  Set<String> lastingRows() {
    Set<String> rows = StoredRows.of(backend).all();
    rows.removeIf(row -> departed.stream().anyMatch(row::contains));
    return rows;
  }

  @Override
  public void close() {
    backend.close();
  }
}
