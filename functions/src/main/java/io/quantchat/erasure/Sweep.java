package io.quantchat.erasure;

import io.quantchat.erasure.Allowance.SpentException;
import io.quantchat.erasure.ErasureStore.Page;
import io.quantchat.host.Environment.Variable;
import io.quantchat.leaving.Departure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;

/** One look through everything that may be left of one account, as far as an allowance goes. */
final class Sweep {

  /** The prefixes of partitions that aren't an account's id, as the stores have them. */
  private static final String ADDED_BY = "added-by#";

  private static final String BLOCKED_BY = "blocked-by#";
  private static final List<String> PROOFS = List.of("verify#", "reset#");
  private static final String WITHHELD = "dropped#";

  /** What the ids of rows begin with that are no sockets. */
  private static final String NOTE = "#";

  /** The row among an account's sockets that says that it has left: it goes at the very end. */
  private static final String LEFT = "#left";

  /** Pages of what was withheld from one who had blocked the account; the rest ends by itself. */
  private static final int MOST_WITHHELD = 50;

  private final ErasureStore rows;
  private final ApiGatewayManagementApiClient sockets;
  private final Departure departure;
  private final String userId;
  private final Allowance allowance;

  Sweep(
      ErasureStore rows,
      ApiGatewayManagementApiClient sockets,
      Departure departure,
      Allowance allowance) {
    this.rows = rows;
    this.sockets = sockets;
    this.departure = departure;
    this.userId = departure.userId();
    this.allowance = allowance;
  }

  /**
   * Looks through everything. What it throws on its way leaves the rest to the next.
   *
   * @param isLast whether nothing can come any more
   */
  void run(boolean isLast) throws SpentException {
    hangUp();
    if (isLast) {
      endSessions();
    }
    forgetContacts();
    forgetInOthers();
    liftBlocks();
    empty(Holding.MESSAGES, userId);
    empty(Holding.MESSAGES, WITHHELD + userId);
    deleteKeys();
    releaseAddress();
    for (String purpose : PROOFS) {
      allowance.spend(1);
      rows.deleteProof(purpose + userId);
    }
  }

  /** Deletes what says that the account has left; nothing of it is to be found any more then. */
  void end() {
    rows.delete(Holding.CONNECTIONS, userId, LEFT);
  }

  private void hangUp() throws SpentException {
    Page page = rows.first(Holding.CONNECTIONS, userId);
    while (page.sortKeys().stream().anyMatch(id -> !id.equals(LEFT))) {
      for (String connectionId : page.sortKeys()) {
        if (!connectionId.equals(LEFT)) {
          allowance.spend(1);
          if (!connectionId.startsWith(NOTE)) {
            close(connectionId);
          }
          rows.delete(Holding.CONNECTIONS, userId, connectionId);
        }
      }
      page = rows.first(Holding.CONNECTIONS, userId);
    }
  }

  private void close(String connectionId) {
    try {
      sockets.deleteConnection(request -> request.connectionId(connectionId));
    } catch (GoneException closed) {
      return;
    }
  }

  /**
   * A ticket is stored after the session has named it, so a session is kept until no ticket of it
   * can come any more. Nobody goes on with it meanwhile: there is no account.
   */
  private void endSessions() throws SpentException {
    Page page = rows.first(Holding.SESSIONS, userId);
    while (!page.sortKeys().isEmpty()) {
      allowance.spend(page.sortKeys().size() + page.tickets().size());
      page.tickets().forEach(rows::deleteTicket);
      rows.delete(Holding.SESSIONS, userId, page.sortKeys());
      page = rows.first(Holding.SESSIONS, userId);
    }
  }

  /**
   * Those whom the account had added. An entry or a block of theirs may be older than the rows that
   * lead to it, and is most likely here.
   */
  private void forgetContacts() throws SpentException {
    Page page = rows.first(Holding.CONTACTS, userId);
    while (!page.sortKeys().isEmpty()) {
      for (String contactId : page.sortKeys()) {
        allowance.spend(5);
        rows.delete(Holding.CONTACTS, ADDED_BY + contactId, userId);
        rows.delete(Holding.CONTACTS, contactId, userId);
        rows.unblock(contactId, userId);
        rows.delete(Holding.CONTACTS, userId, contactId);
      }
      page = rows.first(Holding.CONTACTS, userId);
    }
  }

  /** Those who had added the account, and those who had blocked it. */
  private void forgetInOthers() throws SpentException {
    String addedBy = ADDED_BY + userId;
    Page page = rows.first(Holding.CONTACTS, addedBy);
    while (!page.sortKeys().isEmpty()) {
      for (String ownerId : page.sortKeys()) {
        allowance.spend(2);
        rows.delete(Holding.CONTACTS, ownerId, userId);
        rows.delete(Holding.CONTACTS, addedBy, ownerId);
      }
      page = rows.first(Holding.CONTACTS, addedBy);
    }
    String blockedBy = BLOCKED_BY + userId;
    page = rows.first(Holding.CONTACTS, blockedBy);
    while (!page.sortKeys().isEmpty()) {
      for (String ownerId : page.sortKeys()) {
        allowance.spend(2);
        deleteWithheld(WITHHELD + ownerId);
        rows.unblock(ownerId, userId);
        rows.delete(Holding.CONTACTS, blockedBy, ownerId);
      }
      page = rows.first(Holding.CONTACTS, blockedBy);
    }
  }

  private void deleteWithheld(String queue) throws SpentException {
    Optional<String> after = Optional.empty();
    for (int pages = 0; pages < MOST_WITHHELD; pages++) {
      Page page = rows.sentBy(userId, queue, after);
      rows.delete(Holding.MESSAGES, queue, page.sortKeys());
      after = page.next();
      if (after.isEmpty()) {
        return;
      }
    }
  }

  /** Those whom the account had blocked. */
  private void liftBlocks() throws SpentException {
    for (String blockedId : departure.blocked()) {
      allowance.spend(1);
      rows.delete(Holding.CONTACTS, BLOCKED_BY + blockedId, userId);
    }
  }

  private void deleteKeys() throws SpentException {
    allowance.spend(1);
    rows.deleteOnly(Variable.KEY_BUNDLES_TABLE, userId);
    Page batches = rows.first(Holding.PREKEYS, userId);
    while (!batches.sortKeys().isEmpty()) {
      for (Map.Entry<String, String> batch : batches.names().entrySet()) {
        empty(Holding.PREKEYS, batch.getValue());
      }
      rows.delete(Holding.PREKEYS, userId, batches.sortKeys());
      batches = rows.first(Holding.PREKEYS, userId);
    }
  }

  /** A login that was under way may have claimed a form of it since. */
  private void releaseAddress() throws SpentException {
    for (String address : departure.addresses()) {
      allowance.spend(1);
      rows.releaseAddress(address, userId);
    }
  }

  private void empty(Holding holding, String partition) throws SpentException {
    Page page = rows.first(holding, partition);
    while (!page.sortKeys().isEmpty()) {
      allowance.spend(page.sortKeys().size());
      rows.delete(holding, partition, page.sortKeys());
      page = rows.first(holding, partition);
    }
  }
}
