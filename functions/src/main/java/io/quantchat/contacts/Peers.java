package io.quantchat.contacts;

import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.host.Host;
import io.quantchat.host.Parallel;
import java.util.ArrayList;
import java.util.List;

/** Finds the accounts behind contacts, and who of them sees whose presence. */
public final class Peers {

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
   * The accounts behind an account's contacts, in the contacts' order. One whose account is gone is
   * left out.
   *
   * <p>One round trip: two batch reads for every hundred contacts, all at once.
   */
  public List<Peer> behind(Account self, List<Contact> entries) {
    var batches = new ArrayList<List<Contact>>();
    for (int from = 0; from < entries.size(); from += ContactStore.BATCH) {
      batches.add(entries.subList(from, Math.min(from + ContactStore.BATCH, entries.size())));
    }
    return Parallel.map(batches, batch -> batch(self, batch)).stream()
        .flatMap(List::stream)
        .toList();
  }

  private List<Peer> batch(Account self, List<Contact> entries) {
    List<String> ids = entries.stream().map(Contact::contactId).toList();
    var reverse = Parallel.start(() -> contacts.whoHas(self.userId(), ids));
    var found = accounts.findAll(ids);
    var owners = Parallel.await(reverse);
    return entries.stream()
        .filter(entry -> found.containsKey(entry.contactId()))
        .map(
            entry ->
                Peer.of(
                    self, entry, found.get(entry.contactId()), owners.contains(entry.contactId())))
        .toList();
  }
}
