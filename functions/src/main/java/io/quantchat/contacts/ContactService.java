package io.quantchat.contacts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.accounts.BlockStore;
import io.quantchat.accounts.EmailStore;
import io.quantchat.host.Host;
import io.quantchat.host.Parallel;
import io.quantchat.host.Read;
import io.quantchat.host.Times;
import io.quantchat.http.Json;
import io.quantchat.http.Problem;
import io.quantchat.push.Connection;
import io.quantchat.push.ConnectionStore;
import io.quantchat.push.Event;
import io.quantchat.push.Pushes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Contacts and blocks of an account. */
final class ContactService {

  /**
   * The most contacts of an account. Counted before adding: of several added in the same instant a
   * few may pass beyond it.
   */
  static final int MOST_CONTACTS = 5_000;

  /**
   * The most accounts that one can block: their ids lie in the account's item, 36 bytes each, and
   * every read of the account pays for them.
   */
  static final int MOST_BLOCKED = 1_000;

  /**
   * A contact that was asked for.
   *
   * @param isNew whether it was stored just now
   */
  record Added(Peer peer, boolean isNew) {}

  private final ContactStore contacts;
  private final AccountStore accounts;
  private final EmailStore emails;
  private final BlockStore blocks;
  private final ConnectionStore connections;
  private final Pushes pushes;
  private final Peers peers;
  private final Clock clock;

  private ContactService(
      ContactStore contacts,
      AccountStore accounts,
      EmailStore emails,
      BlockStore blocks,
      ConnectionStore connections,
      Pushes pushes,
      Clock clock) {
    this.contacts = contacts;
    this.accounts = accounts;
    this.emails = emails;
    this.blocks = blocks;
    this.connections = connections;
    this.pushes = pushes;
    this.peers = new Peers(contacts, accounts);
    this.clock = clock;
  }

  /** The contacts in a host's tables. */
  static ContactService of(Host host) {
    return new ContactService(
        ContactStore.of(host),
        AccountStore.of(host),
        EmailStore.of(host),
        BlockStore.of(host),
        ConnectionStore.of(host),
        Pushes.of(host),
        host.clock());
  }

  /**
   * All of an account's contacts, in the order they were added, with as many keys as there is room
   * for. Two round trips, and another for each thousand contacts after the first.
   */
  ArrayNode wholeList(String userId) {
    var self = Parallel.start(() -> accounts.find(userId, Read.CONSISTENT));
    List<Contact> entries = contacts.allOf(userId, Read.CONSISTENT);
    var list = new WholeList(clock.instant());
    peers.withKeysBehind(existing(Parallel.await(self)), entries, list::add);
    return list.toJson();
  }

  /**
   * Some of an account's contacts, in the order of their ids. Two round trips.
   *
   * @param after the id behind which the page begins; none for the first
   * @param most how many, 1 to {@link ContactPage#MOST}; there may be fewer on each page
   * @param withKeys whether each has its keys
   */
  ContactPage page(String userId, Optional<String> after, int most, boolean withKeys) {
    var selfRead = Parallel.start(() -> accounts.find(userId, Read.CONSISTENT));
    ContactStore.Stretch stretch = contacts.stretch(userId, after, most);
    Account self = existing(Parallel.await(selfRead));
    var found = new ArrayList<Peer>();
    if (withKeys) {
      peers.withKeysBehind(self, stretch.entries(), found::add);
    } else {
      found.addAll(peers.behind(self, stretch.entries()));
    }
    return ContactPage.of(found, stretch, withKeys, clock.instant());
  }

  /**
   * Adds the account of this e-mail address.
   *
   * @param email in whatever spelling
   */
  Added addByEmail(String userId, String email) {
    String contactId = emails.findId(email).orElseThrow(ContactService::noSuchAccount);
    return add(userId, contactId, GivenEmail.of(email), "contact_email");
  }

  /** Adds the account of this id. */
  Added addById(String userId, String contactId) {
    return add(userId, contactId, GivenEmail.NONE, "contact_id");
  }

  private Added add(String userId, String contactId, GivenEmail given, String field) {
    refuseOneself(userId, contactId, field);
    var selfRead = Parallel.start(() -> accounts.find(userId, Read.CONSISTENT));
    var count = Parallel.start(() -> contacts.count(userId));
    Account account =
        accounts.find(contactId, Read.CONSISTENT).orElseThrow(ContactService::noSuchAccount);
    Account self = existing(Parallel.await(selfRead));
    if (Parallel.await(count) >= MOST_CONTACTS
        && contacts.whoHas(contactId, List.of(userId)).isEmpty()) {
      throw Problem.invalid(
          field,
          "would be one contact too many: an account has at most "
              + MOST_CONTACTS
              + ". Delete one first");
    }
    return add(self, account, given);
  }

