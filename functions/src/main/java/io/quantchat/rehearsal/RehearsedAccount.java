package io.quantchat.rehearsal;

import io.quantchat.accounts.Account;
import io.quantchat.accounts.AccountStore;
import io.quantchat.accounts.EmailStore;
import io.quantchat.accounts.Presence;
import io.quantchat.host.Host;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Somebody for a rehearsal, who exists on its stage alone. */
final class RehearsedAccount {

  private RehearsedAccount() {}

  static String emailOf(String userId) {
    return userId + "@example.com";
  }

  /** Puts an account of this id on a stage. */
  static void enter(
      Host props, String userId, Set<String> blocked, Presence presence, Instant now) {
    var account =
        new Account(
            userId,
            emailOf(userId),
            "rehearsal",
            "Rehearsal",
            Optional.of("key"),
            List.of(),
            blocked,
            presence,
            now);
    try {
      AccountStore.of(props).create(account, EmailStore.of(props).claiming(account));
    } catch (AccountStore.EmailTakenException impossible) {
      throw new IllegalStateException("A stage takes every address", impossible);
    }
  }
}
