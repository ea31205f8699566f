package io.quantchat.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantchat.accounts.Account;
import io.quantchat.contacts.ContactStore;
import io.quantchat.host.Host;
import io.quantchat.host.Parallel;
import io.quantchat.host.Read;
import io.quantchat.host.Times;
import io.quantchat.http.Json;
import io.quantchat.keys.HeldKeys;
import io.quantchat.limits.Limits;
import io.quantchat.push.ConnectionStore;
import io.quantchat.relay.HeldMessages;
import java.time.Clock;
import java.util.Optional;

/** All that is held of an account, in pages that fit into an answer. */
public final class Export {

  private final ContactStore contacts;
  private final ConnectionStore connections;
  private final HeldKeys keys;
  private final HeldMessages messages;
  private final Limits limits;
  private final Clock clock;

  /** Exports from a host's tables. */
  public static Export of(Host host) {
    return new Export(
        ContactStore.of(host),
        ConnectionStore.of(host),
        HeldKeys.of(host),
        HeldMessages.of(host),
        Limits.of(host),
        host.clock());
  }

  private Export(
      ContactStore contacts,
      ConnectionStore connections,
      HeldKeys keys,
      HeldMessages messages,
      Limits limits,
      Clock clock) {
    this.contacts = contacts;
    this.connections = connections;
    this.keys = keys;
    this.messages = messages;
    this.limits = limits;
    this.clock = clock;
  }

  /** The first page: everything, and as many messages as there is room for. */
  public ObjectNode first(Account account) {
    String userId = account.userId();
    var held = Parallel.start(() -> keys.of(userId));
    var page = Parallel.start(() -> messages.page(userId, Optional.empty()));
    var sockets = Parallel.start(() -> connections.openOf(userId, Read.CONSISTENT));
    ObjectNode json = Json.object().put("exported_at", Times.format(clock.instant()));
    json.set("profile", profile(account));
    ArrayNode added = json.putArray("contacts");
    contacts
        .allOf(userId, Read.CONSISTENT)
        .forEach(
            contact ->
                added
                    .addObject()
                    .put("contact_id", contact.contactId())
                    .put("created_at", Times.format(contact.createdAt())));
    ArrayNode blocked = json.putArray("blocked");
    account.blocked().stream().sorted().forEach(blocked::add);
    ArrayNode open = json.putArray("connections");
    Parallel.await(sockets)
        .forEach(
            socket ->
                open.addObject()
                    .put("connected_at", Times.format(socket.connectedAt()))
                    .put("expires_at", Times.format(socket.expiresAt())));
    ArrayNode counted = json.putArray("limits");
    limits
        .countsOf(userId)
        .forEach(
            count ->
                counted
                    .addObject()
                    .put("limit", count.limit())
                    .put("used", count.used())
                    .put("ends_at", Times.format(count.until())));
    json.setAll(Parallel.await(held));
    return json.setAll(Parallel.await(page));
  }

  /** A later page, of messages alone. */
  public ObjectNode next(String userId, String cursor) {
    return messages.page(userId, Optional.of(cursor));
  }

  private static ObjectNode profile(Account account) {
    ObjectNode json = account.toJson().put("created_at", Times.format(account.createdAt()));
    account.presence().lastSeen().ifPresent(seen -> json.put("last_seen", Times.format(seen)));
    account
        .presence()
        .onlineUntil()
        .ifPresent(until -> json.put("online_until", Times.format(until)));
    return json;
  }
}
