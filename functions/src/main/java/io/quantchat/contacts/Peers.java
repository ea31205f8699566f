package io.quantchat.contacts;

import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.host.Host;
import io.quantchat.host.Parallel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Finds the accounts behind contacts, and who of them sees whose presence. */
public final class Peers {

  /**
   * Batches that are read at once. An account with its keys and blocks may have 100 kB, so they
   * take some 100 MB at the most.
   */
  private static final int AT_ONCE = 10;

  private final ContactStore contacts;
  private final AccountStore accounts;

  /** Looks them up in a host's tables. */
  public static Peers of(Host host) {
    return new Peers(ContactStore.of(host), AccountStore.of(host));
  }

  Peers(ContactStore contacts, AccountStore accounts) {
    this.contacts = contacts;
    this.accounts = accounts;
  }

  /**
   * The accounts behind an account's contacts, in the contacts' order and without keys. One whose
   * account is gone is left out.
   *
   * <p>One round trip for every thousand contacts: two batch reads for each hundred of them, all at
   * once.
   */
  public List<Peer> behind(Account self, List<Contact> entries) {
    var peers = new ArrayList<Peer>();
    behind(self, entries, accounts::findAllWithoutKeys, peers::add);
    return peers;
  }

  /** The same with keys, one after another: of all together they may be more than memory holds. */
  void withKeysBehind(Account self, List<Contact> entries, Consumer<Peer> taker) {
    behind(self, entries, accounts::findAll, taker);
  }

  private void behind(
      Account self,
      List<Contact> entries,
      Function<Collection<String>, Map<String, Account>> lookup,
      Consumer<Peer> taker) {
    for (List<List<Contact>> some : parts(parts(entries, ContactStore.BATCH), AT_ONCE)) {
      for (List<Peer> found : Parallel.map(some, batch -> batch(self, batch, lookup))) {
        found.forEach(taker);
      }
    }
  }

  private List<Peer> batch(
      Account self,
      List<Contact> entries,
      Function<Collection<String>, Map<String, Account>> lookup) {
    List<String> ids = entries.stream().map(Contact::contactId).toList();
    var reverse = Parallel.start(() -> contacts.whoHas(self.userId(), ids));
    var found = lookup.apply(ids);
    var owners = Parallel.await(reverse);
    return entries.stream()
        .filter(entry -> found.containsKey(entry.contactId()))
        .map(
            entry ->
                Peer.of(
                    self, entry, found.get(entry.contactId()), owners.contains(entry.contactId())))
        .toList();
  }

  private static <T> List<List<T>> parts(List<T> all, int size) {
    var parts = new ArrayList<List<T>>();
    for (int from = 0; from < all.size(); from += size) {
      parts.add(all.subList(from, Math.min(from + size, all.size())));
    }
    return parts;
  }
}