  private Added add(Account self, Account account, GivenEmail given) {
    var reverse = Parallel.start(() -> contacts.find(account.userId(), self.userId()));
    var open = Parallel.start(() -> connections.openOf(account.userId(), Read.EVENTUAL));
    var wanted =
        new Contact(self.userId(), account.userId(), Times.toMilliseconds(clock.instant()), given);
    Optional<Contact> earlier =
        switch (contacts.add(
            wanted, accounts.existing(self.userId()), accounts.existing(account.userId()))) {
          case ContactStore.Outcome.Stored stored -> Optional.empty();
          case ContactStore.Outcome.AlreadyThere there -> Optional.of(there.earlier());
          case ContactStore.Outcome.Refused gone -> throw oneIsGone(self.userId());
        };
    Optional<Contact> back = Parallel.await(reverse);
    List<Connection> sockets = Parallel.await(open);
    if (earlier.isEmpty() && !account.hasBlocked(self.userId())) {
      pushes.post(sockets, contactAdded(self, back));
    }
    Contact entry = earlier.map(there -> withEmail(there, given)).orElse(wanted);
    return new Added(Peer.of(self, entry, account, back.isPresent()), earlier.isEmpty());
  }

  /** Who was added by id, and by address afterwards, is shown with that address from then on. */
  private Contact withEmail(Contact there, GivenEmail given) {
    if (given.equals(GivenEmail.NONE) || given.equals(there.givenEmail())) {
      return there;
    }
    var entry = new Contact(there.userId(), there.contactId(), there.createdAt(), given);
    contacts.replace(entry);
    return entry;
  }

  /** Deletes a contact, and leaves a block of it as it is. */
  void remove(String userId, String contactId) {
    contacts.remove(userId, contactId);
  }

  /** Blocks an account, contact or not. */
  void block(String userId, String contactId) {
    refuseOneself(userId, contactId, "contact_id");
    var selfRead = Parallel.start(() -> accounts.find(userId, Read.CONSISTENT));
    if (accounts.find(contactId, Read.CONSISTENT).isEmpty()) {
      throw noSuchAccount();
    }
    Account self = existing(Parallel.await(selfRead));
    if (self.hasBlocked(contactId)) {
      return;
    }
    if (self.blocked().size() >= MOST_BLOCKED) {
      throw Problem.invalid(
          "contact_id",
          "would be one block too many: an account blocks at most "
              + MOST_BLOCKED
              + ". Lift one first");
    }
    if (!blocks.block(
        userId, contactId, contacts.noting(userId, contactId), accounts.existing(contactId))) {
      throw oneIsGone(userId);
    }
  }

  /** Takes a block back. */
  void unblock(String userId, String contactId) {
    if (!blocks.unblock(userId, contactId, contacts.forgetting(userId, contactId))) {
      throw gone();
    }
  }

  private static void refuseOneself(String userId, String contactId, String field) {
    if (userId.equals(contactId)) {
      throw Problem.invalid(field, "must be somebody else's: this is your own account");
    }
  }

  private static Account existing(Optional<Account> self) {
    return self.orElseThrow(ContactService::gone);
  }

  /** One of two accounts has left since they were read. */
  private Problem oneIsGone(String userId) {
    return accounts.find(userId, Read.CONSISTENT).isEmpty() ? gone() : noSuchAccount();
  }

  private static Problem gone() {
    return Problem.of(Problem.Kind.UNAUTHORIZED, "Your account no longer exists: register again.");
  }

  private static Problem noSuchAccount() {
    return Problem.of(
        Problem.Kind.NOT_FOUND, "There is no such account: check the address or the id.");
  }

  /**
   * @param back the entry that the one who was added has of the adder: who gave an address for it
   *     is shown the address here, too, and nobody else
   */
  private static Event contactAdded(Account adder, Optional<Contact> back) {
    boolean isKnown = back.filter(entry -> entry.givenEmail().shows(adder.email())).isPresent();
    return new Event(
        Event.Type.CONTACT_ADDED,
        Json.object()
            .put("contact_id", adder.userId())
            .put("username", adder.username())
            .put("email", isKnown ? adder.email() : "")
            .put("public_key", adder.publicKey().orElse(null)));
  }
}
